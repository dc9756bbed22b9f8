// Embedded Swift has no task-local values.
#if !hasFeature(Embedded)
/// Runs `body` with a sink, and perhaps a step, for the calls through ``Summary`` in it and in the child tasks that it
/// starts.
///
/// ```swift
/// for step in 0..<1000 {
///     withSummaries(to: writer, step: step) {
///         let loss = train(batch)                  // may log as well
///         Summary.scalar("loss", loss)
///     }
/// }
/// ```
///
/// Blocks nest: the inner one counts. A detached task does not inherit the sink.
///
/// - Parameters:
///   - sink: Receives the values.
///   - step: The position on the horizontal axis; `nil` if inner blocks name it.
///   - body: Logs.
/// - Returns: What `body` returns.
/// - Throws: What `body` throws.
public func withSummaries<Result>(
    to sink: some SummarySink,
    step: Int? = nil,
    _ body: () throws -> Result
) rethrows -> Result {
    try AmbientContext.$current.withValue(AmbientContext(sink: sink, step: step), operation: body)
}

/// Runs `body` with a sink, and perhaps a step, for the calls through ``Summary`` in it and in the child tasks that it
/// starts; see `withSummaries(to:step:_:)`.
public nonisolated(nonsending) func withSummaries<Result>(
    to sink: some SummarySink,
    step: Int? = nil,
    _ body: nonisolated(nonsending) () async throws -> Result
) async rethrows -> Result {
    try await AmbientContext.$current.withValue(AmbientContext(sink: sink, step: step), operation: body)
}

/// Runs `body` at another step, with the sink of the task.
///
/// - Parameters:
///   - step: The position on the horizontal axis.
///   - body: Logs.
/// - Returns: What `body` returns.
/// - Throws: What `body` throws.
public func withSummaries<Result>(step: Int, _ body: () throws -> Result) rethrows -> Result {
    guard AmbientContext.current != nil else { return try body() }
    return try AmbientContext.$current.withValue(AmbientContext(step: step), operation: body)
}

/// Runs `body` at another step, with the sink of the task.
public nonisolated(nonsending) func withSummaries<Result>(
    step: Int,
    _ body: nonisolated(nonsending) () async throws -> Result
) async rethrows -> Result {
    guard AmbientContext.current != nil else { return try await body() }
    return try await AmbientContext.$current.withValue(AmbientContext(step: step), operation: body)
}

/// Runs `body` inside a scope: calls through ``Summary`` in it put the scope's name and a slash before their tags.
///
/// - Parameters:
///   - name: The name of the scope, without slashes at its ends; scopes nest.
///   - body: Logs.
/// - Returns: What `body` returns.
/// - Throws: What `body` throws.
public func withNameScope<Result>(_ name: String, _ body: () throws -> Result) rethrows -> Result {
    try AmbientContext.$current.withValue(AmbientContext(scope: name), operation: body)
}

/// Runs `body` inside a scope: calls through ``Summary`` in it put the scope's name and a slash before their tags.
public nonisolated(nonsending) func withNameScope<Result>(
    _ name: String,
    _ body: nonisolated(nonsending) () async throws -> Result
) async rethrows -> Result {
    try await AmbientContext.$current.withValue(AmbientContext(scope: name), operation: body)
}

/// Runs `body`, and keeps what it logs through ``Summary`` only if a condition holds, as `tf.summary.record_if` does.
///
/// - Parameters:
///   - condition: Whether values are kept; where an outer block discards them, they are discarded here too.
///   - body: Runs in any case.
/// - Returns: What `body` returns.
/// - Throws: What `body` throws.
public func recordIf<Result>(_ condition: Bool, _ body: () throws -> Result) rethrows -> Result {
    guard !condition else { return try body() }
    return try AmbientContext.$current.withValue(AmbientContext(isRecording: false), operation: body)
}

/// Runs `body`, and keeps what it logs through ``Summary`` only if a condition holds, as `tf.summary.record_if` does.
public nonisolated(nonsending) func recordIf<Result>(
    _ condition: Bool,
    _ body: nonisolated(nonsending) () async throws -> Result
) async rethrows -> Result {
    guard !condition else { return try await body() }
    return try await AmbientContext.$current.withValue(AmbientContext(isRecording: false), operation: body)
}
#endif
