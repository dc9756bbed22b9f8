import Foundation
import TensorBoard

/// How the cost of a scalar grows with tags, threads, writers and the size of the file.
enum GrowthBenchmarks {
    private static let eventCount = 500_000

    static func run(_ workspace: Workspace, fileGibibytes: Int) throws -> [Measurement] {
        raiseFileLimit()
        return try tags(workspace) + threads(workspace) + writers(workspace) + steadyWriters(workspace)
            + size(workspace, fileGibibytes)
    }

    private static func row(
        _ group: String,
        _ name: String,
        _ sample: Sample,
        budget: Measurement.Budget? = nil
    ) -> Measurement {
        Measurement(group, name, sample, unit: "ns/event", budget: budget) { $0 / Double(eventCount) * 1e9 }
    }

    private static func tags(_ workspace: Workspace) throws -> [Measurement] {
        try [1, 10, 100, 1_000, 10_000].map { count in
            let tags = (0..<count).map { "layer\($0 / 10)/unit\($0)" }
            let sample = try Sample(repetitions: 3) {
                try workspace.seconds { writer in
                    for step in 0..<eventCount / count {
                        for tag in tags { writer.scalar(tag, 0.5, step: step) }
                    }
                }
            }
            return row("growth: tags of one writer, by tag", "\(count)", sample)
        }
    }

    private static func threads(_ workspace: Workspace) throws -> [Measurement] {
        try [1, 2, 4, 8, 16].map { count in
            let sample = try Sample(repetitions: 3) {
                try workspace.seconds { writer in
                    let group = DispatchGroup()
                    for thread in 0..<count {
                        group.enter()
                        Thread.detachNewThread {
                            let cost = writer.scalarSeries("cost\(thread)")
                            for step in 0..<eventCount / count { cost.record(0.5, step: step) }
                            group.leave()
                        }
                    }
                    group.wait()
                }
            }
            return row("growth: threads that share a writer", "\(count)", sample)
        }
    }

    private static func writers(_ workspace: Workspace) throws -> [Measurement] {
        let settings: [(count: Int, interval: Int, budget: Measurement.Budget?)] = [
            (1, 10, nil), (10, 10, nil), (100, 10, .atMost(200)), (1_000, 10, .atMost(1_000)), (1_000, 100, nil),
        ]
        return try settings.map { count, interval, budget in
            let options = SummaryWriter.Options(flushInterval: .milliseconds(interval))
            let sample = try Sample(repetitions: 3) {
                try withWriters(count, options, workspace) { writers in
                    try elapsedSeconds {
                        for step in 0..<eventCount / count {
                            for writer in writers { writer.scalar("cost", 0.5, step: step) }
                        }
                        for writer in writers { try writer.flush() }
                    }
                }
            }
            return row(
                "growth: writers in one process",
                "\(count), flushInterval \(interval) ms",
                sample,
                budget: budget
            )
        }
    }

    /// What the writers' threads take of the processors when the same number of events goes to more and more writers.
    private static func steadyWriters(_ workspace: Workspace) throws -> [Measurement] {
        let eventsPerSecond = 10_000
        return try [1, 10, 100, 1_000].map { count in
            let seconds = try withWriters(count, .init(), workspace) { writers in
                var pace = Pace(perSecond: eventsPerSecond)
                let before = drainSeconds
                for step in 0..<2 * eventsPerSecond / count {
                    for writer in writers {
                        pace.wait()
                        writer.scalar("cost", 0.5, step: step)
                    }
                }
                for writer in writers { try writer.flush() }
                return drainSeconds - before
            }
            return Measurement(
                "growth: writers that share \(eventsPerSecond) events/s, processor time of their threads",
                "\(count)",
                seconds / Double(2 * eventsPerSecond) * 1e9,
                unit: "ns/event",
                budget: count == 1_000 ? .atMost(5_000) : nil
            )
        }
    }

    /// The processor time of all threads but this one.
    private static var drainSeconds: Double {
        func seconds(_ clock: clockid_t) -> Double {
            var time = timespec()
            clock_gettime(clock, &time)
            return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
        }
        return seconds(CLOCK_PROCESS_CPUTIME_ID) - seconds(CLOCK_THREAD_CPUTIME_ID)
    }

    private static func withWriters(
        _ count: Int,
        _ options: SummaryWriter.Options,
        _ workspace: Workspace,
        _ body: ([SummaryWriter]) throws -> Double
    ) throws -> Double {
        let writers = try (0..<count).map {
            try SummaryWriter(logDirectory: workspace.path("runs/\($0)"), options: options)
        }
        defer { workspace.remove("runs") }
        let result = try body(writers)
        for writer in writers { try writer.close() }
        return result
    }

    /// Each quarter of a file that grows large.
    private static func size(_ workspace: Workspace, _ gibibytes: Int) throws -> [Measurement] {
        let writer = try SummaryWriter(logDirectory: workspace.path("large"))
        defer { workspace.remove("large") }
        let cost = writer.scalarSeries("cost")
        var rows: [Measurement] = []
        var step = 0
        for quarter in 1...4 {
            let first = step
            let time = try elapsedSeconds {
                while writer.statistics.recordedBytes < quarter * gibibytes << 28 {
                    for _ in 0..<100_000 {
                        cost.record(0.5, step: step)
                        step += 1
                    }
                }
                try writer.flush()
            }
            let name = "quarter \(quarter) of \(gibibytes) GiB"
            rows.append(
                Measurement("growth: size of the file", name, time / Double(step - first) * 1e9, unit: "ns/event")
            )
        }
        try writer.close()
        return rows
    }

    /// Each writer has two files open, and the usual limit is 1,024.
    private static func raiseFileLimit() {
        var limit = rlimit()
        #if canImport(Glibc)
        let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        #else
        let resource = RLIMIT_NOFILE
        #endif
        getrlimit(resource, &limit)
        limit.rlim_cur = min(limit.rlim_max, 8_192)
        setrlimit(resource, &limit)
    }
}
