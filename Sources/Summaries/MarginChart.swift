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
