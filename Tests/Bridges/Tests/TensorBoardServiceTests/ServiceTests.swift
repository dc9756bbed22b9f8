import BridgeTestSupport
import CoreMetrics
import Foundation
import Logging
import ServiceLifecycle
import TensorBoard
import TensorBoardLogs
import TensorBoardMetrics
import TensorBoardService
import Testing

@Suite(.timeLimit(.minutes(2)))
struct ServiceTests {
    private let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    /// A writer of a run with hyperparameters, which the HParams dashboard shows an outcome of.
    private func writer(_ directory: URL) throws -> SummaryWriter {
        let writer = try SummaryWriter(logDirectory: directory.appendingPathComponent("run").path)
        writer.hyperparameters(["rate": 0.1])
        return writer
    }

    private func run(_ directory: URL) throws -> LoggedRun {
        try LoggedRun(directory.appendingPathComponent("run").path)
    }

    @Test func aGracefulShutdownClosesTheWriterLastAndAsASuccess() async throws {
        try await withTemporaryDirectory { directory in
            let writer = try writer(directory)
            let factory = TensorBoardMetricsFactory(writer, interval: nil)
            let counter = Counter(label: "late", factory: factory)
            let group = ServiceGroup(
                configuration: .init(
                    services: [
                        .init(service: TensorBoardService(writer) { factory.close() }),
                        // Ends by itself, which shuts the group down, and logs to the end.
                        .init(
                            service: ClosureService {
                                try await Task.sleep(for: .milliseconds(20))
                                counter.increment()
                                writer.scalar("loss", 0.5, step: 1)
                            },
                            successTerminationBehavior: .gracefullyShutdownGroup
                        ),
                    ],
                    logger: logger
                )
            )
            try await group.run()
            #expect(writer.statistics.droppedEvents == 0)
            let run = try run(directory).load()
            #expect(run.outcome == .success)
            #expect(run.scalars["late"]?.values == [1])
            #expect(run.scalars["loss"]?.values == [0.5])
        }
    }

    @Test func aServiceThatThrowsMakesTheRunAFailure() async throws {
        try await withTemporaryDirectory { directory in
            let writer = try writer(directory)
            let group = ServiceGroup(
                configuration: .init(
                    services: [
                        .init(service: TensorBoardService(writer)),
                        .init(
                            service: ClosureService {
                                writer.scalar("loss", Float.nan, step: 1)
                                throw TestFailure("diverged")
                            }
                        ),
                    ],
                    logger: logger
                )
            )
            await #expect(throws: (any Error).self) { try await group.run() }
            let run = try run(directory).load()
            #expect(run.outcome == .failure)
            try await StockTensorBoard.serving(directory, loader: .slow) { server in
                let statuses = try await server.hyperparameterStatuses()
                #expect(statuses == ["STATUS_FAILURE"])
            }
            #expect(run.scalars["loss"]?.count == 1)
        }
    }

    @Test func cancellationClosesTheWriterAsAFailure() async throws {
        try await withTemporaryDirectory { directory in
            let writer = try writer(directory)
            let task = Task { try await TensorBoardService(writer).run() }
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            #expect(try run(directory).load().outcome == .failure)
        }
    }
}

/// A service that is a closure.
private struct ClosureService: Service {
    let body: @Sendable () async throws -> Void

    init(_ body: @escaping @Sendable () async throws -> Void) { self.body = body }

    func run() async throws { try await body() }
}
