import Synchronization
import TensorBoardKit

/// A call of a logging program, in any of the ways that a sink offers.
enum SinkCall: Equatable {
    case scalar(String, Float, step: Int)
    case series(String, Double, step: Int)
    case event(SummaryEvent)
    case next([SummaryValue], wallTime: Double?)

    /// Whether the call has no values.
    var isEmpty: Bool {
        switch self {
        case .scalar, .series: false
        case .event(let event): event.values.isEmpty
        case .next(let values, _): values.isEmpty
        }
    }

    func perform(on sink: some SummarySink) {
        switch self {
        case .scalar(let tag, let value, let step): sink.scalar(tag, value, step: step)
        case .series(let tag, let value, let step): sink.scalarSeries(tag).record(value, step: step)
        case .event(let event): sink.add(event)
        case .next(let values, let wallTime): sink.addAtNextStep(values, wallTime: wallTime)
        }
    }
}

/// A sink that keeps how it was called.
final class RecordingSink: SummarySink {
    private let state = Mutex<[String]>([])
    let isEnabled: Bool
    let problem: (any Error)?

    init(isEnabled: Bool = true, problem: (any Error)? = nil) {
        self.isEnabled = isEnabled
        self.problem = problem
    }

    var calls: [String] { state.withLock { $0 } }

    private func keep(_ call: String) { state.withLock { $0.append(call) } }

    func add(_ event: SummaryEvent) {
        keep("add \(event.step) \(event.values.map(\.tag))")
    }
    func addAtNextStep(_ values: [SummaryValue], wallTime: Double?) {
        keep("next \(values.map(\.tag))")
    }
    func scalar(_ tag: String, _ value: Float, step: Int) { keep("scalar \(tag) \(value) \(step)") }
    func scalarSeries(_ tag: String) -> ScalarSeries {
        ScalarSeries(tag, of: self) { [self] value, step in keep("series \(tag) \(value) \(step)") }
    }
    func flush() throws {
        keep("flush")
        if let problem { throw problem }
    }
}

struct RandomCalls {
    static let tags = ["loss", "loss/train", "loss/é", "loss/e\u{301}", "weights/1", "a"]
    private var generator: SeededGenerator

    init(seed: UInt64) { generator = SeededGenerator(state: seed) }

    private mutating func tag() -> String { Self.tags.randomElement(using: &generator) ?? "" }
    private mutating func step() -> Int { Int.random(in: -30...60, using: &generator) }

    private mutating func value() -> SummaryValue {
        switch Int.random(in: 0..<10, using: &generator) {
        case 0: .graph(GraphDefinition(nodes: []))
        case 1: .hyperparameters(["a": 1])
        case 2: .description(tag(), "text")
        case 3: .histogram(tag(), Histogram([1, 2 as Float]))
        case 4: .text(tag(), "text")
        case 5: .invalid(tag(), "reason")
        case 6: .scalar(tag(), 1e300)
        default: .scalar(tag(), Float.random(in: 0..<1, using: &generator))
        }
    }

    private mutating func values() -> [SummaryValue] {
        (0..<Int.random(in: 0...4, using: &generator)).map { _ in value() }
    }

    mutating func next() -> SinkCall {
        let time = Bool.random(using: &generator) ? 12.5 : nil
        switch Int.random(in: 0..<5, using: &generator) {
        case 0: return .scalar(tag(), Float.random(in: -1..<1, using: &generator), step: step())
        case 1: return .series(tag(), Double.random(in: -1..<1, using: &generator), step: step())
        case 2: return .series(tag(), 1e300, step: step())
        case 3: return .next(values(), wallTime: time)
        default: return .event(SummaryEvent(step: step(), wallTime: time, values: values()))
        }
    }
}

/// A small generator of random numbers that gives the same each time (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
