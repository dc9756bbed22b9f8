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

    /// How much of the run is measured; nothing by default.
    public var traceLevel: TraceLevel

    /// Creates options.
    ///
    /// - Parameter traceLevel: How much of the run is measured.
    public init(traceLevel: TraceLevel = .off) {
        self.traceLevel = traceLevel
    }
}
