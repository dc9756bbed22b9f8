/// Which values of a scalar are the good ones.
public enum SeriesGoal: String, Sendable, CaseIterable {
    /// Low ones, as of a loss.
    case lowest
    /// High ones, as of an accuracy.
    case highest

    /// Whether a value is better than another; no value is better or worse than NaN.
    func prefers(_ value: Double, to other: Double) -> Bool {
        switch self {
        case .lowest: value < other
        case .highest: value > other
        }
    }
}
