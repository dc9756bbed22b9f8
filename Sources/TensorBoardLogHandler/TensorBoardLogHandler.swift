#if Logging
public import Logging
import TensorBoard

/// A backend of swift-log that shows numbers in TensorBoard's charts and other lines in its Text tab.
///
/// ```swift
/// let log = TensorBoardLog(writer)
/// LoggingSystem.bootstrap({ label, provider in
///     MultiplexLogHandler([
///         StreamLogHandler.standardError(label: label),
///         TensorBoardLogHandler(label: label, log: log, metadataProvider: provider),
///     ])
/// }, metadataProvider: nil)
///
/// let logger = Logger(label: "trainer")
/// logger.info("train", metadata: ["loss": "\(loss)", "step": "\(step)"])    // the scalar train/loss
/// logger.notice("checkpoint saved", metadata: ["path": "\(path)"])          // a line of the Text tab
/// ```
///
/// Handlers of one ``TensorBoardLog`` share its lines. A handler is a value: a copy has metadata and a level of its own.
public struct TensorBoardLogHandler: LogHandler {
    /// The name of the logger, shown with its lines.
    public let label: String
    /// The least severe level that is logged.
    public var logLevel: Logger.Level
    /// Shown with each line of the logger; a key of the call's metadata, or of the provider's, takes precedence.
    public var metadata: Logger.Metadata
    /// Gives metadata of the moment, such as the identity of a request.
    public var metadataProvider: Logger.MetadataProvider?

    private let log: TensorBoardLog

    /// Creates a handler.
    ///
    /// - Parameters:
    ///   - label: The name of the logger.
    ///   - log: Where the lines go.
    ///   - logLevel: The least severe level that is logged.
    ///   - metadata: Shown with each line.
    ///   - metadataProvider: Gives metadata of the moment.
    public init(
        label: String,
        log: TensorBoardLog,
        logLevel: Logger.Level = .info,
        metadata: Logger.Metadata = [:],
        metadataProvider: Logger.MetadataProvider? = nil
    ) {
        self.label = label
        self.log = log
        self.logLevel = logLevel
        self.metadata = metadata
        self.metadataProvider = metadataProvider
    }

    /// A value of the handler's own metadata.
    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    /// Logs the numbers of the event's metadata as scalars, or the event as a line.
    ///
    /// - Parameter event: The event.
    public func log(event: LogEvent) {
        var context = metadata
        if let provided = metadataProvider?.get(), !provided.isEmpty {
            context.merge(provided) { _, provided in provided }
        }
        log.receive(event, label: label, context: context)
    }
}
#endif
