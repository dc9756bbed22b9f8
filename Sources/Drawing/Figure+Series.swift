public import Summaries

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
        let x: [Double]
        let y: [Double]
        /// The colour; `nil` for one of ``Color/palette`` by the series' place in the list.
        public var color: Color?

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
