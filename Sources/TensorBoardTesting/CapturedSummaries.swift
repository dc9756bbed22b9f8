public import Summaries

/// Runs `body` with a sink in memory for what it logs, and returns that sink.
///
/// ```swift
/// let log = try withCapturedSummaries { log in
///     try train(logging: log)              // what is handed a sink
/// }                                        // and what calls Summary.scalar(…)
/// #expect(log.scalars("loss").values.isDecreasing)
/// ```
///
/// - Parameters:
///   - step: The step of the ambient calls; `nil` if `body` names it with `withSummaries(step:)`.
///   - body: Logs.
/// - Returns: What was logged.
/// - Throws: What `body` throws.
public func withCapturedSummaries(
    step: Int? = nil,
    _ body: (CapturedSummaries) throws -> Void
) rethrows -> CapturedSummaries {
    let log = CapturedSummaries()
    try withSummaries(to: log, step: step) { try body(log) }
    return log
}

/// Runs `body` with a sink in memory for what it logs, and returns that sink; see
/// `withCapturedSummaries(step:_:)`.
public nonisolated(nonsending) func withCapturedSummaries(
    step: Int? = nil,
    _ body: nonisolated(nonsending) (CapturedSummaries) async throws -> Void
) async rethrows -> CapturedSummaries {
    let log = CapturedSummaries()
    try await withSummaries(to: log, step: step) { try await body(log) }
    return log
}

/// A sink that keeps what it is given, with expectations for Swift Testing.
///
/// ```swift
/// @Test func trainingConverges() {
///     let log = CapturedSummaries()
///     train(logging: log)
///     #expect(log.scalars("loss").values.isDecreasing)
///     log.expectScalar("loss", at: 99, closeTo: 0.02, within: 0.01)
///     log.expectTags(["loss", "accuracy"])
///     log.expectNoInvalidValues()
/// }
/// ```
public final class CapturedSummaries: SummarySink {
    private let memory = InMemorySummarySink()

    /// Creates an empty sink.
    public init() {}

    /// Everything received so far, in the order of the calls.
    public var events: [SummaryEvent] { memory.entries }

    /// The tags of the values received so far, each once, sorted; the graph, the hyperparameters and the layout of the run
    /// have none.
    public var tags: [String] {
        Set(events.flatMap(\.values).filter(\.hasTag).map(\.tag)).sorted()
    }

    /// The scalars of one tag, in the order of the calls.
    public func scalars(_ tag: String) -> CapturedSeries<Float> { CapturedSeries(tag, memory.scalars(tag)) }

    /// The histograms of one tag, in the order of the calls.
    public func histograms(_ tag: String) -> CapturedSeries<Histogram> { CapturedSeries(tag, memory.histograms(tag)) }

    /// The tensors of one tag (images, texts, curves, …), in the order of the calls.
    public func tensors(_ tag: String) -> CapturedSeries<TensorValue> { CapturedSeries(tag, memory.tensors(tag)) }

    /// The texts of one tag, in Markdown, in the order of the calls.
    public func texts(_ tag: String) -> CapturedSeries<String> {
        let texts = memory.tensors(tag).compactMap { step, tensor -> (step: Int, value: String)? in
            guard case .string(let elements) = tensor.elements, let text = elements.first else { return nil }
            return (step, String(decoding: text, as: UTF8.self))
        }
        return CapturedSeries(tag, texts)
    }

    /// The hyperparameters received last; empty if there were none.
    public var hyperparameters: [String: HyperparameterValue] { memory.hyperparameters }

    /// The graphs received so far.
    public var graphs: [GraphDefinition] { memory.graphs }

    /// The reasons why values could not be made, each with the tag before it.
    public var problems: [String] {
        events.flatMap(\.values).compactMap { value in
            if case .invalid(let reason) = value.payload { "\(value.tag): \(reason)" } else { nil }
        }
    }

    /// Keeps an event.
    public func add(_ event: SummaryEvent) { memory.add(event) }

    /// Keeps values whose step nobody named, one step above the highest.
    public func addAtNextStep(_ values: [SummaryValue], wallTime: Double?) {
        memory.addAtNextStep(values, wallTime: wallTime)
    }

    /// Does nothing: everything is in memory already.
    public func flush() {}
}

extension SummaryValue {
    fileprivate var hasTag: Bool {
        switch payload {
        case .graph, .hyperparameters, .layout, .chart, .description, .invalid: false
        case .scalar, .roundedScalar, .histogram, .tensor, .runMetadata, .embedding: true
        }
    }
}
