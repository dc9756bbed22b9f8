import TensorBoard

/// The values of a tag by their steps.
struct WideColumn {
    /// The place of a value: its step, and which of the tag's values at that step it is.
    struct Key: Hashable, Comparable {
        let step: Int
        let occurrence: Int

        static func < (a: Key, b: Key) -> Bool {
            (a.step, a.occurrence) < (b.step, b.occurrence)
        }
    }

    private var values: [Key: Double] = [:]

    init(_ series: LoggedSeries<Double>) {
        values.reserveCapacity(series.count)
        var counts: [Int: Int] = [:]
        for (step, value) in zip(series.steps, series.values) {
            let occurrence = counts[step, default: 0]
            counts[step] = occurrence + 1
            values[Key(step: step, occurrence: occurrence)] = value
        }
    }

    /// Where there are values.
    var keys: some Sequence<Key> { values.keys }

    /// The value at a place.
    subscript(key: Key) -> Double? { values[key] }
}
