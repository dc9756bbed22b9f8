import CommandLineSupport
import Summaries
import Synchronization

/// What is seen on the console while runs are being trained, by several threads at once.
///
/// On a terminal each run has one line that moves; in a pipe, and where that is asked for, the lecture's lines scroll by.
final class TrainingConsole: Sendable {
    /// What a run has come to at a step.
    struct Reading {
        let cost: Float
        let accuracy: Float
        /// Weights to be shown in the lecture's line.
        var weights: TensorValue?
    }

    /// How much is to be seen.
    enum Detail {
        case nothing
        case progress
        case lecture
        /// One bar for all runs together.
        case bar
    }

    let detail: Detail
    private let runs: [String]
    private let steps: Int
    /// The step at which the runs begin, or are resumed.
    private let firstStep: Int
    /// The lecture's lines are printed every so many steps.
    private let lineInterval: Int
    private let lines = LiveLines()
    private let bar: ProgressBar
    private let state: Mutex<State>
    private let start = ContinuousClock.now

    private struct State {
        var progress: [String]
        var hasHeading = false
    }

    /// More lines than this are too many to read.
    private static let largestLineCount = 200

    /// - Parameters:
    ///   - runs: The names of the runs; with several, each line names its run.
    ///   - steps: The steps of each run.
    ///   - firstStep: The step at which the runs begin, or are resumed.
    ///   - lineInterval: Every how many steps a line is printed where lines scroll by; `nil` for hundreds.
    ///   - isQuiet: Whether nothing is to be seen.
    ///   - isVerbose: Whether the lecture's lines are to be seen on a terminal too.
    init(
        runs: [String],
        steps: Int,
        firstStep: Int = 0,
        lineInterval: Int? = nil,
        isQuiet: Bool,
        isVerbose: Bool = false
    ) {
        self.runs = runs
        self.steps = steps
        self.firstStep = firstStep
        let isTerminal = Terminal.standardOutput.isInteractive && Terminal.standardError.isInteractive
        detail = isQuiet ? .nothing : isVerbose || !isTerminal ? .lecture : .progress
        var interval = lineInterval ?? 100
        while steps / interval > Self.largestLineCount { interval *= 10 }
        self.lineInterval = interval
        state = Mutex(State(progress: runs.map { "\($0)  begins" }))
        bar = ProgressBar(total: 0, isQuiet: true)
    }

    /// A console for many runs, which shows how far they are together.
    ///
    /// - Parameters:
    ///   - runs: The names of the runs.
    ///   - steps: The steps of each run.
    ///   - isQuiet: Whether nothing is to be seen.
    init(sweep runs: [String], steps: [Int], isQuiet: Bool) {
        self.runs = runs
        self.steps = steps.max() ?? 0
        firstStep = 0
        lineInterval = 1
        detail = isQuiet ? .nothing : .bar
        bar = ProgressBar(
            total: steps.reduce(0, +),
            label: runs.count == 1 ? "1 trial" : "\(runs.count) trials",
            isQuiet: isQuiet
        )
        state = Mutex(State(progress: []))
    }

    /// One run's part of the console, for the thread that trains it.
    struct Line {
        fileprivate let console: TrainingConsole
        fileprivate let run: Int
        /// When the moving line is to be written again.
        fileprivate var due: ContinuousClock.Instant

        private static let interval = Duration.milliseconds(100)

        /// Shows a step, if one is to be seen now.
        ///
        /// - Parameters:
        ///   - step: The step.
        ///   - reading: What the run has come to.
        mutating func observe(_ step: Int, _ reading: () -> Reading) {
            switch console.detail {
            case .nothing:
                break
            case .progress:
                let now = ContinuousClock.now
                guard now >= due else { return }
                due = now + Self.interval
                console.draw(run, step, reading())
            case .lecture:
                guard step.isMultiple(of: console.lineInterval) else { return }
                console.printLine(run, step, reading())
            case .bar:
                console.bar.advance()
            }
        }
    }

    /// The part of a run.
    func line(ofRun run: Int) -> Line {
        Line(console: self, run: run, due: start + .milliseconds(100))
    }

    /// Counts the steps that a run did not need, for the bar of all runs.
    func skip(_ steps: Int) {
        bar.advance(by: steps)
    }

    /// Takes the moving lines away.
    func finish() {
        lines.finish()
        bar.finish()
    }
}

extension TrainingConsole {
    private func draw(_ run: Int, _ step: Int, _ reading: Reading) {
        let line = progressLine(run, step, reading)
        let all = state.withLock { state in
            state.progress[run] = line
            return state.progress
        }
        lines.draw(all)
    }

    /// A line such as `run1  step 4,200 of 10,001  cost 0.0123  accuracy 1.00  12,345 steps/s  0:03 left`.
    private func progressLine(_ run: Int, _ step: Int, _ reading: Reading) -> String {
        let seconds = max((ContinuousClock.now - start) / .seconds(1), 1e-9)
        let rate = Double(step + 1 - firstStep) / seconds
        let remaining = Duration.seconds(min(Double(steps - step - 1) / max(rate, 1e-9), 1e9))
        let cost = "cost \(reading.cost.text(significantDigits: 3))"
        let accuracy = "accuracy \(reading.accuracy.text(fractionDigits: 2))"
        let left = "\(remaining.clockText) left"
        let width = Terminal.standardError.width - 1
        // What matters least is left out first where the terminal is narrow.
        let layouts = [
            [
                "step \(step.groupedText) of \(steps.groupedText)", cost, accuracy, "\(Int(rate).groupedText) steps/s",
                left,
            ],
            ["step \(step.groupedText)", cost, accuracy, left],
            ["step \(step.groupedText)", cost],
        ]
        let candidates = layouts.map { ([runs[run]] + $0).joined(separator: "  ") }
        return candidates.first { $0.displayWidth <= width } ?? candidates[candidates.count - 1]
    }

    /// The lecture's line: step, cost and the weights of the first layer, or the accuracy where none are to be shown.
    private func printLine(_ run: Int, _ step: Int, _ reading: Reading) {
        let nameWidth = runs.count > 1 ? runs.map(\.displayWidth).max() ?? 0 : 0
        func line(_ run: String, _ step: String, _ cost: String, _ weights: String) -> String {
            let name =
                nameWidth > 0 ? run + String(repeating: " ", count: max(2, nameWidth - run.displayWidth + 2)) : ""
            func right(_ text: String, _ width: Int) -> String {
                String(repeating: " ", count: max(0, width - text.count)) + text
            }
            let cost = cost + String(repeating: " ", count: max(0, 10 - cost.count))
            return "\(name)\(right(step, String(steps).count))  \(cost)  \(weights)"
        }
        let last = reading.weights.map(Self.matrix) ?? reading.accuracy.text(fractionDigits: 4)
        let text = line(runs[run], "\(step)", reading.cost.text(significantDigits: 8), last)
        let title = reading.weights == nil ? "accuracy" : "weights of the first layer"
        state.withLock { state in
            if !state.hasHeading {
                Terminal.standardOutput.writeLine(line("run", "step", "cost", title))
                state.hasHeading = true
            }
            Terminal.standardOutput.writeLine(text)
        }
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
