import TensorBoard

/// What counting and recording histograms costs.
enum HistogramBenchmarks {
    static func run(_ workspace: Workspace) throws -> [Measurement] {
        let group = "histograms"
        var generator = Xorshift()
        // Products crowd around zero like gradients do, with both signs in random order.
        let values = (0..<100_000).map { _ in
            Float.random(in: -1...1, using: &generator) * Float.random(in: -1...1, using: &generator)
        }
        let few = Array(values.prefix(64))
        let count = Double(values.count)
        let (events, largeEvents) = (100_000, 200)
        let endToEnd = try Sample {
            try workspace.seconds { writer in
                for step in 0..<largeEvents { writer.histogram("weights", values, step: step) }
            }
        }
        let small = try Sample {
            try workspace.seconds { writer in
                for step in 0..<events { writer.histogram("weights", few, step: step) }
            }
        }
        return [
            counting("Float", values, budget: .atLeast(1.5)),
            counting("Double", values.map(Double.init)),
            counting("Int", values.map { Int($0 * 1000) }),
            many(values),
            Measurement(group, "100,000 Float, end to end", endToEnd, unit: "G values/s", budget: .atLeast(1.5)) {
                count * Double(largeEvents) / $0 / 1e9
            },
            Measurement(group, "64 Float, end to end", small, unit: "k events/s", budget: .atLeast(700)) {
                Double(events) / $0 / 1e3
            },
        ]

        /// More values than any cache holds, counted once.
        func many(_ values: [Float]) -> Measurement {
            let count = 100_000_000
            let many = [Float](unsafeUninitializedCapacity: count) { buffer, initializedCount in
                for start in stride(from: 0, to: count, by: values.count) {
                    _ = buffer[start..<start + values.count].initialize(fromContentsOf: values)
                }
                initializedCount = count
            }
            var histogram = Histogram()
            let time = elapsedSeconds { histogram = Histogram(many) }
            precondition(histogram.count == count, "All values must have been counted.")
            return Measurement(group, "100,000,000 Float, counting", Double(count) / time / 1e9, unit: "G values/s")
        }

        func counting<Element: NumericData>(
            _ type: String,
            _ values: [Element],
            budget: Measurement.Budget? = nil
        ) -> Measurement {
            var histogram = Histogram()
            let calls = 100
            let sample = Sample.timing(calls: calls) {
                histogram.removeAll()
                values.withUnsafeBufferPointer { histogram.insert(contentsOf: $0) }
            }
            precondition(histogram.count == values.count, "All values must have been counted.")
            return Measurement(group, "100,000 \(type), counting", sample, unit: "G values/s", budget: budget) {
                Double(calls * values.count) / $0 / 1e9
            }
        }
    }
}

/// A generator whose sequence is the same in every run (Marsaglia 2003).
struct Xorshift: RandomNumberGenerator {
    private var state: UInt64 = 88_172_645_463_325_252

    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
    }
}
