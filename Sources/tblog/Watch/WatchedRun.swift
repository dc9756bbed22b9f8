import CommandLineSupport
import TensorBoardLogs

/// What the dashboard knows of a run.
struct WatchedRun {
    /// Whether a writer is still at work, as far as can be known.
    enum Status: String {
        /// A writer of this library is at work.
        case live
        /// The writer has ended.
        case ended
        /// Something was logged a moment ago, by a writer that leaves no trace.
        case maybeLive = "live?"
        /// Nothing was logged for a while.
        case maybeEnded = "ended?"
    }

    /// The name of the run.
    let name: String
    /// The scalars by tag.
    private(set) var series: NameDictionary<WatchedSeries> = [:]
    /// The time of the last event, in seconds since 1970-01-01 UTC.
    private(set) var lastWallTime: Double?
    /// The highest of the steps since the last restart.
    private(set) var lastStep: Int?
    /// Whether a writer of this library is at work.
    var hasWriter = false { didSet { hadWriter = hadWriter || hasWriter } }
    private var hadWriter = false
    private var hasEnded = false
    /// When the last steps began.
    private var recent: [(wallTime: Double, step: Int)] = []

    private static let recentLimit = 64
    private static let recentSeconds = 60.0

    init(_ name: String) {
        self.name = name
    }

    /// Observes an event.
    ///
    /// - Returns: Whether it has a scalar of a new tag.
    mutating func observe(_ event: LoggedEvent) -> Bool {
        guard case .summary(let values) = event.content else { return false }
        lastWallTime = max(lastWallTime ?? event.wallTime, event.wallTime)
        var hasNewTag = false
        for value in values {
            switch value.content {
            case .scalar(let scalar):
                hasNewTag = hasNewTag || series[value.tag] == nil
                observe(value.tag, scalar, step: event.step, wallTime: event.wallTime)
            case .hyperparameters(.sessionStart): hasEnded = false
            case .hyperparameters(.sessionEnd): hasEnded = true
            default: break
            }
        }
        return hasNewTag
    }

    /// Observes a scalar.
    mutating func observe(_ tag: String, _ value: Double, step: Int, wallTime: Double) {
        series[tag, default: WatchedSeries()].append(.init(step: step, wallTime: wallTime, value: value))
        lastStep = step
        if let last = recent.last {
            // A resumed run goes on from an earlier step.
            if step < last.step || wallTime < last.wallTime { recent = [] }
            if step == last.step { return }
        }
        recent.append((wallTime, step))
        if recent.count > Self.recentLimit { recent.removeFirst() }
    }

    /// How many steps the run made in a second lately; `nil` if that is not known.
    var stepsPerSecond: Double? {
        guard let last = recent.last,
            let first = recent.first(where: { last.wallTime - $0.wallTime <= Self.recentSeconds }),
            last.wallTime > first.wallTime
        else { return nil }
        return Double(last.step - first.step) / (last.wallTime - first.wallTime)
    }

    /// Whether a writer is still at work.
    ///
    /// - Parameter now: Seconds since 1970-01-01 UTC.
    /// - Returns: What can be known.
    func status(now: Double) -> Status {
        if hasWriter { return .live }
        if hadWriter || hasEnded { return .ended }
        return now - (lastWallTime ?? -.infinity) < Self.recentSeconds ? .maybeLive : .maybeEnded
    }
}

/// Reads what is new in a run.
final class RunFollower {
    private let run: LoggedRun
    private var reader: RunReader
    private var lastFault: TensorBoardError?

    init(_ run: LoggedRun, _ filter: EventFilter) {
        self.run = run
        var options = ReadingOptions()
        options.filter = filter
        reader = RunReader(run, options: options)
    }

    /// Reads on until the end of the run as it is now, or until a time.
    ///
    /// - Parameters:
    ///   - watched: Observes the events.
    ///   - end: When to stop.
    ///   - onFault: Receives each fault, after which reading continues.
    /// - Returns: Whether there is a scalar of a new tag, and whether there is more to read.
    func readNew(
        into watched: inout WatchedRun,
        until end: ContinuousClock.Instant,
        onFault: (String) -> Void
    ) -> (hasNewTag: Bool, hasMore: Bool) {
        var hasNewTag = false
        // Before the look at the events: the writer may log until it ends.
        let hasWriter = run.hasWriter
        if hasWriter { watched.hasWriter = true }
        repeat {
            do throws(TensorBoardError) {
                guard let event = try reader.next() else {
                    watched.hasWriter = hasWriter
                    return (hasNewTag, false)
                }
                if watched.observe(event) { hasNewTag = true }
            } catch {
                // A missing directory is the same fault each time.
                guard error != lastFault else { return (hasNewTag, false) }
                lastFault = error
                onFault(error.description)
            }
        } while ContinuousClock.now < end
        return (hasNewTag, true)
    }

    /// How much of the run was read, in bytes, and how much there is.
    var progress: (read: Int, all: Int) { (reader.readByteCount, reader.run.byteCount) }
}
