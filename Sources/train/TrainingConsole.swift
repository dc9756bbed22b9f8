import CommandLineSupport
import Summaries

/// What is seen on the console while runs are being trained, by several threads at once.
struct TrainingConsole: Sendable {
    /// Whether anything is to be seen.
    let isShown: Bool

    private let bar: ProgressBar
    private let namesRuns: Bool

    /// - Parameters:
    ///   - runs: How many runs there are; with several, each line names its run.
    ///   - steps: The steps of each run.
    ///   - isQuiet: Whether nothing is to be seen.
    init(runs: Int, steps: Int, isQuiet: Bool) {
        isShown = !isQuiet
        namesRuns = runs > 1
        bar = ProgressBar(total: runs * steps, label: "training", isQuiet: isQuiet)
    }

    /// Counts a step.
    func advance() {
        bar.advance()
    }

    /// Prints a line about a step.
    func report(run: String, step: Int, cost: Float, weights: TensorValue?) {
        let prefix = namesRuns ? "\(run)  " : ""
        let rows = weights.map { " \(Self.matrix($0))" } ?? ""
        bar.print("\(prefix)\(step) \(cost.text(significantDigits: 8))\(rows)")
    }

    /// Takes the progress bar away.
    func finish() {
        bar.finish()
    }

    /// A matrix in one line, a wide one cut short.
    private static func matrix(_ value: TensorValue) -> String {
        guard let elements = value.floats, let columns = value.shape.last, columns > 0 else { return "" }
        let rows = stride(from: 0, to: elements.count, by: columns).map { start in
            let shown = elements[start..<min(start + columns, start + 4)].map { $0.text(fractionDigits: 6) }
            return "[\(shown.joined(separator: " "))\(columns > 4 ? " …" : "")]"
        }
        return "[\(rows.joined(separator: " "))]"
    }
}
