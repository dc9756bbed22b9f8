/// How a run is done, besides what it computes.
///
/// ```swift
/// let result = try session.run(train, feeding: [x: inputs, y: labels], options: .init(traceLevel: .full))
/// if let metadata = result.runMetadata { writer.runMetadata("step100", metadata, step: 100) }
/// ```
public struct RunOptions: Sendable, Hashable {
    /// How much of a run is measured.
    public enum TraceLevel: String, Sendable, CaseIterable {
        /// Nothing, at no cost (TensorFlow's `NO_TRACE`).
        case off
        /// The time and the memory of every node (TensorFlow's `FULL_TRACE`).
        case full
    }

    /// What a run does about NaN, which spreads to all that is computed from it.
    public enum NaNCheck: String, Sendable, CaseIterable {
        /// It does not look, at no cost.
        case off
        /// It looks at every value and goes on; ``RunResult/firstNaN`` names the first node that has one.
        case report
        /// As `report`, and the session's `onIssue` is told, once for each node and compiled run: by default with a line on
        /// standard error.
        case log
        /// It ends before any variable is changed. `run` throws ``TrainingError/Code/notANumber``; a ``Callable``, which
        /// cannot throw, says so in ``Callable/firstNaN``.
        case stop
    }

    /// How much of the run is measured; nothing by default.
    public var traceLevel: TraceLevel

    /// What the run does about NaN; nothing by default.
    public var nanCheck: NaNCheck

    /// Creates options.
    ///
    /// - Parameters:
    ///   - traceLevel: How much of the run is measured.
    ///   - nanCheck: What the run does about NaN.
    public init(traceLevel: TraceLevel = .off, nanCheck: NaNCheck = .off) {
        self.traceLevel = traceLevel
        self.nanCheck = nanCheck
    }
}
