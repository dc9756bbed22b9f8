#if ObjectStorage
import Testing

@testable import TensorBoardObjectStorage

/// When files are completed, and when a store that failed is asked again.
struct UploadScheduleTests {
    @Test func aFileIsWrittenForATwentiethOfTheSessionsAgeWithinBounds() {
        let pace = UploadPace()
        let ages = [0, 100, 200, 400, 3000, 6000, 1_000_000].map { pace.fileAge(after: .seconds($0)) }
        #expect(ages == [10, 10, 10, 20, 150, 300, 300].map { .seconds($0) })
    }

    /// OBJECTSTORE.md's estimate of a worker's day, from the schedule itself.
    @Test func aDayTakesSomeHundredObjects() {
        var (age, count) = (Duration.zero, 0)
        while age < .seconds(86_400) {
            age += UploadPace().fileAge(after: age)
            count += 1
        }
        #expect((340...380).contains(count))
    }

    @Test func theDelayIsARandomPartOfATimeThatDoubles() {
        var generator = SystemRandomNumberGenerator()
        var longest = [Duration](repeating: .zero, count: 10)
        var shortest = [Duration](repeating: .seconds(1000), count: 10)
        for _ in 0..<1000 {
            var delay = RetryDelay(.seconds(1)...Duration.seconds(60))
            for attempt in 0..<10 {
                let next = delay.next(isTemporary: true, using: &generator)
                longest[attempt] = max(longest[attempt], next)
                shortest[attempt] = min(shortest[attempt], next)
            }
        }
        for (attempt, limit) in [1, 2, 4, 8, 16, 32, 60, 60, 60, 60].enumerated() {
            #expect(longest[attempt] <= .seconds(limit))
            // A thousand draws leave neither end of the range empty.
            #expect(longest[attempt] > .seconds(limit) * 0.9)
            #expect(shortest[attempt] < .seconds(limit) * 0.1)
        }
    }

    @Test func whatTimeDoesNotMendIsTriedSlowly() {
        var generator = SystemRandomNumberGenerator()
        var delay = RetryDelay(.seconds(1)...Duration.seconds(60))
        #expect(delay.next(isTemporary: false, using: &generator) == .seconds(60))
        #expect(delay.next(isTemporary: true, using: &generator) <= .seconds(1))
    }
}
#endif
