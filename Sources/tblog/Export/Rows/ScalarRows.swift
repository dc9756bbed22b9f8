import TensorBoardLogs

/// Scalars, a row for each value; one run is in memory at a time.
struct ScalarRows: TableRows {
    let columns = TableColumn.place + [TableColumn("value", .number(hasExact: true))]

    private let runs: [LoggedRun]
    private let options: ReadingOptions
    private let progress: (Int) -> Void

    init(_ runs: [LoggedRun], _ options: ReadingOptions, progress: @escaping (Int) -> Void) {
        self.runs = runs
        self.options = options
        self.progress = progress
    }

    func forEachRow(_ body: ([TableCell]) throws -> Void) throws -> [TensorBoardError] {
        var faults: [TensorBoardError] = []
        for run in runs {
            let data = run.loadScalars(options: options, progress: progress)
            faults += data.faults
            for (tag, series) in data.scalars {
                for index in series.steps.indices {
                    try body([
                        .text(run.name), .text(tag), .integer(series.steps[index]), .time(series.wallTimes[index]),
                        series.cell(at: index),
                    ])
                }
            }
        }
        return faults
    }
}

/// Scalars, a row for each step of a run, with a column for each tag.
///
/// Where a tag has a step more than once, there are as many rows of it.
struct WideScalarRows: TableRows {
    let columns: [TableColumn]

    private let data: [RunData]
    /// The tags of all runs in order.
    private let tags: [String]

    init(_ runs: [LoggedRun], _ options: ReadingOptions, progress: (Int) -> Void) {
        let data = runs.map { $0.loadScalars(options: options, progress: progress) }
        let tags = data.scalarTags
        self.data = data
        self.tags = tags
        let values = tags.map { tag in
            let hasExact = data.contains { $0.scalars[tag]?.hasExactIntegers == true }
            return TableColumn(tag, .number(hasExact: hasExact), isOptional: true, group: "values")
        }
        columns = [TableColumn("run", .text), TableColumn("step", .integer)] + values
    }

    func forEachRow(_ body: ([TableCell]) throws -> Void) throws -> [TensorBoardError] {
        for run in data {
            let columns = tags.map { run.scalars[$0].map(WideColumn.init) }
            let keys = Set(columns.lazy.compactMap(\.self).flatMap(\.keys)).sorted()
            for key in keys {
                try body([.text(run.run.name), .integer(key.step)] + columns.map { $0?[key] ?? .null })
            }
        }
        return data.flatMap(\.faults)
    }
}

/// The values of a tag by their steps.
private struct WideColumn {
    /// The position of a value: its step, and which of the tag's values at that step.
    struct Key: Hashable, Comparable {
        let step: Int
        let occurrence: Int

        static func < (a: Key, b: Key) -> Bool {
            (a.step, a.occurrence) < (b.step, b.occurrence)
        }
    }

    private var values: [Key: TableCell] = [:]

    init(_ series: LoggedSeries<Double>) {
        values.reserveCapacity(series.count)
        var counts: [Int: Int] = [:]
        for (index, step) in series.steps.enumerated() {
            let occurrence = counts[step, default: 0]
            counts[step] = occurrence + 1
            values[Key(step: step, occurrence: occurrence)] = series.cell(at: index)
        }
    }

    /// The positions that have values.
    var keys: some Sequence<Key> { values.keys }

    /// The value at a position.
    subscript(key: Key) -> TableCell? { values[key] }
}

extension LoggedSeries<Double> {
    /// A value, exact also where a `Double` rounds it.
    func cell(at index: Int) -> TableCell { .number(values[index], exact: integer(at: index)) }

    /// Whether a value is an integer that a `Double` rounds.
    fileprivate var hasExactIntegers: Bool { steps.indices.contains { integer(at: $0) != nil } }
}
