/// A chart of the Custom Scalars dashboard.
///
/// ```swift
/// let charts: [ScalarChart] = [.multiline(MultilineChart("loss", ["loss/train", "loss/validation"]))]
/// ```
public enum ScalarChart: Sendable, Hashable {
    /// Several series as lines.
    case multiline(MultilineChart)
    /// Series with a band around each.
    case margin(MarginChart)

    /// The title.
    public var title: String {
        switch self {
        case .multiline(let chart): chart.title
        case .margin(let chart): chart.title
        }
    }
}
