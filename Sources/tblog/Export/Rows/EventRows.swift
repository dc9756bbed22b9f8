import Summaries
import TensorBoardLogs

/// Histograms, tensors, PR curves or texts, several rows for each value; one event is in memory at a time.
struct EventRows: TableRows {
    private let kind: ExportKind
    private let runs: [LoggedRun]
    private let options: ReadingOptions
    private let progress: (Int) -> Void

    init(_ kind: ExportKind, _ runs: [LoggedRun], _ options: ReadingOptions, progress: @escaping (Int) -> Void) {
        self.kind = kind
        self.runs = runs
        self.options = options
        self.progress = progress
    }

    var columns: [TableColumn] {
        func numbers(_ names: String...) -> [TableColumn] { names.map { TableColumn($0, .number(hasExact: false)) } }
        let own: [TableColumn] =
            switch kind {
            case .histograms:
                [TableColumn("bucket", .integer)] + numbers("bucket_left", "bucket_right", "count")
            case .precisionRecallCurves:
                numbers(
                    "threshold",
                    "true_positives",
                    "false_positives",
                    "true_negatives",
                    "false_negatives",
                    "precision",
                    "recall"
                )
            case .text: [TableColumn("index", .integer), TableColumn("text", .text)]
            default:
                [
                    TableColumn("dtype", .text), TableColumn("shape", .text), TableColumn("index", .integer),
                    TableColumn("value", .mixed, isOptional: true),
                ]
            }
        return TableColumn.place + own
    }

    func forEachRow(_ body: ([TableCell]) throws -> Void) throws -> [TensorBoardError] {
        var faults: [TensorBoardError] = []
        for run in runs {
            var unreadable: [TensorBoardError] = []
            faults += try run.forEachValue(options: options, progress: progress) { value, event in
                let place: [TableCell] = [
                    .text(run.name), .text(value.tag), .integer(event.step), .time(event.wallTime),
                ]
                if let reason = try forEachRow(of: value, { try body(place + $0) }) {
                    let place = "the tag \(value.tag) has a value at step \(event.step) that cannot be read: \(reason)"
                    unreadable.append(
                        TensorBoardError(.invalidSummary, place, path: run.directory, tag: value.tag, step: event.step)
                    )
                }
            }
            faults += unreadable
        }
        return faults
    }

    /// Calls `body` with the rows of a value; returns why it cannot be read, if it should be and cannot.
    private func forEachRow(of value: LoggedValue, _ body: ([TableCell]) throws -> Void) throws -> String? {
        switch (value.content, kind) {
        case (.histogram(let histogram), .histograms):
            for (index, bucket) in histogram.buckets.enumerated() {
                try body([
                    .integer(index), .number(bucket.lowerBound), .number(bucket.upperBound), .number(bucket.count),
                ])
            }
        case (.precisionRecallCurve(let curve), .precisionRecallCurves):
            let last = Double(max(1, curve.precision.count - 1))
            for index in curve.precision.indices {
                try body([
                    .number(Double(index) / last), .number(curve.truePositives[index]),
                    .number(curve.falsePositives[index]), .number(curve.trueNegatives[index]),
                    .number(curve.falseNegatives[index]), .number(curve.precision[index]),
                    .number(curve.recall[index]),
                ])
            }
        case (.text(let text), .text):
            for (index, text) in text.texts.enumerated() { try body([.integer(index), .text(text)]) }
        case (.tensor(let tensor), .tensors): try Self.forEachRow(of: tensor, body)
        case (.mesh(let part), .tensors): try Self.forEachRow(of: part.tensor, body)
        case (.unreadable(let reason), _) where isKind(value.kind): return reason
        default: break
        }
        return nil
    }

    private func isKind(_ logged: LoggedKind) -> Bool {
        switch logged {
        case .histogram: kind == .histograms
        case .precisionRecallCurve: kind == .precisionRecallCurves
        case .text: kind == .text
        case .mesh, .plugin, .unshown: kind == .tensors
        default: false
        }
    }

    private static func forEachRow(of tensor: TensorValue, _ body: ([TableCell]) throws -> Void) throws {
        let cells = tensor.cells
        let type = TableCell.text("\(tensor.dataType)")
        let shape = TableCell.text(tensor.shape.map { "\($0)" }.joined(separator: "x"))
        for index in 0..<tensor.count { try body([type, shape, .integer(index), cells(index)]) }
    }
}

extension TensorValue {
    /// The element at an index, as it is: integers are exact.
    fileprivate var cells: (Int) -> TableCell {
        switch elements {
        case .int64(let elements): return { .number(Double(elements[$0]), exact: Int128(elements[$0]).ifLarge) }
        case .uint64(let elements): return { .number(Double(elements[$0]), exact: Int128(elements[$0]).ifLarge) }
        case .bool(let elements): return { .truth(elements[$0]) }
        case .string(let elements): return { .text(String(decoding: elements[$0], as: UTF8.self)) }
        case .complex64(let elements): return { .text(Self.text(Double(elements[$0].x), Double(elements[$0].y))) }
        case .complex128(let elements): return { .text(Self.text(elements[$0].x, elements[$0].y)) }
        default:
            let numbers = self.numbers ?? []
            return { .number(numbers[$0]) }
        }
    }

    /// A complex number as NumPy reads it.
    private static func text(_ real: Double, _ imaginary: Double) -> String {
        "\(real)\(imaginary.sign == .minus ? "" : "+")\(imaginary)j"
    }
}

extension LoggedRun {
    /// Calls `body` with each value, event by event, and reads on after faults.
    ///
    /// - Parameters:
    ///   - options: Which events and values to read.
    ///   - progress: Receives the number of bytes that were read since the last call.
    ///   - body: Receives the value and the event that it is part of.
    /// - Returns: What could not be read.
    /// - Throws: What `body` throws.
    func forEachValue(
        options: ReadingOptions,
        progress: (_ byteCount: Int) -> Void,
        _ body: (LoggedValue, LoggedEvent) throws -> Void
    ) rethrows -> [TensorBoardError] {
        var faults: [TensorBoardError] = []
        var reader = RunReader(self, options: options)
        var readByteCount = 0
        while true {
            defer {
                progress(reader.readByteCount - readByteCount)
                readByteCount = reader.readByteCount
            }
            let event: LoggedEvent?
            do throws(TensorBoardError) {
                event = try reader.next()
            } catch {
                // A missing directory is the same fault each time.
                if error == faults.last { return faults }
                faults.append(error)
                continue
            }
            guard let event else { return faults }
            guard case .summary(let values) = event.content else { continue }
            for value in values { try body(value, event) }
        }
    }
}
