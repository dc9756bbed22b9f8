package import GRPC
import Platform
import Synchronization
package import TensorBoardLogs

/// A data server for the stock TensorBoard: loads a log directory and answers TensorBoard's calls.
///
/// ```swift
/// let server = try DataServer(LogDirectory("logs"), location: "logs", host: "localhost", port: 0, LoadOptions())
/// server.start()
/// print(server.port)
/// ```
package final class DataServer: Sendable {
    private let loader: LogLoader
    private let server: GRPCServer
    private let interval: Duration?
    private let isStopped = Atomic(false)
    /// Signalled when there is a reason not to wait for the next look.
    private let wakeUp = WakeUpSignal()

    /// Binds the port; calls are answered from ``start()`` on.
    ///
    /// - Parameters:
    ///   - directory: The log directory, which need not be there yet.
    ///   - location: What TensorBoard shows as the place of the data.
    ///   - host: The address to listen on.
    ///   - port: The port; 0 for any that is free.
    ///   - options: How to load.
    /// - Throws: `BindError`.
    package init(
        _ directory: LogDirectory,
        location: String,
        host: String,
        port: Int,
        _ options: LoadOptions
    ) throws(BindError) {
        let contents = LogContents()
        loader = LogLoader(directory, options: options, into: contents)
        interval = options.interval
        let provider = DataProvider(location: location, contents: contents, report: options.report)
        server = try GRPCServer(host: host, port: port, service: provider)
    }

    /// The port that is listened on.
    package var port: Int { server.port }

    /// Answers calls and loads the log directory, each on threads of its own.
    ///
    /// - Parameter loaded: Called after each look at the log directory.
    package func start(loaded: @escaping @Sendable () -> Void = {}) {
        server.start()
        _ = BackgroundThread.start { [self] in
            while !isStopped.load(ordering: .sequentiallyConsistent) {
                let seen = wakeUp.current
                loader.reload()
                loaded()
                guard let interval else { return }
                wakeUp.wait(beyond: seen, timeout: interval)
            }
        }
    }

    /// Has the log directory looked at now rather than after the interval; no second look is begun during one.
    package func lookNow() { wakeUp.signal() }

    /// Ends the server; calls that are being answered are broken off.
    package func stop() {
        isStopped.store(true, ordering: .sequentiallyConsistent)
        wakeUp.signal()
        server.stop()
    }
}
