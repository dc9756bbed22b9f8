import CommandLineSupport
import TensorBoardLogs

/// The steps of a run as they arrive, each of which many writers spread over several events.
final class RunTail {
    /// How the lines of a run come about.
    struct Options {
        /// The selected tags.
        var filter: EventFilter
        /// Whether a line has the kinds of what is not a scalar.
        var includesOtherKinds: Bool
        /// How long to wait for more values of a step.
        var settlingTime: Duration
    }

    /// The name of the run.
    let name: String
    private let run: LoggedRun
    private let options: Options
    private var reader: RunReader
    private var current: TailStep?
    /// Whether values were added to the current step since it was shown.
    private var isPending = false
    private var lastAddition = ContinuousClock.now
    private var lastError: TensorBoardError?
    /// Whether a writer of this library is at work, as far as was seen.
    private(set) var hasWriter = false
    /// Whether something could not be read.
    var hasFaults: Bool { lastError != nil }

    /// - Parameters:
    ///   - run: The run, read from its beginning.
    ///   - options: How the lines come about.
    init(_ run: LoggedRun, options: Options) {
        name = run.title
        self.run = run
        self.options = options
        var reading = ReadingOptions()
        reading.filter = options.filter
        reader = RunReader(run, options: reading)
    }

    /// The last steps of those logged so far.
    ///
    /// - Parameters:
    ///   - count: How many steps.
    ///   - follows: Whether more is read later; then the last step waits for more values while a writer is at work.
    /// - Returns: The steps, the earliest first.
    func last(_ count: Int, follows: Bool) -> [TailStep] {
        var steps: [TailStep] = []
        readNew { step in
            steps.append(step)
            // Not at each step, which would take time in proportion to the steps kept.
            if steps.count - count > max(count, 1000) { steps.removeFirst(steps.count - count) }
        }
        hasWriter = follows && run.hasWriter
        if !hasWriter { showPending { steps.append($0) } }
        return steps.suffix(count)
    }

    /// Calls `body` with each step that is complete since the last call, as far as can be known.
    ///
    /// A step is complete when another one begins, when its writer has ended, or when nothing was added for a while. One
    /// to which something is added after that comes again, with all of its values.
    ///
    /// - Returns: Whether the writer has ended since the last call.
    func forEachNew(_ body: (TailStep) -> Void) -> Bool {
        let hadWriter = hasWriter
        hasWriter = run.hasWriter
        // After the look at the writer, which may have logged before it ended.
        readNew(body)
        let hasEnded = hadWriter && !hasWriter
        if hasEnded || .now - lastAddition >= options.settlingTime { showPending(body) }
        return hasEnded
    }

    private func showPending(_ body: (TailStep) -> Void) {
        if isPending, let step = current, !step.isEmpty { body(step) }
        isPending = false
    }

    /// Calls `body` with each step that another follows.
    ///
    /// A fault is printed on standard error, and reading continues after it.
    private func readNew(_ body: (TailStep) -> Void) {
        while true {
            do throws(TensorBoardError) {
                guard let event = try reader.next() else { return }
                guard case .summary(let values) = event.content, !values.isEmpty else { continue }
                if current?.step != event.step {
                    showPending(body)
                    current = TailStep(run: name, step: event.step, wallTime: event.wallTime)
                }
                for value in values { add(value) }
            } catch {
                // A missing directory is the same fault each time.
                guard error != lastError else { return }
                Terminal.standardError.writeError(error.description.printable)
                lastError = error
            }
        }
    }

    private func add(_ value: LoggedValue) {
        guard current?.add(value, includesOtherKinds: options.includesOtherKinds) == true else { return }
        isPending = true
        lastAddition = .now
    }
}

/// The values of one step of a run, as printed.
struct TailStep {
    let run: String
    let step: Int
    let wallTime: Double
    /// In the order of the file; both values of a tag that occurs twice.
    private var scalars: [(tag: String, value: Double)] = []
    private var others: [(tag: String, value: String)]?

    init(run: String, step: Int, wallTime: Double) {
        self.run = run
        self.step = step
        self.wallTime = wallTime
    }

    /// Whether there is nothing to print.
    var isEmpty: Bool { scalars.isEmpty && others == nil }

    /// Adds a scalar, or the kind of another value; returns whether it is printed.
    mutating func add(_ value: LoggedValue, includesOtherKinds: Bool) -> Bool {
        if case .scalar(let scalar) = value.content {
            scalars.append((value.tag, scalar))
        } else {
            guard includesOtherKinds else { return false }
            others = (others ?? []) + [(value.tag, value.kind.description)]
        }
        return true
    }

    /// `run1  100  cost 0.6931  layer1/weights1 (histogram)`.
    func line(namesRun: Bool) -> String {
        let head = (namesRun ? [run] : []) + ["\(step)"]
        let values = scalars.map { "\($0.tag) \($0.value.text(significantDigits: 6))" }
        let rest = (others ?? []).map { "\($0.tag) (\($0.value))" }
        return (head + values + rest).map(\.printable).joined(separator: "  ")
    }

    /// An object in one line, with the last value of a tag that occurs twice.
    var json: JSONText {
        .object([
            .init(name: "run", value: .string(run)),
            .init(name: "step", value: .integer(step)),
            .init(name: "wall_time", value: .number(wallTime)),
            .init(name: "scalars", value: Self.object(scalars) { .scalar($0) }),
            .init(name: "others", value: Self.object(others ?? []) { .string($0) }),
        ])
    }

    private static func object<Value>(_ pairs: [(tag: String, value: Value)], _ json: (Value) -> JSONText) -> JSONText {
        var last: NameDictionary<Int> = [:]
        for (index, pair) in pairs.enumerated() { last[pair.tag] = index }
        let members = pairs.indices.filter { last[pairs[$0].tag] == $0 }
        return .object(members.map { JSONText.Member(name: pairs[$0].tag, value: json(pairs[$0].value)) })
    }
}
