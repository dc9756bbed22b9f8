public import Summaries
import Synchronization

/// A sink that prints a line for each step: the step, and the scalars with their tags, in columns.
///
/// ```swift
/// let sink = TeeSummarySink(writer, ConsoleSummarySink(every: 100))
/// // step 100  loss 0.4213  accuracy   0.81
/// // step 200  loss 0.2207  accuracy 0.9012
/// ```
///
/// A line is complete when a value of another step comes, at ``flush()``, and when the sink is released. Other kinds than scalars
/// are not printed. On a terminal the lines stay clear of the progress that ``TrainingSteps`` shows.
public final class ConsoleSummarySink: SummarySink {
    private struct State {
        var step: Int?
        /// The tags in the order in which they first came, each with its text of the current step and the widest so far.
        var columns: [(tag: String, text: String?, width: Int)] = []
        var indices: [UTF8Key: Int] = [:]
        var stepWidth = 0
        var lastPeriod: Int?
    }

    private let stride: Int
    private let print: @Sendable (String) -> Void
    private let state = Mutex(State())

    /// Creates a sink that prints on standard output.
    ///
    /// - Parameter steps: The number of steps of which one is printed, at least 1: the first that comes.
    public convenience init(every steps: Int = 1) {
        self.init(every: steps) { Console.shared.printLine($0) }
    }

    /// Creates a sink that hands its lines to a function, such as that of a logging library.
    ///
    /// - Parameters:
    ///   - steps: The number of steps of which one is printed, at least 1: the first that comes.
    ///   - print: Takes a line without a line break, on any thread.
    public init(every steps: Int = 1, print: @escaping @Sendable (String) -> Void) {
        stride = max(1, steps)
        self.print = print
    }

    deinit { flush() }

    /// Takes the scalars of one step.
    public func add(_ event: SummaryEvent) {
        for value in event.values {
            switch value.payload {
            case .scalar(let number): take(value.tag, number.text(), step: event.step)
            case .roundedScalar(let number): take(value.tag, number.text(), step: event.step)
            default: break
            }
        }
    }

    /// Takes scalars whose step nobody named, one step above the last.
    public func addAtNextStep(_ values: [SummaryValue], wallTime: Double?) {
        let step = state.withLock { $0.step.map { $0 == .max ? $0 : $0 + 1 } ?? 0 }
        add(SummaryEvent(step: step, wallTime: wallTime, values: values))
    }

    /// Takes one scalar.
    public func scalar(_ tag: String, _ value: Float, step: Int) {
        take(tag, value.text(), step: step)
    }

    /// Prints what the current step has.
    public func flush() {
        state.withLock { state in
            printLine(&state)
        }
    }

    private func take(_ tag: String, _ text: String, step: Int) {
        state.withLock { state in
            if state.step != step {
                printLine(&state)
                state.step = step
            }
            let index =
                state.indices[UTF8Key(tag)]
                ?? {
                    state.columns.append((tag, nil, 0))
                    state.indices[UTF8Key(tag)] = state.columns.count - 1
                    return state.columns.count - 1
                }()
            state.columns[index].text = text
        }
    }

    private func printLine(_ state: inout State) {
        guard let step = state.step, state.columns.contains(where: { $0.text != nil }) else { return }
        defer { for index in state.columns.indices { state.columns[index].text = nil } }
        let period = step / stride - (step % stride < 0 ? 1 : 0)
        guard stride == 1 || state.lastPeriod != period else { return }
        state.lastPeriod = period
        state.stepWidth = max(state.stepWidth, String(step).count)
        var cells = ["step \(String(step).leftPadded(state.stepWidth))"]
        for index in state.columns.indices {
            let column = state.columns[index]
            if let text = column.text {
                let width = max(column.width, text.count)
                state.columns[index].width = width
                cells.append("\(column.tag) \(text.leftPadded(width))")
            } else if column.width > 0 {
                // Keeps the columns behind it in their places.
                cells.append(String(repeating: " ", count: column.tag.count + 1 + column.width))
            }
        }
        var line = cells.joined(separator: "  ")
        while line.last == " " { line.removeLast() }
        print(line)
    }
}
