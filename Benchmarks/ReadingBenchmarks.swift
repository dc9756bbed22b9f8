import TensorBoard

/// What reading a run back costs, its files in the system's cache.
enum ReadingBenchmarks {
    static let eventCount = 1_000_000

    static func run(_ workspace: Workspace) throws -> [Measurement] {
        let group = "reading a million scalars"
        let name = "read"
        defer { workspace.remove(name) }
        let writer = try SummaryWriter(logDirectory: workspace.path(name))
        let tags = ["cost", "accuracy", "layer1/weights/gradient norm", "layer2/weights/gradient norm"]
        for step in 0..<eventCount / tags.count {
            for tag in tags { writer.scalar(tag, 0.5, step: step) }
        }
        try writer.close()
        let run = try LoggedRun(workspace.path(name))
        let columns = Sample(repetitions: 5) { elapsedSeconds { _ = run.load() } }
        let fast = Sample(repetitions: 5) { elapsedSeconds { _ = run.load(restarts: .fastLoader) } }
        var one = ReadingOptions()
        one.filter.includesTag = { $0 == "cost" }
        let filtered = Sample(repetitions: 5) { elapsedSeconds { _ = run.load(options: one) } }
        let events = try Sample(repetitions: 5) {
            try elapsedSeconds {
                var reader = RunReader(run)
                while try reader.next() != nil {}
            }
        }
        return [
            Measurement(group, "into columns", columns, unit: "s", budget: .atMost(0.2)) { $0 },
            Measurement(group, "into columns, as the fast loader", fast, unit: "s", budget: .atMost(0.2)) { $0 },
            Measurement(group, "one tag of four into columns", filtered, unit: "s") { $0 },
            Measurement(group, "event by event", events, unit: "s") { $0 },
        ]
    }
}
