/// What a run computed.
///
/// ```swift
/// let result = try session.run(cost, hypothesis, feeding: [x: inputs, y: labels])
/// result.scalar(cost)        // 0.69…
/// result[hypothesis]         // a TensorValue of shape [4, 1]
/// result.summaries           // for SummaryWriter.add(_:step:)
/// ```
public struct RunResult: Sendable {
    /// The summaries, in the order in which the graph got them.
    public let summaries: [SummaryValue]

    /// What each node took; `nil` unless the run was asked for ``RunOptions/TraceLevel/full``.
    ///
    /// ``Callable/runMetadata`` says what is counted.
    public let runMetadata: RunMetadata?

    /// The first node that had a NaN; `nil` if none had, or if ``RunOptions/nanCheck`` is off.
    public let firstNaN: String?

    private let values: [Tensor: TensorValue]

    init(_ callable: Callable) {
        summaries = callable.summaries
        runMetadata = callable.runMetadata
        firstNaN = callable.firstNaN
        values = callable.values
    }

    /// The value of a fetched tensor; `nil` if it was not fetched or has no value.
    public subscript(tensor: Tensor) -> TensorValue? { values[tensor] }

    /// The value of a fetched tensor of type `Float` with one element; `nil` if it was not fetched or has another form.
    public func scalar(_ tensor: Tensor) -> Float? {
        guard let floats = values[tensor]?.floats, floats.count == 1 else { return nil }
        return floats[0]
    }
}
