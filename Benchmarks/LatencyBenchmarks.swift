import EventFiles
import Foundation
import Synchronization
import TensorBoard

/// How long a caller waits, call by call, with a healthy file and with one that stalls.
enum LatencyBenchmarks {
    private static let eventsPerSecond = 100_000
    private static let stall = Duration.seconds(2)

    static func run(_ workspace: Workspace) throws -> [Measurement] {
        try run("caller's time, healthy file", workspace, .system)
            + run("caller's time, file stalls for 2 s", workspace, stalling)
    }

    /// A file whose tenth write hangs.
    private static var stalling: FileOperations {
        let writes = Counter()
        var operations = FileOperations.system
        operations.write = { file, bytes, offset in
            if writes.next() == 10 { Thread.sleep(forTimeInterval: stall / .seconds(1)) }
            return FileOperations.system.write(file, bytes, offset)
        }
        return operations
    }

    private static func run(
        _ group: String,
        _ workspace: Workspace,
        _ operations: FileOperations
    ) throws -> [Measurement] {
        let directory = workspace.path("latency")
        let writer = try SummaryWriter(logDirectory: directory, options: .init(), operations: operations)
        defer { workspace.remove("latency") }
        let cost = writer.scalarSeries("cost")
        var pace = Pace(perSecond: eventsPerSecond)
        var times: [Double] = []
        let count = 3 * eventsPerSecond
        times.reserveCapacity(count)
        for step in 0..<count {
            pace.wait()
            times.append(elapsedSeconds { cost.record(0.5, step: step) } * 1e9)
        }
        try writer.close()
        guard writer.statistics.droppedEvents == 0 else { throw BenchmarkError("The writer dropped events.") }
        times.sort()
        let quantile = { (part: Double) in times[min(count - 1, Int(part * Double(count)))] }
        return [("p50", 0.5), ("p99", 0.99), ("p99.9", 0.999), ("maximum", 1)].map { name, part in
            Measurement(group, "\(name) of \(count) calls", quantile(part), unit: "ns")
        }
    }
}

/// Counts calls from any thread.
private final class Counter: Sendable {
    private let count = Mutex(0)

    /// The number of this call, from 1.
    func next() -> Int {
        count.withLock { count in
            count += 1
            return count
        }
    }
}
