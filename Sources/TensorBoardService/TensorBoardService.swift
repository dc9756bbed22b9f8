#if ServiceLifecycle
public import ServiceLifecycle
public import TensorBoard

/// A service that closes a writer when its group shuts down.
///
/// Name it before the services that log: a group shuts services down in the opposite order, so the writer is closed last.
///
/// ```swift
/// let group = ServiceGroup(
///     services: [TensorBoardService(writer, beforeClosing: { factory.close() }), server],
///     gracefulShutdownSignals: [.sigterm, .sigint],
///     logger: logger
/// )
/// try await group.run()
/// ```
///
/// After a graceful shutdown the run is a success; when the task is cancelled, as a group does when another service
/// throws, it is a failure. A group that is told to shut down gracefully then (`failureTerminationBehavior`) says nothing of
/// the failure, so the run is a success.
public struct TensorBoardService: Service, CustomStringConvertible {
    private let writer: SummaryWriter
    private let beforeClosing: @Sendable () async -> Void

    /// Creates a service.
    ///
    /// - Parameters:
    ///   - writer: The writer; it need not be used through the service.
    ///   - beforeClosing: Writes what others hold back, such as the last sample of metrics.
    public init(_ writer: SummaryWriter, beforeClosing: @escaping @Sendable () async -> Void = {}) {
        self.writer = writer
        self.beforeClosing = beforeClosing
    }

    /// What a group's log calls the service.
    public var description: String { "TensorBoardService(\(writer.logDirectory))" }

    /// Waits for a graceful shutdown or for cancellation, and closes the writer.
    ///
    /// - Throws: `CancellationError` if the task is cancelled; else what closing the writer throws.
    public func run() async throws {
        do {
            try await gracefulShutdown()
        } catch {
            await beforeClosing()
            try? writer.close(outcome: .failure)
            throw error
        }
        await beforeClosing()
        try writer.close(outcome: .success)
    }
}
#endif
