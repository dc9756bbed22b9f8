/// A chart for what TensorBoard has no chart for: lines, points and bars over a common pair of axes.
///
/// ```swift
/// let figure = Figure(
///     [.line("ideal", x: [0.0, 1.0], y: [0.0, 1.0]), .points("model", x: confidences, y: accuracies)],
///     title: "Reliability",
///     xAxis: Figure.Axis("confidence"),
///     yAxis: Figure.Axis("accuracy", range: 0...1)
/// )
/// writer.figure("calibration", figure, step: 10)
/// ```
///
/// Numbers that are not finite are left out: a line has a gap there. Text is shown in the characters of ASCII; others
/// are boxes.
public struct Figure: Sendable, Hashable {
    /// One of the two axes.
    public struct Axis: Sendable, Hashable {
        /// How numbers become places.
        public enum Scale: Sendable, Hashable {
            /// Equal differences are equal distances.
            case linear
            /// Equal ratios are equal distances; numbers of 0 and below are left out.
            case logarithmic
        }

        /// What the numbers mean, with their unit.
        public var label: String
        /// How numbers become places.
        public var scale: Scale
        /// What is shown; `nil` for all numbers.
        public var range: ClosedRange<Double>?

        /// Creates an axis.
        ///
        /// - Parameters:
        ///   - label: What the numbers mean, with their unit.
        ///   - scale: How numbers become places.
        ///   - range: What is shown; `nil` for all numbers.
        public init(_ label: String = "", scale: Scale = .linear, range: ClosedRange<Double>? = nil) {
            self.label = label
            self.scale = scale
            self.range = range
        }
    }

    /// Drawn at the top; nothing if empty.
    public var title: String
    /// The horizontal axis.
    public var xAxis: Axis
    /// The vertical axis.
    public var yAxis: Axis
    /// What is drawn, in this order.
    public var series: [Series]
    /// The names of bars, from the left; nothing if there are no bars.
    public var categories: [String]
    /// The width in points, of 2×2 pixels each.
    ///
    /// A card of the Images dashboard is 350 points wide.
    public var width = 350
    /// The height in points, of 2×2 pixels each.
    ///
    /// A card of the Time Series dashboard shows images 215 points high.
    public var height = 215

    /// Creates a figure of the size that suits a card.
    ///
    /// - Parameters:
    ///   - series: What is drawn, in this order.
    ///   - title: Drawn at the top; nothing if empty.
    ///   - xAxis: The horizontal axis.
    ///   - yAxis: The vertical axis.
    ///   - categories: The names of bars, from the left.
    public init(
        _ series: [Series],
        title: String = "",
        xAxis: Axis = Axis(),
        yAxis: Axis = Axis(),
        categories: [String] = []
    ) {
        self.series = series
        self.title = title
        self.xAxis = xAxis
        self.yAxis = yAxis
        self.categories = categories
    }
}
