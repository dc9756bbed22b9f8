import TensorBoard

/// What recording scalars costs, from the call to the file.
enum ScalarBenchmarks {
    static let eventCount = 1_000_000

    static func run(_ workspace: Workspace) throws -> [Measurement] {
        let group = "scalars, whole path, one thread"
        let count = Double(eventCount)
        var byteCount = 0
        let series = try Sample {
            try workspace.seconds { writer in
                let cost = writer.scalarSeries("cost")
                for step in 0..<eventCount { cost.record(0.5, step: step) }
                byteCount = writer.statistics.recordedBytes
            }
        }
        let write = try MachineBenchmarks.writing(byteCount, workspace)
        let byTag = try Sample {
            try workspace.seconds { writer in
                for step in 0..<eventCount { writer.scalar("cost", 0.5, step: step) }
            }
        }
        let ambient = try Sample {
            try workspace.seconds { writer in
                for step in 0..<eventCount { withSummaries(to: writer, step: step) { Summary.scalar("cost", 0.5) } }
            }
        }
        let scoped = try Sample {
            try workspace.seconds { writer in
                withSummaries(to: writer, step: 0) {
                    withNameScope("layer1") {
                        for step in 0..<eventCount { withSummaries(step: step) { Summary.scalar("cost", 0.5) } }
                    }
                }
            }
        }
        let discarded = Sample {
            elapsedSeconds { for _ in 0..<eventCount { Summary.scalar("cost", 0.5) } }
        }
        let everyEvent = try Sample(repetitions: 3) {
            try workspace.seconds(.init(durability: .everyEvent)) { writer in
                for step in 0..<eventCount / 10 { writer.scalar("cost", 0.5, step: step) }
            }
        }
        return [
            Measurement(group, "through a series", series, unit: "ns/event", budget: .atMost(70)) { $0 / count * 1e9 },
            Measurement(group, "of it the system's: write of the same bytes", write, unit: "ns/event") {
                $0 / count * 1e9
            },
            Measurement(group, "by tag", byTag, unit: "ns/event", budget: .atMost(110)) { $0 / count * 1e9 },
            Measurement(group, "ambient, each step a block", ambient, unit: "ns/event") { $0 / count * 1e9 },
            Measurement(group, "ambient, in a scope", scoped, unit: "ns/event") { $0 / count * 1e9 },
            Measurement(group, "ambient, without a writer", discarded, unit: "ns/call", budget: .atMost(20)) {
                $0 / count * 1e9
            },
            Measurement(group, "by tag, durability: .everyEvent", everyEvent, unit: "ns/event") {
                $0 / count * 10 * 1e9
            },
        ]
    }
}
