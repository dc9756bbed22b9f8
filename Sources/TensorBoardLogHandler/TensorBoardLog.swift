#if Logging
public import Logging
import Platform
import Synchronization
public import TensorBoard

/// The log of a program in TensorBoard: scalars, and a table of the last lines in the Text tab.
///
/// A number in the metadata of a logging call is a scalar with the message as its scope: `logger.info("train", metadata:
/// ["loss": "0.3", "step": "7"])` logs the scalar `train/loss` at step 7. It may be any number type or a text such as `0.3`,
/// `1e-3` or `nan`; in a dictionary its key is one more part of the tag. Without a `step`, in the call's metadata or the logger's,
/// the step is one above the message's last.
///
/// Every other line is in the table: one without numbers, with other metadata or with an error, and each warning. The
/// last lines are written when there are new ones, at an interval, as another step of the text; so the interval and the
/// number of lines decide how fast the file grows, 200 lines are about 40 kB. The step is the number of lines so far.
///
/// A log that is released writes its last lines; one that `LoggingSystem.bootstrap` keeps for ever needs ``close()``.
public final class TensorBoardLog: Sendable {
    private let sink: any SummarySink
    private let lines: SharedLines
    private let series: Mutex<MessageSeries>
    private let writing: PeriodicWork
    private let isRedacted: @Sendable (String, Logger.MetadataValue) -> Bool

    /// Creates a log.
    ///
    /// - Parameters:
    ///   - sink: Receives scalars and lines, such as a `SummaryWriter`; kept until the log is released.
    ///   - tag: The tag of the table.
    ///   - maximumLines: How many lines are kept; the oldest make room. A line has at most about 4 kB.
    ///   - interval: The time between two writings of the table; `nil` for ``flush()`` and ``close()`` alone.
    ///   - maximumSeries: The most scalars, of different messages or keys; further numbers are in the table, as are those of
    ///     messages longer than 200 bytes.
    ///   - isRedacted: Whether a value of a key is to be shown as `<redacted>`, for example because of an attribute:
    ///     `{ $1.attributes[Sensitivity.self] == .sensitive }`. A value inside of a dictionary or an array is asked for by the
    ///     key that it has, and by itself.
    public init(
        _ sink: some SummarySink,
        tag: String = "log",
        maximumLines: Int = 200,
        interval: Duration? = .seconds(10),
        maximumSeries: Int = 1000,
        isRedacted: @escaping @Sendable (_ key: String, _ value: Logger.MetadataValue) -> Bool = { _, _ in false }
    ) {
        self.sink = sink
        self.isRedacted = isRedacted
        series = Mutex(MessageSeries(limit: maximumSeries))
        let lines = SharedLines(limit: max(1, maximumLines))
        self.lines = lines
        writing = PeriodicWork(every: sink.isEnabled ? interval : nil) {
            guard let (step, rows) = lines.takeRows() else { return }
            sink.add(SummaryEvent(step: step, values: [.text(tag, table: rows, header: LogLine.header)]))
        }
    }

    deinit { close() }

    /// Writes the new lines and has the sink save them.
    ///
    /// - Throws: What the sink's `flush()` throws.
    public func flush() throws {
        writing.run()
        try sink.flush()
    }

    /// Writes the last lines; call it before the writer is closed.
    ///
    /// Lines that come later are not written.
    public func close() { writing.finish() }

    /// Logs an event.
    ///
    /// - Parameters:
    ///   - event: The event, with the metadata of the call.
    ///   - label: The name of the logger.
    ///   - context: The metadata of the logger and of its provider.
    func receive(_ event: LogEvent, label: String, context: Logger.Metadata) {
        guard sink.isEnabled else { return }
        let metadata = LogMetadata(event.metadata ?? [:], context: context, isRedacted: isRedacted)
        // Outside of every lock: the sink may report a problem, and what takes it may log.
        let isCharted = chart(metadata, of: event.message.description)
        if isCharted, !metadata.hasMore, event.error == nil, event.level < .warning { return }
        lines.append(line(event, label: label, context: context))
    }

    /// Logs the numbers of a call as scalars.
    ///
    /// - Returns: Whether there were any and none is lost.
    private func chart(_ metadata: LogMetadata, of message: String) -> Bool {
        let (step, numbers) = series.withLock { series in
            series.admit(metadata.numbers, of: message, namedStep: metadata.step)
        }
        guard !numbers.isEmpty else { return false }
        let scope = message.isEmpty ? "" : "\(message)/"
        sink.add(SummaryEvent(step: step, values: numbers.map { .scalar(scope + $0.key, $0.value) }))
        return numbers.count == metadata.numbers.count
    }

    private func line(_ event: LogEvent, label: String, context: Logger.Metadata) -> LogLine {
        var shown = context.merging(event.metadata ?? [:]) { _, explicit in explicit }
        if let error = event.error {
            // The keys that swift-log's own handlers use.
            shown["error.message"] = "\(error)"
            shown["error.type"] = "\(String(reflecting: type(of: error)))"
        }
        let text = LogMetadata.text(of: shown, isRedacted: isRedacted)
        return LogLine(event, label: label, metadata: text, time: WallClock.now())
    }
}

/// The lines, for the log and for what writes them, which must not keep the log alive.
private final class SharedLines: Sendable {
    private let lines: Mutex<LogLines>

    init(limit: Int) { lines = Mutex(LogLines(limit: limit)) }

    func append(_ line: LogLine) { lines.withLock { $0.append(line) } }

    func takeRows() -> (step: Int, rows: [[String]])? { lines.withLock { $0.takeRows() } }
}
#endif
