import Synchronization

/// A clock that goes on by a second whenever it is looked at.
final class TestClock: Sendable {
    private let seconds = Atomic<Int>(0)

    func tick() -> Double {
        Double(seconds.wrappingAdd(1, ordering: .relaxed).newValue)
    }
}
