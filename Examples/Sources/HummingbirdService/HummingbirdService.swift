#if Hummingbird
import Foundation
import Hummingbird
import Logging
import Metrics
import ServiceLifecycle
import TensorBoard
import TensorBoardLogHandler
import TensorBoardMetrics
import TensorBoardService

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// A Hummingbird server whose metrics and log are in TensorBoard: the only middleware is Hummingbird's own.
///
/// It asks itself for some pages and shuts down. A server that stays would leave out `Visitor`, and end on a signal.
@main
struct HummingbirdService {
    static func main() async throws {
        let writer = try SummaryWriter(
            logDirectory: "logs/examples/hummingbird",
            options: .init(existingRun: .overwrite)
        )
        writer.hyperparameters(["threads": System.coreCount])
        let metrics = TensorBoardMetricsFactory(writer, interval: .milliseconds(200))
        let log = TensorBoardLog(writer)
        MetricsSystem.bootstrap(metrics)
        LoggingSystem.bootstrap { label in
            MultiplexLogHandler([
                StreamLogHandler.standardError(label: label), TensorBoardLogHandler(label: label, log: log),
            ])
        }

        let router = Router()
        router.middlewares.add(MetricsMiddleware())
        router.middlewares.add(LogRequestsMiddleware(.info))
        router.get("hello/:name") { _, context in
            // Takes longer for some, for the histogram to have something to show.
            try await Task.sleep(for: .milliseconds(Int.random(in: 1...20)))
            return "Hello \(try context.parameters.require("name"))!"
        }
        router.get("teapot") { _, _ -> String in throw HTTPError(.init(code: 418)) }

        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        let logger = Logger(label: "server")
        let server = Application(
            router: router,
            configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { channel in
                if let number = channel.localAddress?.port { port.yield(number) }
                port.finish()
            },
            logger: logger
        )
        let group = ServiceGroup(
            configuration: .init(
                services: [
                    // First, so that it is shut down last.
                    .init(
                        service: TensorBoardService(writer) {
                            metrics.close()
                            log.close()
                        }
                    ),
                    .init(service: server),
                    .init(
                        service: Visitor(ports: ports),
                        successTerminationBehavior: .gracefullyShutdownGroup
                    ),
                ],
                gracefulShutdownSignals: [.sigterm, .sigint],
                logger: logger
            )
        )
        try await group.run()
        print("The server's metrics are in \(writer.logDirectory)")
    }
}

/// Asks the server for pages, then ends.
struct Visitor: Service {
    let ports: AsyncStream<Int>

    func run() async throws {
        guard let port = await ports.first(where: { _ in true }) else { return }
        for round in 0..<60 {
            let path = round % 10 == 9 ? "teapot" : "hello/\(round)"
            guard let url = URL(string: "http://127.0.0.1:\(port)/\(path)") else { continue }
            _ = try await URLSession.shared.data(from: url)
        }
    }
}

private enum System {
    static var coreCount: Int { ProcessInfo.processInfo.activeProcessorCount }
}
#else
@main
enum HummingbirdService {
    static func main() {
        print("Build it with Hummingbird: swift run --package-path Examples --traits Hummingbird HummingbirdService")
    }
}
#endif
