import Foundation
import TrainingCore

/// The training core, and NumPy and torch on one thread with the same work.
enum TrainingBenchmarks {
    private struct Row: Decodable {
        let peer: String
        let work: String
        let seconds: Double
    }

    /// Measures the core and what of the peers is installed.
    ///
    /// - Parameter python: A Python that has NumPy, torch or both; none for no peers.
    /// - Returns: Our times, and the ratios of ours to the peers', one run for all.
    /// - Throws: When the script fails.
    static func run(python: String?) throws -> [Measurement] {
        let ours = try TrainingWork.all().map { work in
            (work.name, Sample.timing(calls: work.calls) { work.step() }, work.calls)
        }
        let times = ours.map { name, sample, calls in
            Measurement("training", name, sample, unit: "µs/step") { $0 / Double(calls) * 1e6 }
        }
        guard let python else { return times }
        // NumPy's library would be told to use less than the processor has.
        for name in ["OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"] { unsetenv(name) }
        let rows = try PythonScript("training.py", python: python).rows(Row.self)
        return times
            + rows.flatMap { row in
                times.filter { $0.name == row.work }.map { our in
                    Measurement(
                        "training, ours : \(row.peer)",
                        row.work,
                        our.median / (row.seconds * 1e6),
                        unit: "ratio",
                        budget: budget(row)
                    )
                }
            }
    }

    private static func budget(_ row: Row) -> Measurement.Budget? {
        switch (row.peer, row.work) {
        case ("torch", "784-256-10, batch 128"): .atMost(1)
        case ("torch", "64-128-64-10, batch 32"): .atMost(0.15)
        case ("torch", "XOR, 2-2-1"): .atMost(0.0015)
        case ("NumPy", "product of 512 x 512"): .atMost(1 / 0.7)
        default: nil
        }
    }
}
