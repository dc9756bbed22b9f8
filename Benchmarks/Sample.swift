/// The times of several repetitions of the same work.
struct Sample {
    /// Seconds, ascending.
    private let seconds: [Double]

    /// Runs the work a few times: once to warm up, then as often as asked.
    ///
    /// - Parameters:
    ///   - repetitions: How many runs count.
    ///   - body: The work. It says how many seconds it took, so that what surrounds the work does not count.
    init(repetitions: Int = 7, _ body: () throws -> Double) rethrows {
        _ = try body()
        seconds = try (0..<repetitions).map { _ in try body() }.sorted()
    }

    /// Times work that needs nothing around it.
    ///
    /// - Parameters:
    ///   - repetitions: How many runs count.
    ///   - calls: How many calls make a run, enough for the clock.
    ///   - body: The work.
    /// - Returns: The times of the runs.
    static func timing(repetitions: Int = 15, calls: Int, _ body: () -> Void) -> Sample {
        Sample(repetitions: repetitions) { elapsedSeconds { for _ in 0..<calls { body() } } }
    }

    var median: Double { seconds[seconds.count / 2] }
    var shortest: Double { seconds.first ?? 0 }
    var longest: Double { seconds.last ?? 0 }
}

/// How long work takes.
func elapsedSeconds(_ body: () throws -> Void) rethrows -> Double {
    try ContinuousClock().measure(body) / .seconds(1)
}
