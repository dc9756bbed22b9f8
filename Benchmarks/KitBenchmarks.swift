import Platform
import TensorBoardKit

/// What the training kit adds to a step, and what the sampler of system metrics takes.
enum KitBenchmarks {
    private static let stepCount = 1_000_000
    private static let sampleCount = 200
    /// At one sample in ten seconds, the default, this is 0.1 % of a core.
    private static let sampleBudget = 10_000.0

    static func run(_ workspace: Workspace) throws -> [Measurement] {
        let group = "training kit"
        let count = Double(stepCount)
        let steps = try Sample {
            try workspace.seconds { writer in
                for step in writer.steps(0..<stepCount, showsProgress: false) { blackHole(step) }
            }
        }
        let timers = try Sample {
            try workspace.seconds { writer in
                for step in 0..<stepCount { writer.measure("nothing", step: step) { blackHole(step) } }
            }
        }
        let composed = try Sample {
            try workspace.seconds { writer in
                let sink = writer.filtered { _ in true }.renamed { $0 }.sampled(every: 10)
                for step in 0..<stepCount { sink.scalar("cost", 0.5 as Float, step: step) }
            }
        }
        let reader = SystemReader(logDirectory: ".", interval: .seconds(10))
        let samples = Sample {
            let start = processorSeconds()
            for _ in 0..<sampleCount { _ = reader.read() }
            return processorSeconds() - start
        }
        return [
            Measurement(group, "steps(), a step", steps, unit: "ns/step") { $0 / count * 1e9 },
            Measurement(group, "measure(), a call", timers, unit: "ns/call") { $0 / count * 1e9 },
            Measurement(group, "filtered, renamed, sampled: a scalar", composed, unit: "ns/call") { $0 / count * 1e9 },
            Measurement(
                group,
                "system metrics, processor time of a sample",
                samples,
                unit: "µs",
                budget: .atMost(sampleBudget)
            ) { $0 / Double(sampleCount) * 1e6 },
        ]
    }

    /// Keeps the compiler from leaving a loop out.
    @inline(never)
    private static func blackHole(_ value: Int) {}

    /// The processor time of this thread in seconds.
    private static func processorSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
}
