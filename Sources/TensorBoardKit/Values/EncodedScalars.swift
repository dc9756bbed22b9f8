public import Summaries

extension SummaryValue {
    /// Creates a scalar for each number and truth value of something that can be encoded.
    ///
    /// ```swift
    /// struct Metrics: Encodable { var loss = ["train": 0.4, "test": 0.5]; var converged = false }
    /// writer.scalars(encoding: Metrics(), step: 3)     // loss/train, loss/test, converged
    /// ```
    ///
    /// The keys of nested values are joined by slashes, a truth value becomes 1 or 0, and what is `nil` is left out. A text or
    /// a list is no scalar: a sink that writes reports its tag once.
    ///
    /// - Parameter metrics: Something with keys: a struct, a class or a dictionary.
    /// - Returns: The scalars in the order in which they are encoded, those of a dictionary sorted.
    public static func scalars(encoding metrics: some Encodable) -> [SummaryValue] {
        do {
            return try EncodedValue.pairs(of: metrics, separator: "/", roundsIntegers: true).map { tag, value in
                switch value {
                case .number(let number): .scalar(tag, number)
                case .bool(let truth): .scalar(tag, truth ? 1 : 0)
                case .string: .invalid(tag, "its value is no number; leave it out, or log it with text(encoding:)")
                }
            }
        } catch {
            return [.invalid("metrics", "the metrics could not be encoded: \(error.encodingReason)")]
        }
    }
}

extension SummaryTarget {
    /// Logs a scalar for each number and truth value; see `SummaryValue.scalars(encoding:)`.
    public func scalars<each Step>(
        encoding metrics: some Encodable,
        step: repeat each Step,
        wallTime: Double? = nil
    ) where Position == StepArguments<repeat each Step> {
        guard isEnabled else { return }
        log(SummaryValue.scalars(encoding: metrics), at: Position(repeat each step), wallTime: wallTime)
    }
}
