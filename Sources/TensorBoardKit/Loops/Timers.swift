public import Summaries

extension SummaryTarget {
    /// Runs `body`, and logs the seconds that it took as a scalar under `time/` and the name.
    ///
    /// ```swift
    /// let batch = writer.measure("data", step: step) { loader.next() }     // time/data
    /// let loss = Summary.measure("train") { train(batch) }                 // at the step of the task
    /// ```
    ///
    /// Nothing is logged if `body` throws: the time of a part would look like that of the whole.
    ///
    /// - Parameters:
    ///   - name: What is measured, the rest of the tag.
    ///   - step: The position on the horizontal axis.
    ///   - body: What takes time.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws.
    public func measure<each Step, Result, Failure: Error>(
        _ name: some StringProtocol,
        step: repeat each Step,
        body: () throws(Failure) -> Result
    ) throws(Failure) -> Result where Position == StepArguments<repeat each Step> {
        let start = ContinuousClock.now
        let result = try body()
        log(start.duration(to: .now), of: String(name), at: Position(repeat each step))
        return result
    }

    /// Runs `body`, and logs the seconds that it took as a scalar under `time/` and the name; see
    /// `measure(_:step:body:)`.
    public nonisolated(nonsending) func measure<each Step, Result>(
        _ name: some StringProtocol,
        step: repeat each Step,
        body: nonisolated(nonsending) () async throws -> Result
    ) async rethrows -> Result where Position == StepArguments<repeat each Step> {
        let start = ContinuousClock.now
        let result = try await body()
        log(start.duration(to: .now), of: String(name), at: Position(repeat each step))
        return result
    }

    private func log(_ duration: Duration, of name: String, at position: Position) {
        logScalar("time/\(name)", Float(duration.inSeconds), at: position, wallTime: nil)
    }
}
