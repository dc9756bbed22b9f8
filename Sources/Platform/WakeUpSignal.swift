/// A signal that threads can wait for without missing it.
///
/// A waiter reads ``current``, looks whether what it needs is there, and if not waits for a signal after the one that it
/// read. A signal between the look and the wait is not missed. The standard library's `Mutex` has no such companion.
// SAFETY: `count` and the condition are only used while `mutex` is held; both pointers stay for the object's life.
package final class WakeUpSignal: @unchecked Sendable {
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var count: UInt64 = 0

    package init() {
        pthread_mutex_init(mutex, nil)
        #if canImport(Darwin)
        pthread_cond_init(condition, nil)
        #else
        var attributes = pthread_condattr_t()
        pthread_condattr_init(&attributes)
        // A wait must not depend on a wall clock that can be set.
        pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        pthread_cond_init(condition, &attributes)
        pthread_condattr_destroy(&attributes)
        #endif
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(mutex)
        condition.deallocate()
        mutex.deallocate()
    }

    /// The number of signals so far.
    package var current: UInt64 {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return count
    }

    /// Wakes every thread that waits.
    package func signal() {
        pthread_mutex_lock(mutex)
        count += 1
        pthread_cond_broadcast(condition)
        pthread_mutex_unlock(mutex)
    }

    /// Waits until there were more than `seen` signals.
    ///
    /// - Parameters:
    ///   - seen: The number of signals that the caller knows of.
    ///   - timeout: The longest time to wait; `nil` for no limit.
    /// - Returns: Whether there were more; `false` when the time ran out.
    @discardableResult
    package func wait(beyond seen: UInt64, timeout: Duration? = nil) -> Bool {
        let deadline = timeout.map { ContinuousClock.now + $0 }
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while count <= seen {
            guard let deadline else {
                pthread_cond_wait(condition, mutex)
                continue
            }
            let remaining = deadline - ContinuousClock.now
            guard remaining > .zero else { return false }
            waitOnce(remaining)
        }
        return true
    }

    private func waitOnce(_ duration: Duration) {
        // Longer waits are done piece by piece, so that no sum overflows.
        let (seconds, attoseconds) = min(duration, .seconds(3600)).components
        var time = timespec()
        #if canImport(Darwin)
        time.tv_sec = Int(seconds)
        time.tv_nsec = Int(attoseconds / 1_000_000_000)
        pthread_cond_timedwait_relative_np(condition, mutex, &time)
        #else
        clock_gettime(CLOCK_MONOTONIC, &time)
        let nanoseconds = time.tv_nsec + Int(attoseconds / 1_000_000_000)
        time.tv_sec += Int(seconds) + nanoseconds / 1_000_000_000
        time.tv_nsec = nanoseconds % 1_000_000_000
        pthread_cond_timedwait(condition, mutex, &time)
        #endif
    }
}
