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
            let doubles: [Double] = [0, -0.0, 0.1, .nan, .infinity, -.infinity, .greatestFiniteMagnitude, 5e-324]
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

/// Readers of Parquet from PyPI.
enum ParquetReader: String, CaseIterable, Sendable {
    case duckdb
    case polars
    case pyarrow

    /// A table as read: its columns with the reader's names for their types, and its cells as text.
    struct Table: Decodable {
        let columns: [String]
        let types: [String: String]
        let rows: [[String?]]
    }

    static var areInstalled: Bool { OtherReaders.areInstalled }

    /// What the reader calls a point in time.
    var timeType: String {
        switch self {
        case .duckdb: "TIMESTAMP WITH TIME ZONE"
        case .polars: "Datetime(time_unit='us', time_zone='UTC')"
        case .pyarrow: "timestamp[us, tz=UTC]"
        }
    }

    /// Reads a file.
    func read(_ file: URL) async throws -> Table {
        let arguments = [StockPython.script("parquet.py"), rawValue, file.path]
        let finished = try await FinishedProgram.run(OtherReaders.python, arguments)
        guard finished.status == 0 else { throw ConformanceFailure("\(rawValue) failed: \(finished.errors)") }
        return try JSONDecoder().decode(Table.self, from: finished.output)
    }
}
