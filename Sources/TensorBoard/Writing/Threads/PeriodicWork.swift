import Platform
import Synchronization

/// Work that is done at an interval, never twice at a time, and once more at the end.
///
/// It has a thread of its own, not one of Swift's cooperative pool: a training loop may keep all of those busy. The work
/// must not refer to the owner of this object, which calls ``finish()`` when it is released.
package final class PeriodicWork: Sendable {
    /// Whether this thread is at work: what the work calls may ask for more, and must not wait for itself.
    @TaskLocal private static var isWorking = false

    private let isFinished = Mutex(false)
    /// Whether the work itself asked for the end.
    private let endsAfterRun = Atomic(false)
    private let end = WakeUpSignal()
    private let body: @Sendable () -> Void

    /// Starts the thread.
    ///
    /// Where the system has no thread left, the work is done on demand alone.
    ///
    /// - Parameters:
    ///   - interval: The time between two runs; `nil`, or none above zero, for runs on demand alone.
    ///   - body: The work.
    package init(every interval: Duration?, _ body: @escaping @Sendable () -> Void) {
        self.body = body
        guard let interval, interval > .zero else { return }
        // Within what a clock can add.
        let pause = min(max(interval, .milliseconds(1)), .seconds(3_000_000_000))
        _ = BackgroundThread.start { [weak self, end] in
            while !end.wait(beyond: 0, timeout: pause) { self?.run() }
        }
    }

    deinit { end.signal() }

    /// Does the work now, after a run that is under way; does nothing when the work itself asks, or after the end.
    package func run() { run(isLast: false) }

    /// Does the work for the last time; later calls find nothing to do.
    ///
    /// If the work itself asks, the run that is under way is the last.
    package func finish() { run(isLast: true) }

    private func run(isLast: Bool) {
        guard !Self.isWorking else {
            if isLast { endsAfterRun.store(true, ordering: .relaxed) }
            return
        }
        isFinished.withLock { isFinished in
            guard !isFinished else { return }
            Self.$isWorking.withValue(true, operation: body)
            isFinished = isLast || endsAfterRun.load(ordering: .relaxed)
            if isFinished { end.signal() }
        }
    }
}
