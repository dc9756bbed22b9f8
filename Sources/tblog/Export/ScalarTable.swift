import TensorBoardLogs

/// Scalars of runs as lines of text.
struct ScalarTable {
    /// The form of the lines.
    struct Form {
        /// Whether a line is a JSON object rather than comma-separated values.
        var isJSON: Bool
        /// Whether a line has the values of all tags at a step rather than one.
        var isWide: Bool
    }

    private let data: [RunData]
    private let form: Form
    /// The tags of all runs in order, which are the columns of a wide table.
    private let tags: [String]

    init(_ data: [RunData], form: Form) {
        self.data = data
        self.form = form
        tags = data.scalarTags
    }

    /// Whether there is nothing to write.
    var isEmpty: Bool { tags.isEmpty }

    /// Calls `body` with each line, including the line break.
    func forEachLine(_ body: (String) throws -> Void) rethrows {
        if !form.isJSON {
            let columns = form.isWide ? ["run", "step"] + tags : ["run", "tag", "step", "wall_time", "value"]
            try body(CSVRow.text(columns))
        }
        for run in data {
            try form.isWide ? forEachWideLine(run, body) : forEachLongLine(run, body)
        }
    }

    private func forEachLongLine(_ run: RunData, _ body: (String) throws -> Void) rethrows {
        for tag in tags {
            guard let series = run.scalars[tag] else { continue }
            for index in series.steps.indices {
                let (step, time, value) = (series.steps[index], series.wallTimes[index], ScalarCell(series, index))
                if form.isJSON {
                    let line: JSONText = [
                        "run": .string(run.run.name), "tag": .string(tag), "step": .integer(step),
                        "wall_time": .scalar(time), "value": value.json,
                    ]
                    try body("\(line)\n")
                } else {
                    try body(CSVRow.text([run.run.name, tag, "\(step)", "\(time)", value.text]))
                }
            }
        }
    }

    /// The lines of a run by step; where a tag has a step more than once there are as many lines of it.
    private func forEachWideLine(_ run: RunData, _ body: (String) throws -> Void) rethrows {
        let columns = tags.map { run.scalars[$0].map(WideColumn.init) }
        let keys = Set(columns.lazy.compactMap(\.self).flatMap(\.keys)).sorted()
        for key in keys {
            let values = columns.map { $0?[key] }
            if form.isJSON {
                let members = zip(tags, values).compactMap { tag, value in
                    value.map { JSONText.Member(name: tag, value: $0.json) }
                }
                let line: JSONText = [
                    "run": .string(run.run.name), "step": .integer(key.step), "values": .object(members),
                ]
                try body("\(line)\n")
            } else {
                try body(CSVRow.text([run.run.name, "\(key.step)"] + values.map { $0?.text ?? "" }))
            }
        }
    }
}

/// One value, exact also where a `Double` rounds it.
struct ScalarCell {
    private let value: Double
    private let integer: Int?

    init(_ series: LoggedSeries<Double>, _ index: Int) {
        value = series.values[index]
        integer = series.integer(at: index)
    }

    var text: String { integer.map(String.init) ?? "\(value)" }

    var json: JSONText { integer.map { .integer($0) } ?? .scalar(value) }
}

/// The values of a tag by their steps.
struct WideColumn {
    /// The position of a value: its step, and which of the tag's values at that step.
    struct Key: Hashable, Comparable {
        let step: Int
        let occurrence: Int

        static func < (a: Key, b: Key) -> Bool {
            (a.step, a.occurrence) < (b.step, b.occurrence)
        }
    }

    private var values: [Key: ScalarCell] = [:]

    init(_ series: LoggedSeries<Double>) {
        values.reserveCapacity(series.count)
        var counts: [Int: Int] = [:]
        for (index, step) in series.steps.enumerated() {
            let occurrence = counts[step, default: 0]
            counts[step] = occurrence + 1
            values[Key(step: step, occurrence: occurrence)] = ScalarCell(series, index)
        }
    }

    /// The positions that have values.
    var keys: some Sequence<Key> { values.keys }

    /// The value at a position.
    subscript(key: Key) -> ScalarCell? { values[key] }
}
