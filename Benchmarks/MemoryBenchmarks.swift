import Platform
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
            Measurement(
                "memory of a writer that keeps up",
                "at 100,000 scalars/s, buffers included",
                growth,
                unit: "MiB",
                budget: .atMost(1)
            )
        ]
    }

    private static var peakByteCount: Int {
        var usage = rusage()
        #if canImport(Darwin)
        getrusage(RUSAGE_SELF, &usage)
        return usage.ru_maxrss
        #else
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return usage.ru_maxrss << 10
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
