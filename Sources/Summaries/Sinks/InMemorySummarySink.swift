// Embedded Swift has no mutexes on every platform.
#if !hasFeature(Embedded)
import Synchronization

/// A sink that keeps what it is given, for tests of code that logs.
///
/// ```swift
/// let sink = InMemorySummarySink()
/// train(logging: sink)
/// sink.scalars("cost").map(\.value)   // [0.69, 0.42, …]
/// ```
public final class InMemorySummarySink: SummarySink {
    /// The values of one tag with their steps, in the order of the calls.
    public typealias Series<Value> = [(step: Int, value: Value)]

    private let state = Mutex<[SummaryEvent]>([])

    /// Creates an empty sink.
    public init() {}

    /// Everything received so far, in the order of the calls.
    public var entries: [SummaryEvent] { state.withLock { $0 } }

    /// The scalars of one tag, in the order of the calls.
    public func scalars(_ tag: String) -> Series<Float> {
        values(tag) { payload in
            switch payload {
            case .scalar(let value): value
            case .roundedScalar(let value): Float(value)
            default: nil
            }
        }
    }

    /// The histograms of one tag, in the order of the calls.
    public func histograms(_ tag: String) -> Series<Histogram> {
        values(tag) { if case .histogram(let value) = $0 { value } else { nil } }
    }

    /// The tensors of one tag (images, texts, curves, …), in the order of the calls.
    public func tensors(_ tag: String) -> Series<TensorValue> {
        values(tag) { if case .tensor(let value) = $0 { value } else { nil } }
    }

    /// The embeddings of one tag, in the order of the calls.
    public func embeddings(_ tag: String) -> Series<Embedding> {
        values(tag) { if case .embedding(let value) = $0 { value } else { nil } }
    }

    /// What the nodes of the graph took in the runs under one tag, in the order of the calls.
    public func runMetadata(_ tag: String) -> Series<RunMetadata> {
        values(tag) { if case .runMetadata(let value) = $0 { value } else { nil } }
    }

    /// The graphs received so far.
    public var graphs: [GraphDefinition] {
        payloads { if case .graph(let graph) = $0.payload { graph } else { nil } }
    }

    /// The hyperparameters received last; empty if there were none.
    public var hyperparameters: [String: HyperparameterValue] {
        payloads { if case .hyperparameters(let values, _) = $0.payload { values } else { nil } }.last ?? [:]
    }

    /// The layouts of the Custom Scalars dashboard received so far.
    public var layouts: [ScalarLayout] {
        payloads { if case .layout(let layout) = $0.payload { layout } else { nil } }
    }

    /// The description of a tag that was received last; `nil` if there was none.
    public func description(of tag: String) -> String? {
        payloads { value in
            if case .description(_, let text) = value.payload, value.tag.hasSameBytes(as: tag) { text } else { nil }
        }.last
    }

    private func payloads<Value>(_ extract: (SummaryValue) -> Value?) -> [Value] {
        entries.flatMap { $0.values.compactMap(extract) }
    }

    private func values<Value>(_ tag: String, _ extract: (SummaryValue.Payload) -> Value?) -> Series<Value> {
        entries.flatMap { event in
            event.values.filter { $0.tag.hasSameBytes(as: tag) }.compactMap { value in
                extract(value.payload).map { (event.step, $0) }
            }
        }
    }

    /// Keeps an event.
    public func add(_ event: SummaryEvent) {
        state.withLock { $0.append(event) }
    }

    /// Keeps values whose step nobody named, one step above the highest.
    public func addAtNextStep(_ values: [SummaryValue], wallTime: Double?) {
        state.withLock { events in
            let highest = events.map(\.step).max() ?? -1
            let step = highest == .max ? .max : highest + 1
            events.append(SummaryEvent(step: step, wallTime: wallTime, values: values))
        }
    }

    /// Does nothing: everything is in memory already.
    public func flush() {}
}
#endif
