// Embedded Swift has no task-local values.
#if !hasFeature(Embedded)
/// Logs to the sink of the task, at its step and in its scope; see `withSummaries(to:step:_:)`.
///
/// It has every logging call that a sink has, without the argument `step:`.
///
/// ```swift
/// func attention(_ x: Tensor) -> Tensor {
///     …
///     Summary.histogram("weights", weights)   // tag "layer1/weights" inside of withNameScope("layer1")
///     return result
/// }
///
/// withSummaries(to: writer, step: 3) {
///     withNameScope("layer1") { _ = attention(x) }
/// }
/// ```
///
/// Outside of every `withSummaries(to:)` a call does nothing, and costs some nanoseconds.
public let Summary = AmbientSummaries()

/// The logging calls of ``Summary``.
public struct AmbientSummaries: SummaryTarget, Sendable {
    /// An ambient logging call names no step.
    public typealias Position = StepArguments<>

    init() {}

    /// Whether there is a sink that keeps values.
    public var isEnabled: Bool { AmbientContext.current?.target != nil }

    /// The step of the task; `nil` if it has none.
    public var step: Int? { AmbientContext.current?.step }

    /// The sink of the task inside its scope, for calls that name the step; one that discards all if there is none.
    public var sink: any SummarySink {
        guard let context = AmbientContext.current, let sink = context.target else { return NullSummarySink() }
        return context.scope.path.isEmpty ? sink : SummaryScope(sink, context.scope)
    }

    /// Logs values, their tags inside the scope of the task.
    ///
    /// Where the task has no step, the sink chooses one and reports it; see ``SummarySink/addAtNextStep(_:wallTime:)``.
    public func log(_ values: [SummaryValue], at position: StepArguments<>?, wallTime: Double?) {
        guard let context = AmbientContext.current, let sink = context.target else { return }
        let values = context.scope.path.isEmpty ? values : values.map { $0.inside(context.scope) }
        // What belongs to the whole run has no step to miss.
        if let step = context.step ?? (position == nil ? 0 : nil) {
            sink.add(SummaryEvent(step: step, wallTime: wallTime, values: values))
        } else {
            sink.addAtNextStep(values, wallTime: wallTime)
        }
    }

    /// Logs one scalar.
    public func logScalar(_ tag: String, _ value: Float, at position: StepArguments<>, wallTime: Double?) {
        guard let context = AmbientContext.current, let sink = context.target else { return }
        guard let step = context.step, wallTime == nil else {
            return log([.scalar(tag, value)], at: position, wallTime: wallTime)
        }
        sink.scalar(context.scope.qualify(tag), value, step: step)
    }
}
#endif
