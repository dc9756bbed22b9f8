public import TFRecord

/// Runs `body` with a new writer and closes it afterwards, also when `body` throws: as a failure then.
///
/// ```swift
/// try withSummaryWriter(logDirectory: "logs/a") { writer in
///     writer.scalar("cost", 0.69, step: 0)
/// }
/// ```
///
/// - Parameters:
///   - logDirectory: The directory of the run.
///   - options: How to treat the directory, the buffer and problems.
///   - body: Logs.
/// - Returns: What `body` returns.
/// - Throws: What `body` throws; if it does not, what opening or closing the writer throws.
public func withSummaryWriter<Result>(
    logDirectory: some PathConvertible,
    options: SummaryWriter.Options = SummaryWriter.Options(),
    _ body: (SummaryWriter) throws -> Result
) throws -> Result {
    let writer = try SummaryWriter(logDirectory: logDirectory, options: options)
    let result: Result
    do {
        result = try body(writer)
    } catch {
        try? writer.close(outcome: .failure)
        throw error
    }
    try writer.close()
    return result
}

/// Runs `body` with a new writer and closes it afterwards, also when `body` throws or is cancelled: as a failure
/// then.
///
/// ```swift
/// try await withSummaryWriter(logDirectory: "logs/a") { writer in
///     for await loss in losses { writer.scalar("loss", loss.value, step: loss.step) }
/// }
/// ```
///
/// - Parameters:
///   - logDirectory: The directory of the run.
///   - options: How to treat the directory, the buffer and problems.
///   - body: Logs.
/// - Returns: What `body` returns.
/// - Throws: What `body` throws; if it does not, what opening or closing the writer throws.
public nonisolated(nonsending) func withSummaryWriter<Result>(
    logDirectory: some PathConvertible,
    options: SummaryWriter.Options = SummaryWriter.Options(),
    _ body: nonisolated(nonsending) (SummaryWriter) async throws -> Result
) async throws -> Result {
    let writer = try SummaryWriter(logDirectory: logDirectory, options: options)
    let result: Result
    do {
        result = try await body(writer)
    } catch {
        try? writer.close(outcome: .failure)
        throw error
    }
    try writer.close()
    return result
}
