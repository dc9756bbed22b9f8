import Synchronization

/// A clock that gives the times it was made with; the last one for ever.
package final class ScriptedClock: Sendable {
    private let times: Mutex<[Double]>

    package init(_ times: [Double]) { self.times = Mutex(times) }

    package var next: @Sendable () -> Double {
        { self.times.withLock { $0.count > 1 ? $0.removeFirst() : $0[0] } }
    }
}
