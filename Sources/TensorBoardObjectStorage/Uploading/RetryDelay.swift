#if ObjectStorage
/// How long to wait before a store is asked again.
///
/// What may work later is tried again after a random part of a time that doubles ("full jitter"), so that many workers that
/// lost the store together do not come back together. What somebody has to see to first is tried again slowly.
struct RetryDelay {
    /// The time of the first wait at most, and of all waits at most.
    private let bounds: ClosedRange<Duration>
    private var failureCount = 0

    init(_ bounds: ClosedRange<Duration>) { self.bounds = bounds }

    /// The delay after one more failure.
    ///
    /// - Parameters:
    ///   - isTemporary: Whether the same may work later without anybody's help.
    ///   - generator: Where the random part comes from.
    /// - Returns: The delay.
    mutating func next(isTemporary: Bool, using generator: inout some RandomNumberGenerator) -> Duration {
        guard isTemporary else { return bounds.upperBound }
        // No store is away for 2 to the power of 30 delays.
        let limit = min(bounds.upperBound, bounds.lowerBound * (1 << min(failureCount, 30)))
        failureCount += 1
        return limit * Double.random(in: 0...1, using: &generator)
    }

    /// Begins with the shortest delay again, after something has worked.
    mutating func reset() { failureCount = 0 }
}
#endif
