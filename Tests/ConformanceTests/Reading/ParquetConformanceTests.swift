import Foundation
import ParquetCoding
import TensorBoard
import TestSupport
import Testing

extension ConformanceTests {
    /// What readers of Parquet make of the files of `tblog export`.
    @Suite(.enabled(if: ParquetReader.areInstalled, "install them by 'scripts/setup --with-readers'"))
    struct ParquetConformanceTests {
        private static let columns: [ParquetColumn] = [
            .init("run", .text), .init("step", .int64), .init("wall_time", .timestamp, isOptional: true),
            .init("value \u{e9}", .double, isOptional: true), .init("value e\u{301}", .text, isOptional: true),
            .init("exact", .wideInteger, isOptional: true), .init("truth", .bool, isOptional: true),
            .init("plain truth", .bool), .init("plain", .double),
        ]

        /// Every kind of column with its hardest values, in an order in which runs of equal values begin and end.
        private static func row(_ index: Int) -> [ParquetValue] {
            let names = ["run1", "r\u{e9}sum\u{e9}", "re\u{301}", "", "名前/🙂", "a\u{0}b\n"]
            let doubles: [Double] = [
                0, -0.0, 0.1, .nan, .infinity, -.infinity, .greatestFiniteMagnitude, .leastNonzeroMagnitude,
            ]
            let integers: [Int64] = [0, .max, .min, -1, 1 << 53 + 1]
            let wide: [Int128] = [0, Int128(UInt64.max), Int128(Int64.min), -1, 1 << 53 + 1]
            let isAbsent = index % 7 == 3 || (20..<60).contains(index)
            let short: Int64 = 1_764_000_000_123_456
            return [
                .text(names[index / 9 % names.count]), .int64(integers[index % integers.count]),
                index % 11 == 5 ? .null : .int64(short + Int64(index)),
                isAbsent ? .null : .double(doubles[index % doubles.count]),
                isAbsent ? .null : .text(index % 3 == 0 ? names[index % names.count] : "\(index)"),
                index % 2 == 0 ? .null : .wideInteger(wide[index % wide.count]),
                isAbsent ? .null : .bool(index % 3 == 0), .bool(index % 5 == 0), .double(Double(index)),
            ]
        }

        @Test(arguments: ParquetReader.allCases, [0, 1, 7, 64, 1000])
        func everyReaderFindsEveryValue(reader: ParquetReader, rowCount: Int) async throws {
            try await withTemporaryDirectory { directory in
                let file = directory.appending(path: "table.parquet")
                let rows = (0..<rowCount).map(Self.row)
                try Data().write(to: file)
                let handle = try FileHandle(forWritingTo: file)
                var writer = try ParquetWriter(columns: Self.columns, rowLimit: 300) {
                    try handle.write(contentsOf: Data($0))
                }
                for row in rows { try writer.append(row) }
                try writer.finish()
                try handle.close()
                let table = try await reader.read(file)
                #expect(table.columns.map { Array($0.utf8) } == Self.columns.map { Array($0.name.utf8) })
                #expect(table.rows.count == rows.count)
                for (read, row) in zip(table.rows, rows) {
                    for (cell, value) in zip(read, row) { expect(cell, value) }
                }
                #expect(table.types["wall_time"] == reader.timeType)
                #expect(table.types["exact"]?.lowercased().contains("decimal") == true)
            }
        }

        /// JSON Lines are exact, so what Parquet's readers find must be the same.
        @Test(arguments: ParquetReader.allCases)
        func whatIsExportedIsTheSameInEveryFormat(reader: ParquetReader) async throws {
            try await withTemporaryDirectory { directory in
                let elements = TensorValue(shape: [2], elements: .uint64([.max, 1]))
                let metadata = SummaryMetadata(pluginName: "mine", dataClass: .tensor)
                try withSummaryWriter(logDirectory: FilePath(directory.appending(path: "logs/r\u{e9}").path)) {
                    writer in
                    writer.hyperparameters(["rate": 0.1, "model": "e\u{301}", "shuffles": true])
                    for (step, value) in [1, .nan, -.infinity, 0.1].enumerated() as EnumeratedSequence<[Float]> {
                        writer.scalar("cost", value, step: step)
                        writer.histogram("weights", [value, 1, 2], step: step)
                        writer.precisionRecallCurve("curve", labels: [true], predictions: [0.5 as Float], step: step)
                        writer.text("note", "a, \"b\"\nc", step: step)
                        writer.add(SummaryValue(tag: "t", payload: .tensor(elements), metadata: metadata), step: step)
                    }
                }
                for kind in ["scalars", "histograms", "tensors", "pr-curves", "text", "hyperparameters"] {
                    let parquet = try await export(kind, to: "table.parquet", in: directory)
                    let table = try await reader.read(parquet)
                    let lines = try await export(kind, to: "table.jsonl", in: directory)
                    let objects = try String(contentsOf: lines, encoding: .utf8).split(separator: "\n").map { line in
                        try JSONDecoder().decode([String: JSONCell].self, from: Data(line.utf8))
                    }
                    #expect(table.rows.count == objects.count)
                    #expect(!objects.isEmpty, "\(kind)")
                    for (row, object) in zip(table.rows, objects) { expect(table, row, object) }
                }
            }
        }

        @Test func theQueryOfTheReadmeRuns() async throws {
            let readme = try String(
                contentsOf: StockPython.packageRoot.appending(path: "README.md"),
                encoding: .utf8
            )
            let query = try #require(readme.firstMatch(of: #/```sql\n([^`]*)```/#)?.1)
            try await withTemporaryDirectory { directory in
                for (run, rate) in [("a", 0.1), ("b", 1)] {
                    try withSummaryWriter(logDirectory: FilePath(directory.appending(path: "logs/\(run)").path)) {
                        writer in
                        writer.hyperparameters(["learning_rate": rate])
                        for step in 0..<3 { writer.scalar("cost", 5 - rate - Double(step), step: step) }
                    }
                }
                _ = try await export("scalars", to: "scalars.parquet", in: directory)
                _ = try await export("hyperparameters", to: "runs.parquet", in: directory)
                let program = "import duckdb, os, sys; os.chdir(sys.argv[1]); print(duckdb.sql(sys.argv[2]).fetchall())"
                let arguments = ["-c", program, directory.path, String(query)]
                let finished = try await FinishedProgram.run(OtherReaders.python, arguments)
                #expect(finished.errors.isEmpty)
                #expect(
                    String(decoding: finished.output, as: UTF8.self)
                        == "[('b', 1.0, 2.0, 2), ('a', 0.1, 2.9000000953674316, 2)]\n"
                )
            }
        }

        private func export(_ kind: String, to name: String, in directory: URL) async throws -> URL {
            let arguments = ["export", "logs", "--kind", kind, "--output", name]
            let result = try await ExecutedCommand("tblog", arguments, directory: directory)
            #expect(result.status == 0, "\(result.errors)")
            return directory.appending(path: name)
        }

        /// Compares a row with the object of the same row.
        private func expect(_ table: ParquetReader.Table, _ row: [String?], _ object: [String: JSONCell]) {
            var cells: [String: String] = [:]
            for (name, cell) in zip(table.columns, row) { cells[name] = cell }
            for (name, value) in object {
                // Hyperparameters and metrics are objects inside, but columns like others in Parquet.
                guard case .object(let members) = value else {
                    expect(cells, name, value)
                    continue
                }
                for (name, value) in members { expect(cells, name, value) }
            }
        }

        private func expect(_ cells: [String: String], _ name: String, _ value: JSONCell) {
            let cell = cells["\(name)_exact"] ?? cells["\(name)_text"] ?? cells[name]
            switch value {
            case .object: Issue.record("\(name) is an object")
            case .bool(let truth): #expect(cell == (truth ? "True" : "False"), "\(name)")
            case .integer(let integer): #expect(cell.flatMap { UInt64($0) } == integer, "\(name)")
            case .number(let number) where name == "wall_time":
                #expect(cell == "\(Int64((number * 1e6).rounded()))")
            case .number(let number): #expect(cell.flatMap(Double.init) == number, "\(name)")
            case .text(let text):
                let numbers = ["NaN": "nan", "Infinity": "inf", "-Infinity": "-inf"]
                #expect(cell.map { Array($0.utf8) } == Array((numbers[text] ?? text).utf8), "\(name)")
            }
        }

        /// Wrong bounds would make readers skip rows that they are asked for.
        @Test func aReaderFindsRowsByTheBoundsOfTheirGroup() async throws {
            try await withTemporaryDirectory { directory in
                let file = directory.appending(path: "table.parquet")
                try Data().write(to: file)
                let handle = try FileHandle(forWritingTo: file)
                var writer = try ParquetWriter(
                    columns: [.init("step", .int64), .init("wall_time", .timestamp, isOptional: true)],
                    rowLimit: 3
                ) { try handle.write(contentsOf: Data($0)) }
                for step in [5, -7, 300, .max, 2, 2, .min] as [Int64] {
                    try writer.append([.int64(step), step == 2 ? .null : .int64(step / 2)])
                }
                try writer.finish()
                try handle.close()
                let program = """
                    import duckdb, pyarrow.parquet, sys
                    metadata = pyarrow.parquet.ParquetFile(sys.argv[1]).metadata
                    groups = [metadata.row_group(index).column(0).statistics for index in range(metadata.num_row_groups)]
                    print([(group.min, group.max) for group in groups])
                    print([metadata.row_group(index).column(1).statistics.null_count for index in range(3)])
                    for step in (300, -7, 2, 2**63 - 1, -2**63):
                        print(duckdb.sql(f"SELECT count(*) FROM '{sys.argv[1]}' WHERE step = {step}").fetchall()[0][0])
                    """
                let finished = try await FinishedProgram.run(OtherReaders.python, ["-c", program, file.path])
                #expect(finished.errors.isEmpty)
                #expect(
                    String(decoding: finished.output, as: UTF8.self) == """
                        [(-7, 300), (2, 9223372036854775807), (-9223372036854775808, -9223372036854775808)]
                        [0, 2, 0]
                        1
                        1
                        2
                        1
                        1

                        """
                )
            }
        }

        private func expect(_ cell: String?, _ value: ParquetValue) {
            switch value {
            case .null: #expect(cell == nil)
            case .int64(let integer): #expect(cell == "\(integer)")
            case .wideInteger(let integer): #expect(cell == "\(integer)")
            case .bool(let truth): #expect(cell == (truth ? "True" : "False"))
            // Strings are equal that have other bytes.
            case .text(let text): #expect(cell.map { Array($0.utf8) } == Array(text.utf8))
            case .double(let double):
                let read = cell.flatMap(Double.init)
                #expect(double.isNaN ? read?.isNaN == true : read?.bitPattern == double.bitPattern, "\(double)")
            }
        }
    }
}

/// A member of an object of JSON Lines.
private enum JSONCell: Decodable {
    case bool(Bool)
    /// A number without a point.
    case integer(UInt64)
    case number(Double)
    case text(String)
    case object([String: JSONCell])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let truth = try? container.decode(Bool.self) {
            self = .bool(truth)
        } else if let number = try? container.decode(Double.self) {
            let integer = try? container.decode(UInt64.self)
            // 0.0 can be decoded as an integer too.
            self = integer.flatMap { $0 > 1 << 53 ? .integer($0) : nil } ?? .number(number)
        } else if let text = try? container.decode(String.self) {
            self = .text(text)
        } else {
            self = .object(try container.decode([String: JSONCell].self))
        }
    }
}
