import CommandLineSupport
import TensorBoard

/// The values of one step of a run, as they are shown.
struct TailStep {
    let run: String
    let step: Int
    let wallTime: Double
    /// In the order of the file; of a tag that comes twice, both.
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

    /// An object in one line; of a tag that comes twice, the last counts.
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
        var names: Set<String> = []
        let last = pairs.reversed().filter { names.insert($0.tag).inserted }
        return .object(last.reversed().map { JSONText.Member(name: $0.tag, value: json($0.value)) })
    }
}
