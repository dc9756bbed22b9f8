import TensorBoard
import TensorBoardLogs

/// What reading a run back costs, its files in the system's cache.
enum ReadingBenchmarks {
    private struct Row: Decodable {
        let reader: String
        let seconds: Double
    }

    private static let group = "reading a million scalars"
    private static let eventCount = 1_000_000
    /// TensorBoard's EventAccumulator would take two minutes for a million.
    private static let smallEventCount = 20_000
    private static let tags = ["cost", "accuracy", "layer1/weights/gradient norm", "layer2/weights/gradient norm"]

    /// Reads in all ways that there are.
    ///
    /// - Parameters:
    ///   - workspace: Where to put the runs.
    ///   - python: A Python that has TensorBoard, to read the same with its readers.
    /// - Returns: The times, and the ratios of TensorBoard's to ours.
    /// - Throws: When a run cannot be written or the script fails.
    static func run(_ workspace: Workspace, python: String?) throws -> [Measurement] {
        let large = "read"
        defer { workspace.remove(large) }
        let run = try write(workspace, large, eventCount: eventCount)
        let columns = Sample(repetitions: 5) { elapsedSeconds { _ = run.load() } }
        let fast = Sample(repetitions: 5) { elapsedSeconds { _ = run.load(restarts: .fastLoader) } }
        let inspection = Sample(repetitions: 5) { elapsedSeconds { _ = run.inspect() } }
        var one = ReadingOptions()
        one.filter.includesTag = { $0 == "cost" }
        let filtered = Sample(repetitions: 5) { elapsedSeconds { _ = run.load(options: one) } }
        let events = try Sample(repetitions: 5) {
            try elapsedSeconds {
                var reader = RunReader(run)
                while try reader.next() != nil {}
            }
        }
        let ours = [
            Measurement(group, "into columns", columns, unit: "s", budget: .atMost(0.05)) { $0 },
            Measurement(group, "into columns, as the fast loader", fast, unit: "s", budget: .atMost(0.05)) { $0 },
            Measurement(group, "one tag of four into columns", filtered, unit: "s") { $0 },
            Measurement(group, "counted, as for tblog inspect", inspection, unit: "s") { $0 },
            Measurement(group, "event by event", events, unit: "s") { $0 },
        ]
        return try ours + (python.map { try others(workspace, run, python: $0, ours: columns.median) } ?? [])
    }

    private static func write(_ workspace: Workspace, _ name: String, eventCount: Int) throws -> LoggedRun {
        let writer = try SummaryWriter(logDirectory: workspace.path(name))
        for step in 0..<eventCount / tags.count {
            for tag in tags { writer.scalar(tag, 0.5, step: step) }
        }
        try writer.close()
        return try LoggedRun(workspace.path(name))
    }

    /// The readers of TensorBoard, of which the data server reads with several threads and keeps a sample.
    private static func others(
        _ workspace: Workspace,
        _ run: LoggedRun,
        python: String,
        ours: Double
    ) throws -> [Measurement] {
        let small = "read-small"
        defer { workspace.remove(small) }
        let smallRun = try write(workspace, small, eventCount: smallEventCount)
        let paths = [run.directory.string, smallRun.directory.string]
        return try PythonScript("readers.py", python: python).rows(Row.self, paths).flatMap { row in
            let isLarge = row.reader == "data server"
            let seconds = row.seconds * (isLarge ? 1 : Double(eventCount / smallEventCount))
            let note = isLarge ? "" : ", of \(smallEventCount) and multiplied"
            return [
                Measurement(group, "\(row.reader)\(note)", seconds, unit: "s"),
                Measurement(
                    group,
                    "\(row.reader) : ours",
                    seconds / ours,
                    unit: "ratio",
                    budget: isLarge ? nil : .atLeast(100)
                ),
            ]
        }
    }
}
