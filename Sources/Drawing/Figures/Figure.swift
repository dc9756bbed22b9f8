public import Summaries

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
/// Numbers that are not finite are left out: a line has a gap there. In an image, text is shown in the characters of
/// ASCII; others are boxes.
public struct Figure: Sendable, Hashable {
    /// One of the two axes.
    public struct Axis: Sendable, Hashable {
        /// How numbers become places.
        public enum Scale: Sendable, Hashable {
            /// Equal differences are equal distances.
            case linear
            /// Equal ratios are equal distances; numbers of 0 and below are left out.
            case logarithmic
            /// The numbers are seconds since 1970-01-01 UTC, marked with times of day and dates in UTC.
            case time
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

    /// Where the names of the series are.
    public enum Legend: Sendable, Hashable {
        /// In lines above the data.
        case top
        /// Beside the end of each line, in its colour, as far as there is room.
        case lineEnds
        /// Nowhere.
        case hidden
    }

    /// Drawn at the top; nothing if empty.
    public var title: String
    /// The horizontal axis.
    public var xAxis: Axis
    /// The vertical axis.
    public var yAxis: Axis
    /// What is drawn, in this order.
    public var series: [Series]
    /// The names of bars, from the left; empty if there are no bars.
    public var categories: [String]
    /// Where the names of the series are.
    public var legend = Legend.top
    /// Whether triangles mark the points of lines that are not finite: NaN at the height of the number before, infinities
    /// at the edge.
    public var marksNonFinite = false
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

extension Figure {
    /// Numbers that are drawn in one way and one colour.
    public struct Series: Sendable, Hashable {
        /// The way to draw.
        enum Form: Sendable, Hashable {
            case line
            case points
            case bars
        }

        let form: Form
        /// The name in the legend.
        let name: String
        var x: [Double]
        var y: [Double]
        /// The colour; `nil` for one of ``Color/palette`` by the series' place in the list.
        public var color: Color?
        /// The lengths of the strokes and gaps of a line in turn, in points; empty for a line without gaps.
        public var dash: [Double] = []
        /// How much a line hides of what is below, from 0 to 1.
        public var opacity = 1.0

        /// A line through points.
        ///
        /// - Parameters:
        ///   - name: The name in the legend; not listed if empty.
        ///   - x: The place of each point on the horizontal axis; `nil` for 0, 1, 2 and so on.
        ///   - y: The place of each point on the vertical axis. As many as `x`.
        ///   - color: The colour; `nil` for one of ``Color/palette``.
        /// - Returns: A line with gaps where a number is not finite.
        public static func line<Places: NumericData>(
            _ name: String = "",
            x: Places? = Optional<[Double]>.none,
            y: some NumericData,
            color: Color? = nil
        ) -> Series {
            Series(.line, name, x: x?.doubles, y: y.doubles, color)
        }

        /// Points that are not joined.
        ///
        /// - Parameters:
        ///   - name: The name in the legend; not listed if empty.
        ///   - x: The place of each point on the horizontal axis; `nil` for 0, 1, 2 and so on.
        ///   - y: The place of each point on the vertical axis. As many as `x`.
        ///   - color: The colour; `nil` for one of ``Color/palette``.
        /// - Returns: Discs, through which others can be seen.
        public static func points<Places: NumericData>(
            _ name: String = "",
            x: Places? = Optional<[Double]>.none,
            y: some NumericData,
            color: Color? = nil
        ) -> Series {
            Series(.points, name, x: x?.doubles, y: y.doubles, color)
        }

        /// Bars from zero, one for each of the figure's categories.
        ///
        /// - Parameters:
        ///   - name: The name in the legend; not listed if empty.
        ///   - heights: The end of each bar on the vertical axis.
        ///   - color: The colour; `nil` for one of ``Color/palette``.
        /// - Returns: Bars at 0, 1, 2 and so on; those of several series stand side by side.
        public static func bars(
            _ name: String = "",
            heights: some NumericData,
            color: Color? = nil
        ) -> Series {
            Series(.bars, name, x: nil, y: heights.doubles, color)
        }

        private init(_ form: Form, _ name: String, x: [Double]?, y: [Double], _ color: Color?) {
            self.form = form
            self.name = name
            self.x = x ?? y.indices.map { Double($0) }
            self.y = y
            self.color = color
        }
    }
}

extension Figure {
    private static let sides = 100...2000

    /// Draws the figure.
    ///
    /// - Returns: An image of 2×2 pixels a point.
    /// - Throws: `SummaryError` for an impossible size or range, and for series that do not fit.
    public func image() throws(SummaryError) -> Image {
        try FigureDrawing(self, font: .standard).image()
    }

    func check() throws(SummaryError) {
        guard Self.sides.contains(width), Self.sides.contains(height) else {
            let message = "a figure cannot be \(width) points wide and \(height) high; use 100 to 2,000 for each"
            throw SummaryError(.invalidShape, message)
        }
        try xAxis.check("x")
        try yAxis.check("y")
        let hasBars = series.contains { $0.form == .bars }
        guard !hasBars || xAxis.scale == .linear else {
            throw SummaryError(.outOfRange, "bars have no place on a logarithmic x axis; make it linear")
        }
        guard categories.count <= FigureDrawing.largestPointCount else {
            let message = "\(categories.count) names of bars cannot be shown; give at most as many as there is room for"
            throw SummaryError(.wrongCount, message)
        }
        for (index, series) in series.enumerated() { try series.check(index) }
    }
}

extension Figure.Axis {
    fileprivate func check(_ name: String) throws(SummaryError) {
        guard let range else { return }
        let isLogarithmic = scale == .logarithmic
        guard Self.canShow(range.lowerBound, isLogarithmic: isLogarithmic),
            Self.canShow(range.upperBound, isLogarithmic: isLogarithmic), range.lowerBound < range.upperBound,
            !isLogarithmic || Self.areApart(range.lowerBound, range.upperBound)
        else {
            let message =
                "the \(name) axis cannot show \(range); give it two different finite numbers"
                + (isLogarithmic ? " above 0, since it is logarithmic" : "")
            throw SummaryError(.outOfRange, message)
        }
    }
}

extension Figure.Series {
    fileprivate func check(_ index: Int) throws(SummaryError) {
        guard x.count == y.count else {
            let message =
                "series \(index) of the figure, \"\(name)\", has \(x.count) x but \(y.count) y; give as many of both"
            throw SummaryError(.wrongCount, message)
        }
        guard x.count <= FigureDrawing.largestPointCount else {
            let message =
                "series \(index) of the figure, \"\(name)\", has \(x.count) points, more than can be told apart; give "
                + "at most \(FigureDrawing.largestPointCount)"
            throw SummaryError(.wrongCount, message)
        }
    }
}
