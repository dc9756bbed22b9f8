/// Asks again and again until there is an answer.
///
/// - Parameters:
///   - expectation: What is waited for, for the error.
///   - question: Returns nil as long as there is no answer.
/// - Returns: The answer.
/// - Throws: What `question` throws, or a failure after five minutes: the slow loader needs one of them for a long run.
func poll<Answer>(
    _ expectation: @autoclosure () -> String,
    _ question: () async throws -> Answer?
) async throws -> Answer {
    let deadline = ContinuousClock.now + .seconds(300)
    var pause = Duration.milliseconds(50)
    while true {
        if let answer = try await question() { return answer }
        guard ContinuousClock.now < deadline else {
            throw ConformanceFailure("Waited too long for \(expectation())")
        }
        try await Task.sleep(for: pause)
        // A server that is asked again and again has no time to load.
        pause = min(pause * 1.5, .seconds(1))
    }
}
