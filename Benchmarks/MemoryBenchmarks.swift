import EventFiles
import Platform
import Synchronization
import SystemPackage
import TensorBoard

/// How much memory a writer takes.
///
/// To be run first: the system tells only the most that a process ever had.
enum MemoryBenchmarks {
    static func run(_ workspace: Workspace) throws -> [Measurement] {
        // What every process pays once is not the writer's.
        _ = try workspace.seconds { $0.scalar("cost", 0, step: 0) }
        let before = peakByteCount
        _ = try workspace.seconds { writer in
            let cost = writer.scalarSeries("cost")
            var pace = Pace(perSecond: 100_000)
            for step in 0..<200_000 {
                pace.wait()
                cost.record(0.5, step: step)
            }
        }
        let growth = Double(peakByteCount - before) / Double(1 << 20)
        return [
            Measurement(group, "keeps up, 100,000 scalars/s", growth, unit: "MiB", budget: .atMost(1)),
            try stalledWriter(workspace),
        ]
    }

    /// A writer whose disk is full, until its buffer is too.
    private static func stalledWriter(_ workspace: Workspace) throws -> Measurement {
        let before = peakByteCount
        var operations = FileOperations.system
        let isFull = Flag()
        operations.write = { file, bytes, offset in
            isFull.isSet ? .failure(.noSpace) : FileOperations.system.write(file, bytes, offset)
        }
        let options = SummaryWriter.Options(stallTimeout: .milliseconds(100), onIssue: { _ in })
        let writer = try SummaryWriter(
            logDirectory: workspace.path("stalled"),
            options: options,
            operations: operations
        )
        defer { workspace.remove("stalled") }
        let cost = writer.scalarSeries("cost")
        isFull.isSet = true
        var step = 0
        while writer.statistics.droppedEvents == 0 {
            for _ in 0..<10_000 {
                cost.record(0.5, step: step)
                step += 1
            }
        }
        let growth = Double(peakByteCount - before) / Double(options.bufferLimit)
        isFull.isSet = false
        // It throws what was dropped.
        try? writer.close()
        return Measurement(group, "stalls, peak : bufferLimit", growth, unit: "ratio", budget: .atMost(1.3))
    }

    /// What threads tell each other.
    private final class Flag: Sendable {
        private let state = Mutex(false)

        var isSet: Bool {
            get { state.withLock { $0 } }
            set { state.withLock { $0 = newValue } }
        }
    }

    private static let group = "memory of a writer"

    private static var peakByteCount: Int {
        var usage = rusage()
        #if canImport(Darwin)
        getrusage(RUSAGE_SELF, &usage)
        #else
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        #endif
        return usage.peakByteCount
    }
}

extension rusage {
    /// The most memory that a process had, in bytes.
    var peakByteCount: Int {
        #if canImport(Darwin)
        ru_maxrss
        #else
        ru_maxrss << 10
        #endif
    }
}

/// Holds a loop to a rate without giving up the processor.
struct Pace {
    private let interval: Duration
    private var next = ContinuousClock.now

    init(perSecond: Int) {
        interval = .seconds(1) / perSecond
    }

    mutating func wait() {
        while ContinuousClock.now < next {}
        next += interval
    }
}
