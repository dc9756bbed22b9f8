import CommandLineSupport
import TensorBoardLogs

/// The steps of a run as they arrive, each of which many writers spread over several events.
final class RunTail {
    /// The name of the run.
    let name: String
    private var reader: RunReader
    private var pending: TailStep?
    private var lastError: TensorBoardError?
    /// Whether something could not be read.
    var hasFaults: Bool { lastError != nil }

    /// - Parameters:
    ///   - run: The run, read from its beginning.
    ///   - filter: The selected tags.
    init(_ run: LoggedRun, filter: EventFilter) {
        name = run.name
        var options = ReadingOptions()
        options.filter = filter
        reader = RunReader(run, options: options)
    }

    /// The last steps of those logged so far.
    func last(_ count: Int) -> [TailStep] {
        var steps: [TailStep] = []
        forEachNew { step in
            steps.append(step)
            // Not at each step, which would take time in proportion to the steps kept.
            if steps.count - count > max(count, 1000) { steps.removeFirst(steps.count - count) }
        }
        return steps.suffix(count)
    }

    /// Calls `body` with each step since the last call.
    ///
    /// A fault is printed on standard error, and reading continues after it.
    func forEachNew(_ body: (TailStep) -> Void) {
        while true {
            do throws(TensorBoardError) {
                guard let event = try reader.next() else { break }
                guard case .summary(let values) = event.content, !values.isEmpty else { continue }
                if let step = pending, step.step != event.step {
                    body(step)
                    pending = nil
                }
                if pending == nil { pending = TailStep(run: name, step: event.step, wallTime: event.wallTime) }
                for value in values { pending?.add(value) }
            } catch {
                // A missing directory is the same fault each time.
                guard error != lastError else { break }
                Terminal.standardError.writeError(error.description.printable)
                lastError = error
            }
        }
        // More values of the step may follow later, on a line of their own, so that this line need not wait.
        if let step = pending { body(step) }
        pending = nil
    }
}

/// The values of one step of a run, as printed.
struct TailStep {
    let run: String
    let step: Int
    let wallTime: Double
    /// In the order of the file; both values of a tag that occurs twice.
    private var scalars: [(tag: String, value: Double)] = []
    private var others: [(tag: String, value: String)] = []

    init(run: String, step: Int, wallTime: Double) {
        self.run = run
        self.step = step
        self.wallTime = wallTime
    }

    mutating func add(_ value: LoggedValue) {
        if case .scalar(let scalar) = value.content {
            scalars.append((value.tag, scalar))
        } else {
            others.append((value.tag, value.kind.description))
        }
    }

    /// `run1  100  cost 0.6931  layer1/weights1 (histogram)`.
    func line(namesRun: Bool) -> String {
        let head = (namesRun ? [run] : []) + ["\(step)"]
        let values = scalars.map { "\($0.tag) \($0.value.text(significantDigits: 6))" }
        let rest = others.map { "\($0.tag) (\($0.value))" }
        return (head + values + rest).map(\.printable).joined(separator: "  ")
    }

    /// An object in one line, with the last value of a tag that occurs twice.
    var json: JSONText {
        [
            "run": .string(run),
            "step": .integer(step),
            "wall_time": .number(wallTime),
            "scalars": Self.object(scalars) { .scalar($0) },
            "others": Self.object(others) { .string($0) },
        ]
    }

    private static func object<Value>(_ pairs: [(tag: String, value: Value)], _ json: (Value) -> JSONText) -> JSONText {
        var last: NameDictionary<Int> = [:]
        for (index, pair) in pairs.enumerated() { last[pair.tag] = index }
        let members = pairs.indices.filter { last[pairs[$0].tag] == $0 }
        return .object(members.map { JSONText.Member(name: pairs[$0].tag, value: json(pairs[$0].value)) })
    }
}
