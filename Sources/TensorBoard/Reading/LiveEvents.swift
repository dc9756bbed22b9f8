public import Summaries

/// Events as they are written: a sequence that waits for more at the end instead of ending.
///
/// ```swift
/// for try await event in try LoggedRun("logs/run1").follow() {
///     print(event.step, event.content)
/// }
/// ```
///
/// It ends when its task is cancelled, and throws at the first fault.
public struct LiveEvents: AsyncSequence, Sendable {
    /// What the sequence throws.
    public typealias Failure = TensorBoardError
    /// What the sequence is made of.
    public typealias Element = LoggedEvent

    private let run: LoggedRun
    private let options: ReadingOptions
    private let interval: Duration

    init(_ run: LoggedRun, options: ReadingOptions, interval: Duration) {
        self.run = run
        self.options = options
        self.interval = interval
    }

    /// Begins at the first event.
    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(reader: Reader(run, options), interval: interval)
    }

    /// Gives the events out.
    public struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate let reader: Reader
        fileprivate let interval: Duration

        /// Waits for an event.
        ///
        /// - Returns: The event; `nil` once the task is cancelled.
        /// - Throws: What ``RunReader/next()`` throws.
        public mutating func next() async throws(TensorBoardError) -> LoggedEvent? {
            while !Task.isCancelled {
                if let event = try reader.next() { return event }
                do {
                    try await Task.sleep(for: interval)
                } catch {
                    return nil
                }
            }
            return nil
        }
    }

    /// Keeps the reader in one place, since an iterator may be copied.
    fileprivate final class Reader {
        private var reader: RunReader

        init(_ run: LoggedRun, _ options: ReadingOptions) {
            reader = RunReader(run, options: options)
        }

        func next() throws(TensorBoardError) -> LoggedEvent? { try reader.next() }
    }
}

extension LoggedRun {
    /// The events of the run, those to come included.
    ///
    /// - Parameters:
    ///   - options: How to read, and what.
    ///   - interval: How long to wait before looking again for more.
    /// - Returns: A sequence that ends when its task is cancelled.
    public func follow(
        options: ReadingOptions = ReadingOptions(),
        interval: Duration = .milliseconds(500)
    ) -> LiveEvents {
        LiveEvents(self, options: options, interval: interval)
    }
}
