#if ObjectStorage
public import EventFiles
import Platform
import Synchronization
import SystemPackage

extension ObjectMirror {
    /// What happens while a mirror follows a store.
    public enum Event: Sendable {
        /// A look ended.
        case looked(Look)
        /// A look failed, and the one before did not; it is tried again, less and less often.
        case lost(TensorBoardError)
        /// A look worked again.
        case regained
    }

    /// Looks again and again until ``stop()``, on the thread that calls.
    ///
    /// A look begins an interval after the last one began, or as many intervals as that listed pages: with the interval of
    /// 5 seconds no more than 720 pages are listed in an hour, however many objects there are. While the store does not
    /// answer, the pause doubles up to a minute.
    ///
    /// - Parameters:
    ///   - interval: The time between two looks that list one page.
    ///   - progress: Is told how far a look is; called on threads of the mirror.
    ///   - onEvent: Is told what happens.
    public func follow(
        every interval: Duration,
        progress: @escaping @Sendable (Progress) -> Void = { _ in },
        onEvent: (Event) -> Void
    ) {
        var pace = MirrorPace(interval: interval)
        while !pause.isEnded {
            let began = ContinuousClock.now
            let hadFailed = pace.hasFailed
            let length: Duration
            do throws(TensorBoardError) {
                let look = try look(progress: progress)
                length = pace.pause(afterPages: look.pageCount)
                if hadFailed { onEvent(.regained) }
                onEvent(.looked(look))
            } catch {
                length = pace.pauseAfterFailure()
                if !hadFailed { onEvent(.lost(error)) }
            }
            pause.wait(until: began + length)
        }
    }

    /// Looks again and again until ``stop()``, on a thread of its own; see ``follow(every:progress:onEvent:)``.
    public func startFollowing(
        every interval: Duration,
        progress: @escaping @Sendable (Progress) -> Void = { _ in },
        onEvent: @escaping @Sendable (Event) -> Void = { _ in }
    ) {
        let status = BackgroundThread.start { self.follow(every: interval, progress: progress, onEvent: onEvent) }
        guard status != 0 else { return }
        let problem = "no thread can be started to follow \(location); raise the limit of threads"
        onEvent(.lost(TensorBoardError(.cannotRead, problem, errno: Errno(rawValue: status))))
    }

    /// Ends ``follow(every:progress:onEvent:)`` after the look that is going on.
    public func stop() { pause.end() }
}

/// The time between the begins of two looks.
struct MirrorPace {
    private static let longestRetry = Duration.seconds(60)

    let interval: Duration
    private var failureCount = 0

    init(interval: Duration) { self.interval = interval }

    /// Whether the last look failed.
    var hasFailed: Bool { failureCount > 0 }

    mutating func pause(afterPages pageCount: Int) -> Duration {
        failureCount = 0
        return interval * max(1, pageCount)
    }

    mutating func pauseAfterFailure() -> Duration {
        failureCount += 1
        let doubled = interval * (1 << min(failureCount - 1, 20))
        // Spread, so that many servers do not ask a store at once that has come back.
        return max(interval, min(doubled, Self.longestRetry)) * Double.random(in: 0.75...1.25)
    }
}

/// A wait that can be ended from another thread.
final class MirrorPause: Sendable {
    private let ended = Atomic(false)
    private let signal = WakeUpSignal()

    var isEnded: Bool { ended.load(ordering: .sequentiallyConsistent) }

    func end() {
        ended.store(true, ordering: .sequentiallyConsistent)
        signal.signal()
    }

    func wait(until time: ContinuousClock.Instant) {
        let seen = signal.current
        guard !isEnded else { return }
        signal.wait(beyond: seen, timeout: ContinuousClock.now.duration(to: time))
    }
}
#endif
