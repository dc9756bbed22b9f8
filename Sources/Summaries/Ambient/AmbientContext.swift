// Embedded Swift has no task-local values.
#if !hasFeature(Embedded)
/// The sink, the step and the scope of a task, for calls through ``Summary``.
///
/// A class: a task-local value is copied out at each access, which is one reference here.
final class AmbientContext: Sendable {
    @TaskLocal static var current: AmbientContext?

    /// `nil` outside of every `withSummaries(to:)`.
    let sink: (any SummarySink)?
    let step: Int?
    let scope: NameScope
    /// Whether values are kept; see `recordIf`.
    let isRecording: Bool

    /// Where values go; `nil` if they are discarded.
    var target: (any SummarySink)? {
        guard isRecording, let sink, sink.isEnabled else { return nil }
        return sink
    }

    private init(
        sink: (any SummarySink)?,
        step: Int?,
        scope: NameScope,
        isRecording: Bool
    ) {
        self.sink = sink
        self.step = step
        self.scope = scope
        self.isRecording = isRecording
    }

    /// The context of the task with another sink, and with the step that goes with it.
    convenience init(sink: any SummarySink, step: Int?) {
        let outer = Self.current
        self.init(
            sink: sink,
            step: step,
            scope: outer?.scope ?? NameScope(),
            isRecording: outer?.isRecording ?? true
        )
    }

    /// The context of the task with another step, a scope inside its scope, or under a further condition.
    convenience init(step: Int? = nil, scope: String? = nil, isRecording: Bool = true) {
        let outer = Self.current
        let outerScope = outer?.scope ?? NameScope()
        self.init(
            sink: outer?.sink,
            step: step ?? outer?.step,
            scope: scope.map { outerScope.scope($0) } ?? outerScope,
            isRecording: isRecording && outer?.isRecording ?? true
        )
    }
}

/// What tells one sink from another: a view of a sink and the sink itself are one, and so are all that are no objects.
struct SinkIdentity: Sendable {
    /// Not kept alive, since a writer saves what it has when it is released.
    private weak let object: (any SummarySink & AnyObject)?
    let key: ObjectIdentifier?

    init(_ sink: any SummarySink) {
        let base = sink.root
        // The first check is for macOS, where everything can be made an object.
        let object = type(of: base) is AnyClass ? base as? any SummarySink & AnyObject : nil
        self.object = object
        key = object.map { ObjectIdentifier($0) }
    }

    /// Whether the object is gone, so that another may have its key.
    var isStale: Bool { key != nil && object == nil }
}
#endif
