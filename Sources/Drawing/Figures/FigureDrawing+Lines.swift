/// Lines, and what belongs to them: names at their ends, marks for numbers that are not finite.
extension FigureDrawing {
    /// The distance of two names at the ends of lines.
    private static let endLabelHeight = 12.0
    private static let triangleWidth = 6.0

    func drawLine(_ series: Figure.Series, _ color: Color, on canvas: inout some DrawingSurface) {
        canvas.beginGroup(series.name)
        // Many lines are easier to follow if they are thin.
        let lineWidth = figure.series.count > 20 ? 1 : 1.5
        for points in runs(of: series) {
            // One point between two gaps is a dot that can be seen.
            let width = points.count == 1 ? 3 : lineWidth
            canvas.polyline(points, Stroke(color, width: width, opacity: series.opacity, dash: series.dash), clip: plot)
        }
        if figure.marksNonFinite, series.opacity == 1 { drawMarks(series, color, on: &canvas) }
        canvas.endGroup()
    }

    func place(_ x: Double, _ y: Double) -> Canvas.Point? {
        guard let x = horizontal.place(of: x), let y = vertical.place(of: y) else { return nil }
        return Canvas.Point(x: x, y: y)
    }

    /// The points between the gaps of a series.
    private func runs(of series: Figure.Series) -> [[Canvas.Point]] {
        var runs: [[Canvas.Point]] = [[]]
        for (x, y) in zip(series.x, series.y) {
            if let point = place(x, y) {
                runs[runs.count - 1].append(point)
            } else if runs.last?.isEmpty == false {
                runs.append([])
            }
        }
        return runs.filter { !$0.isEmpty }.map { $0.extremes { ($0.x * 2).rounded(.down) } }
    }

    /// Triangles where a number is not finite, of which no two touch.
    private func drawMarks(_ series: Figure.Series, _ color: Color, on canvas: inout some DrawingSurface) {
        var height = series.y.lazy.compactMap { vertical.place(of: $0) }.first ?? plot.bottom
        var lastX = -Double.infinity
        let half = Self.triangleWidth / 2
        for (x, y) in zip(series.x, series.y) {
            if let place = vertical.place(of: y) { height = place }
            guard !y.isFinite, let x = horizontal.place(of: x), abs(x - lastX) > Self.triangleWidth else { continue }
            lastX = x
            let isDownward = y == -.infinity
            let middle = y.isNaN ? min(max(height, plot.y + half), plot.bottom - half) : nil
            let center = middle ?? (isDownward ? plot.bottom - half : plot.y + half)
            let (base, tip) = isDownward ? (center - half, center + half) : (center + half, center - half)
            let corners = [(x - half, base), (x, tip), (x + half, base), (x - half, base)]
            let room = Canvas.Rectangle(x: x - 2 * half, y: center - 2 * half, width: 4 * half, height: 4 * half)
            canvas.polyline(corners.map { Canvas.Point(x: $0.0, y: $0.1) }, Stroke(color, width: 1.5), clip: room)
        }
    }

    /// The room for names beside the ends of lines: a third of the figure at most.
    static func endLabelWidth(of figure: Figure, _ font: BitmapFont) -> Int {
        let widths = figure.series.lazy.filter { $0.form == .line }.map { font.width(of: $0.name) }
        return min(widths.max().map { $0 > 0 ? $0 + 2 : 0 } ?? 0, figure.width / 3)
    }

    /// Writes names at the heights of the ends of lines, moved apart where several end together.
    func drawEndLabels(on canvas: inout some DrawingSurface) {
        var labels: [(name: String, color: Color, y: Double)] = []
        for (index, series) in figure.series.enumerated() where series.form == .line && !series.name.isEmpty {
            guard let end = zip(series.x, series.y).reversed().lazy.compactMap({ place($0, $1) }).first else {
                continue
            }
            let y = min(max(end.y, plot.y), plot.bottom)
            labels.append((font.text(series.name, fitting: endLabelWidth), series.color ?? .numbered(index), y))
        }
        labels = Array(labels.prefix(Int(plot.height / Self.endLabelHeight) + 1))
        labels.sort { $0.y < $1.y }
        for index in labels.indices.dropFirst() {
            labels[index].y = max(labels[index].y, labels[index - 1].y + Self.endLabelHeight)
        }
        var limit = plot.bottom
        for index in labels.indices.reversed() {
            labels[index].y = min(labels[index].y, limit)
            limit = labels[index].y - Self.endLabelHeight
        }
        for label in labels {
            canvas.text(label.name, at: Canvas.Point(x: plot.right + 6, y: label.y - 3), label.color)
        }
    }
}

extension Figure {
    /// Whether lines differ by their dashes too.
    var hasDashes: Bool { series.contains { !$0.dash.isEmpty } }
}

extension Figure.Series {
    /// The same line with fewer points that looks the same.
    ///
    /// The horizontal range is divided into columns; of each column stay the first, the lowest, the highest and the last
    /// point, and the first whose number is not finite. So no extreme is lost.
    ///
    /// - Parameter columns: The number of columns, at least 1; as many as pixels the line will be wide.
    /// - Returns: The line itself if it has few points; at most five points for each column if x ascends.
    public func thinned(columns: Int) -> Figure.Series {
        precondition(columns >= 1, "A line is thinned to a column or more.")
        let places = x.lazy.filter(\.isFinite)
        guard x.count == y.count, x.count > 2 * columns, let lower = places.min(), let upper = places.max() else {
            return self
        }
        let scale = Double(columns) / max(upper - lower, .leastNormalMagnitude)
        var result = self
        let kept = y.indices.map { ($0, y[$0]) }.extremeIndices(
            column: { index, _ in min(((x[index] - lower) * scale).rounded(.down), Double(columns - 1)) },
            value: { $0.1 }
        )
        result.x = kept.map { x[$0] }
        result.y = kept.map { y[$0] }
        return result
    }
}

extension [Canvas.Point] {
    /// The points that a line needs to look the same.
    ///
    /// - Parameter column: The column of pixels of a point.
    /// - Returns: In each column the first, the highest, the lowest and the last.
    fileprivate func extremes(column: (Canvas.Point) -> Double) -> [Canvas.Point] {
        extremeIndices(column: column, value: \.y).map { self[$0] }
    }
}

extension Array {
    /// The indices of the first, lowest, highest and last finite value, and the first other one, of elements that follow each
    /// other in a column.
    fileprivate func extremeIndices(column: (Element) -> Double, value: (Element) -> Double) -> [Int] {
        var result: [Int] = []
        var start = 0
        while start < count {
            let place = column(self[start])
            var kept: [Int] = []
            var (lowest, highest, last, missing): (Int?, Int?, Int?, Int?)
            var end = start
            while end < count, end == start || column(self[end]) == place {
                let number = value(self[end])
                if number.isFinite {
                    if lowest == nil { kept.append(end) }
                    if lowest.map({ number < value(self[$0]) }) ?? true { lowest = end }
                    if highest.map({ number > value(self[$0]) }) ?? true { highest = end }
                    last = end
                } else if missing == nil {
                    missing = end
                }
                end += 1
            }
            kept += [lowest, highest, last, missing].compactMap(\.self)
            result += Set(kept).sorted()
            start = end
        }
        return result
    }
}

extension Figure.Axis {
    /// The range to show when outliers are ignored: from the 5th to the 95th percentile, as in TensorBoard.
    ///
    /// Unlike in TensorBoard, an end of the numbers that is no farther from there than half of this range is no outlier: a
    /// curve that rises or falls all the time is shown with its last value.
    ///
    /// - Parameter values: The numbers; those that the axis cannot show do not count.
    /// - Returns: A range with some room at both ends; `nil` for fewer than three numbers and where all are equal.
    public func rangeIgnoringOutliers(of values: some Sequence<Double>) -> ClosedRange<Double>? {
        let isLogarithmic = scale == .logarithmic
        let shown = values.filter { Self.canShow($0, isLogarithmic: isLogarithmic) }.sorted()
        guard shown.count > 2 else { return nil }
        // Rounded towards the middle, as computeDataSeriesExtent of TensorBoard's line_chart_v2 does.
        let last = Double(shown.count - 1)
        let (lower, upper) = (shown[Int((last * 0.05).rounded(.up))], shown[Int((last * 0.95).rounded(.down))])
        guard lower < upper, !isLogarithmic || Self.areApart(lower, upper) else { return nil }
        let room = isLogarithmic ? (upper / lower).squareRoot() : upper / 2 - lower / 2
        let nearest = isLogarithmic ? lower / room : lower - room
        let farthest = isLogarithmic ? upper * room : upper + room
        let ends = [
            shown[0] >= nearest ? shown[0] : lower, shown[shown.count - 1] <= farthest ? shown[shown.count - 1] : upper,
        ]
        return Figure.Axis(scale: scale).shownRange(of: ends)
    }
}
