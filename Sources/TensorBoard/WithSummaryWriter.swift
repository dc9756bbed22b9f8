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
    try SummaryWriter(logDirectory: logDirectory, options: options).closing(after: body)
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
    try await SummaryWriter(logDirectory: logDirectory, options: options).closing(after: body)
}

/// Runs `body` with the writer of one worker of a job and closes it afterwards, also when `body` throws: as a failure then.
///
/// ```swift
/// try withSummaryWriter(logDirectory: "logs/a", workers: .rankZero) { writer in
///     writer.scalar("cost", 0.69, step: 0)        // rank 0 alone logs
/// }
/// ```
///
/// - Parameters:
///   - logDirectory: The directory of the run.
///   - workers: Which workers log; the writer of another is disabled.
///   - workerDirectory: The directory above those of the ranks, for other choices than ``WorkerChoice/rankZero``.
///   - worker: Which worker this is; by default what ``WorkerIdentity/current`` says.
///   - options: How to treat the directory, the buffer and problems.
///   - body: Logs.
/// - Returns: What `body` returns.
/// - Throws: What `body` throws; if it does not, what opening or closing the writer throws.
public func withSummaryWriter<Result>(
    logDirectory: some PathConvertible,
    workers: WorkerChoice,
    workerDirectory: (any PathConvertible)? = nil,
    worker: WorkerIdentity? = nil,
    options: SummaryWriter.Options = SummaryWriter.Options(),
    _ body: (SummaryWriter) throws -> Result
) throws -> Result {
    try SummaryWriter(
        logDirectory: logDirectory,
        workers: workers,
        workerDirectory: workerDirectory,
        worker: worker,
        options: options
    ).closing(after: body)
}

/// Runs `body` with the writer of one worker of a job and closes it afterwards, also when `body` throws or is cancelled: as a
/// failure then.
///
/// ```swift
/// try await withSummaryWriter(logDirectory: "logs/a", workers: .rankZero) { writer in
///     for await loss in losses { writer.scalar("loss", loss.value, step: loss.step) }
/// }
/// ```
///
/// - Parameters:
///   - logDirectory: The directory of the run.
///   - workers: Which workers log; the writer of another is disabled.
///   - workerDirectory: The directory above those of the ranks, for other choices than ``WorkerChoice/rankZero``.
///   - worker: Which worker this is; by default what ``WorkerIdentity/current`` says.
///   - options: How to treat the directory, the buffer and problems.
///   - body: Logs.
/// - Returns: What `body` returns.
/// - Throws: What `body` throws; if it does not, what opening or closing the writer throws.
public nonisolated(nonsending) func withSummaryWriter<Result>(
    logDirectory: some PathConvertible,
    workers: WorkerChoice,
    workerDirectory: (any PathConvertible)? = nil,
    worker: WorkerIdentity? = nil,
    options: SummaryWriter.Options = SummaryWriter.Options(),
    _ body: nonisolated(nonsending) (SummaryWriter) async throws -> Result
) async throws -> Result {
    try await SummaryWriter(
        logDirectory: logDirectory,
        workers: workers,
        workerDirectory: workerDirectory,
        worker: worker,
        options: options
    ).closing(after: body)
}

extension SummaryWriter {
    /// Runs `body` and closes the writer: as a failure if `body` throws.
    fileprivate func closing<Result>(after body: (SummaryWriter) throws -> Result) throws -> Result {
        let result: Result
        do {
            result = try body(self)
        } catch {
            try? close(outcome: .failure)
            throw error
        }
        try close()
        return result
    }

    /// Runs `body` and closes the writer: as a failure if `body` throws.
    fileprivate nonisolated(nonsending) func closing<Result>(
        after body: nonisolated(nonsending) (SummaryWriter) async throws -> Result
    ) async throws -> Result {
        let result: Result
        do {
            result = try await body(self)
        } catch {
            try? close(outcome: .failure)
            throw error
        }
        try close()
        return result
    }
}
