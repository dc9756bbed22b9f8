public import Summaries

/// Events as they are written: a sequence that waits for more at the end instead of ending.
///
/// ```swift
/// for try await event in try LoggedRun("logs/run1").follow() {
///     print(event.step, event.content)
/// }
/// ```
///
/// It ends when its task is cancelled. At the first fault it throws, unless ``LoggedRun/follow(options:interval:onFault:)``
/// was told what to do with faults.
public struct LiveEvents: AsyncSequence, Sendable {
    /// What the sequence throws.
    public typealias Failure = TensorBoardError
    /// What the sequence is made of.
    public typealias Element = LoggedEvent

    private let run: LoggedRun
    private let options: ReadingOptions
    private let interval: Duration
    private let onFault: (@Sendable (TensorBoardError) -> Void)?

    init(
        _ run: LoggedRun,
        options: ReadingOptions,
        interval: Duration,
        onFault: (@Sendable (TensorBoardError) -> Void)?
    ) {
        self.run = run
        self.options = options
        self.interval = interval
        self.onFault = onFault
    }

    /// Begins at the first event.
    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(reader: Reader(run, options, onFault), interval: interval)
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
        private let onFault: (@Sendable (TensorBoardError) -> Void)?
        private var lastFault: TensorBoardError?

        init(_ run: LoggedRun, _ options: ReadingOptions, _ onFault: (@Sendable (TensorBoardError) -> Void)?) {
            reader = RunReader(run, options: options)
            self.onFault = onFault
        }

        func next() throws(TensorBoardError) -> LoggedEvent? {
            while true {
                do throws(TensorBoardError) {
                    let event = try reader.next()
                    lastFault = nil
                    return event
                } catch {
                    guard let onFault else { throw error }
                    // A directory that is gone is so each time.
                    guard error != lastFault else { return nil }
                    lastFault = error
                    onFault(error)
                }
            }
        }
    }
}

extension LoggedRun {
    /// The events of the run, those to come included.
    ///
    /// - Parameters:
    ///   - options: How to read, and what.
    ///   - interval: How long to wait before looking again for more.
    ///   - onFault: Takes what cannot be read, behind which the sequence goes on. Without it the sequence throws the first
    ///     fault and is over.
    /// - Returns: A sequence that ends when its task is cancelled.
    public func follow(
        options: ReadingOptions = ReadingOptions(),
        interval: Duration = .milliseconds(500),
        onFault: (@Sendable (TensorBoardError) -> Void)? = nil
    ) -> LiveEvents {
        LiveEvents(self, options: options, interval: interval, onFault: onFault)
    }
}
