public import EventCoding
import EventFiles
import Summaries

/// The events of a run as they are written, in a sequence that waits at the end for more.
///
/// ```swift
/// for try await event in try LoggedRun("logs/run1").follow() {
///     print(event.step, event.content)
/// }
/// ```
///
/// The sequence ends when its task is cancelled. It throws at the first fault, unless
/// ``LoggedRun/follow(options:interval:onFault:)`` was given a handler for faults.
public struct LiveEvents: AsyncSequence, Sendable {
    /// The type of error that the sequence throws.
    public typealias Failure = TensorBoardError
    /// The type of element.
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

    /// Returns an iterator that begins at the first event.
    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(reader: Reader(run, options, onFault), interval: interval)
    }

    /// An iterator over the events.
    public struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate let reader: Reader
        fileprivate let interval: Duration

        /// Waits for the next event.
        ///
        /// - Returns: The event, or `nil` once the task is cancelled.
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

    /// Owns the reader, which copies of an iterator share.
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
                    // A missing directory is the same fault each time.
                    guard error != lastFault else { return nil }
                    lastFault = error
                    onFault(error)
                }
            }
        }
    }
}

extension LoggedRun {
    /// Returns the events of the run, including those still to be written.
    ///
    /// - Parameters:
    ///   - options: How to read the files, and which events.
    ///   - interval: The time between two looks for more.
    ///   - onFault: Receives each fault, after which the sequence continues. Without a handler the sequence throws the
    ///     first fault and ends.
    /// - Returns: A sequence that ends when its task is cancelled.
    public func follow(
        options: ReadingOptions = ReadingOptions(),
        interval: Duration = .milliseconds(500),
        onFault: (@Sendable (TensorBoardError) -> Void)? = nil
    ) -> LiveEvents {
        LiveEvents(self, options: options, interval: interval, onFault: onFault)
    }
}
