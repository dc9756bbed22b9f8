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
    package var title: String {
        switch self {
        case .multiline(let chart): chart.title
        case .margin(let chart): chart.title
        }
    }
}

/// Several series of scalars as lines in one chart; see ``ScalarLayout``.
///
/// ```swift
/// MultilineChart("loss", ["loss/train", "loss/validation"])
/// MultilineChart("all losses", matching: "loss/.*")
/// ```
public struct MultilineChart: Sendable, Hashable {
    /// The title.
    public var title: String
    /// Regular expressions in Python's notation; a tag is shown that begins with a match of any of them.
    public var patterns: [String]

    /// Creates a chart of the series with exactly these tags.
    ///
    /// - Parameters:
    ///   - title: The title.
    ///   - tags: The tags of the series.
    public init(_ title: String, _ tags: [String]) {
        self.title = title
        patterns = tags.map(Self.pattern)
    }

    /// Creates a chart of the series whose tags begin with a match of a regular expression.
    ///
    /// - Parameters:
    ///   - title: The title.
    ///   - patterns: Regular expressions in Python's notation. `loss` matches `loss_old` too, `loss$` does not.
    public init(_ title: String, matching patterns: String...) {
        self.title = title
        self.patterns = patterns
    }

    /// The regular expression that matches one tag and no other.
    ///
    /// TensorBoard looks for a match at a tag's beginning and does not mind what follows.
    private static func pattern(_ tag: String) -> String {
        var pattern = ""
        for character in tag.unicodeScalars {
            if special.contains(character) { pattern.unicodeScalars.append("\\") }
            pattern.unicodeScalars.append(character)
        }
        return pattern + "$"
    }

    private static let special = Set("\\.^$*+?{}[]|()".unicodeScalars)
}

/// Series of scalars with a band around each, for example mean and confidence interval; see ``ScalarLayout``.
///
/// ```swift
/// MarginChart("loss", [.init("loss/mean", lower: "loss/lowest", upper: "loss/highest")])
/// ```
public struct MarginChart: Sendable, Hashable {
    /// A line with a band around it.
    public struct Series: Sendable, Hashable {
        /// The tag of the line.
        public var value: String
        /// The tag of the band's lower edge.
        public var lower: String
        /// The tag of the band's upper edge.
        public var upper: String

        /// Creates a series of three tags.
        ///
        /// - Parameters:
        ///   - value: The tag of the line.
        ///   - lower: The tag of the band's lower edge.
        ///   - upper: The tag of the band's upper edge.
        public init(_ value: String, lower: String, upper: String) {
            self.value = value
            self.lower = lower
            self.upper = upper
        }
    }

    /// The title.
    public var title: String
    /// The lines with their bands.
    public var series: [Series]

    /// Creates a chart.
    ///
    /// - Parameters:
    ///   - title: The title.
    ///   - series: The lines with their bands.
    public init(_ title: String, _ series: [Series]) {
        self.title = title
        self.series = series
    }
}
