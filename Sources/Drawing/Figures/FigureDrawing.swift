import Summaries

/// Draws a figure.
struct FigureDrawing {
    /// The largest number of points in a series; more are indistinguishable and slow.
    static let largestPointCount = 100_000

    /// The height that the legend of many series leaves to the rest.
    private static let smallestPlot = 130
    private static let margin = 8.0
    private static let lineHeight = 13.0
    /// The diameter of a point.
    private static let markWidth = 6.0
    private static let capitalHeight = Double(BitmapFont.capitalHeight)

    let figure: Figure
    let font: BitmapFont
    /// Where the data is drawn.
    let plot: Canvas.Rectangle
    let horizontal: AxisProjection
    let vertical: AxisProjection
    /// The room for names beside the ends of lines.
    let endLabelWidth: Int
    private let verticalTicks: [AxisTick]
    private let legend: [[LegendEntry]]

    private struct LegendEntry {
        let name: String
        let color: Color
        let dash: [Double]
        let x: Double
    }

    /// Checks a figure and divides its room.
    ///
    /// - Parameters:
    ///   - figure: The figure.
    ///   - font: The measures of the text.
    /// - Throws: ``SummaryError`` for an impossible size or range, and for series that do not fit.
    init(_ figure: Figure, font: BitmapFont) throws(SummaryError) {
        try figure.check()
        self.figure = figure
        self.font = font
        let legendRoom = max(0, (figure.height - Self.smallestPlot) / Int(Self.lineHeight))
        legend = figure.legend == .top ? Array(Self.legend(of: figure, font).prefix(legendRoom)) : []
        let (width, height) = (Double(figure.width), Double(figure.height))
        var top = Self.margin
        if !figure.title.isEmpty { top += Self.lineHeight + 2 }
        top += Double(legend.count) * Self.lineHeight
        if !figure.yAxis.label.isEmpty { top += Self.lineHeight }
        // Half a line, so that the uppermost number does not touch what is above.
        top += 3
        let bottom = height - Self.margin - Self.lineHeight - (figure.xAxis.label.isEmpty ? 0 : Self.lineHeight)

        let bars = figure.series.filter { $0.form == .bars }
        let barCount = bars.map(\.y.count).max() ?? 0
        let ys = figure.series.lazy.flatMap(\.y)
        let yRange = bars.isEmpty ? figure.yAxis.shownRange(of: ys) : figure.yAxis.shownRangeOfBars(ys)
        vertical = AxisProjection(yRange, figure.yAxis.scale, from: bottom, to: top)
        verticalTicks = vertical.ticks(count: max(2, Int((bottom - top) / 24)))
        let labelWidth = verticalTicks.map { font.width(of: $0.text) }.max() ?? 0
        let left = Self.margin + Double(labelWidth) + 5
        endLabelWidth = figure.legend == .lineEnds ? Self.endLabelWidth(of: figure, font) : 0
        let right = width - Self.margin - 6 - Double(endLabelWidth)
        let xs = figure.series.lazy.filter { $0.form != .bars }.flatMap(\.x)
        let xRange =
            barCount == 0
            ? figure.xAxis.shownRange(of: xs)
            : figure.xAxis.range ?? Self.range(of: xs, [-0.5, Double(barCount) - 0.5])
        horizontal = AxisProjection(xRange, figure.xAxis.scale, from: left, to: right)
        plot = Canvas.Rectangle(x: left, y: top, width: right - left, height: bottom - top)
    }

    /// Draws the figure.
    func image() throws(SummaryError) -> Image {
        var canvas = Canvas(width: figure.width, height: figure.height, scale: 2)
        draw(on: &canvas)
        return try canvas.image()
    }

    /// Draws the figure.
    func draw(on canvas: inout some DrawingSurface) {
        drawHeader(on: &canvas)
        drawVerticalAxis(on: &canvas)
        drawHorizontalAxis(on: &canvas)
        drawBars(on: &canvas)
        for (index, series) in figure.series.enumerated() {
            let color = series.color ?? .numbered(index)
            switch series.form {
            case .line: drawLine(series, color, on: &canvas)
            case .points: drawPoints(series, color, on: &canvas)
            case .bars: break
            }
        }
        if figure.legend == .lineEnds { drawEndLabels(on: &canvas) }
    }

    private static func range(of xs: some Sequence<Double>, _ barEnds: [Double]) -> ClosedRange<Double> {
        let all = xs.filter { Figure.Axis.canShow($0, isLogarithmic: false) } + barEnds
        return (all.min() ?? 0)...(all.max() ?? 1)
    }

    /// The width of a square of a series' colour, or of a piece of its line.
    private static func swatchWidth(in figure: Figure) -> Double { figure.hasDashes ? 24 : 9 }

    /// The names of the series in lines.
    private static func legend(of figure: Figure, _ font: BitmapFont) -> [[LegendEntry]] {
        let room = figure.width - Int(2 * margin)
        var lines: [[LegendEntry]] = []
        var x = 0.0
        for (index, series) in figure.series.enumerated() where !series.name.isEmpty {
            let nameStart = swatchWidth(in: figure) + 4
            let name = font.text(series.name, fitting: room - Int(nameStart))
            let width = nameStart + Double(font.width(of: name))
            if lines.isEmpty || x + width > Double(room) {
                lines.append([])
                x = 0
            }
            lines[lines.count - 1].append(
                LegendEntry(name: name, color: series.color ?? .numbered(index), dash: series.dash, x: margin + x)
            )
            x += width + 14
        }
        return lines
    }
}

extension FigureDrawing {
    private func drawHeader(on canvas: inout some DrawingSurface) {
        let room = figure.width - Int(2 * Self.margin)
        var y = Self.margin
        if !figure.title.isEmpty {
            canvas.text(font.text(figure.title, fitting: room), at: Canvas.Point(x: Self.margin, y: y), Ink.strong)
            y += Self.lineHeight + 2
        }
        for line in legend {
            for entry in line {
                let width = Self.swatchWidth(in: figure)
                let swatch = Canvas.Rectangle(x: entry.x, y: y, width: width, height: Self.capitalHeight)
                if figure.hasDashes {
                    let ends = [swatch.x, swatch.right].map { Canvas.Point(x: $0, y: y + Self.capitalHeight / 2) }
                    canvas.polyline(ends, Stroke(entry.color, width: 2, dash: entry.dash), clip: swatch)
                } else {
                    canvas.fill(swatch, entry.color)
                }
                canvas.text(entry.name, at: Canvas.Point(x: entry.x + width + 4, y: y), Ink.soft)
            }
            y += Self.lineHeight
        }
        let label = font.text(figure.yAxis.label, fitting: room)
        canvas.text(label, at: Canvas.Point(x: Self.margin, y: y), Ink.soft)
    }

    private func drawVerticalAxis(on canvas: inout some DrawingSurface) {
        for tick in verticalTicks {
            guard let y = vertical.place(of: tick.value)?.rounded() else { continue }
            canvas.fill(Canvas.Rectangle(x: plot.x, y: y, width: plot.width, height: 1), Ink.grid)
            let position = Canvas.Point(x: plot.x - 5, y: y - 3)
            canvas.text(tick.text, at: position, Ink.soft, anchor: .trailing)
        }
    }

    private func drawHorizontalAxis(on canvas: inout some DrawingSurface) {
        canvas.fill(Canvas.Rectangle(x: plot.x, y: plot.bottom, width: plot.width, height: 1), Ink.frame)
        // Where the last text ended: one that would touch it is left out.
        var end = -Double.infinity
        for tick in horizontalTicks {
            guard let x = horizontal.place(of: tick.value)?.rounded(), x >= plot.x - 1, x <= plot.right + 1 else {
                continue
            }
            let half = Double(font.width(of: tick.text)) / 2
            let middle = min(max(x, half + 2), Double(figure.width) - half - 2)
            canvas.fill(Canvas.Rectangle(x: x, y: plot.bottom, width: 1, height: 4), Ink.frame)
            guard middle - half > end + 4 else { continue }
            canvas.text(tick.text, at: Canvas.Point(x: middle, y: plot.bottom + 6), Ink.soft, anchor: .center)
            end = middle + half
        }
        let position = Canvas.Point(x: plot.right, y: plot.bottom + 6 + Self.lineHeight)
        let label = font.text(figure.xAxis.label, fitting: Int(plot.right))
        canvas.text(label, at: position, Ink.soft, anchor: .trailing)
    }

    private var horizontalTicks: [AxisTick] {
        guard figure.categories.isEmpty else {
            let room = Int(plot.width) / figure.categories.count - 4
            return figure.categories.enumerated().map { index, name in
                let text = font.text(name, fitting: max(room, 30))
                return AxisTick(value: Double(index), text: text)
            }
        }
        return horizontal.ticks(count: max(2, Int(plot.width / 55)))
    }

    private func drawBars(on canvas: inout some DrawingSurface) {
        let bars = figure.series.enumerated().filter { $0.element.form == .bars }
        let baseline = vertical.place(of: 0) ?? plot.bottom
        // A fifth of the room of a category stays free.
        let breadth = 0.8 / Double(max(1, bars.count))
        for (place, (index, series)) in bars.enumerated() {
            for (category, height) in series.y.enumerated() {
                let start = Double(category) - 0.4 + Double(place) * breadth
                guard let left = horizontal.place(of: start), let right = horizontal.place(of: start + breadth),
                    let end = vertical.place(of: height)
                else { continue }
                let (upper, lower) = (max(min(end, baseline), plot.y), min(max(end, baseline), plot.bottom))
                let (first, last) = (max(left, plot.x), min(right, plot.right))
                let bar = Canvas.Rectangle(x: first, y: upper, width: last - first, height: lower - upper)
                canvas.fill(bar, series.color ?? .numbered(index))
            }
        }
    }

    private func drawPoints(_ series: Figure.Series, _ color: Color, on canvas: inout some DrawingSurface) {
        // A mark at the edge is whole: what is beyond the edge is left out, not cut off.
        let room = Self.markWidth
        let clip = Canvas.Rectangle(
            x: plot.x - room,
            y: plot.y - room,
            width: plot.width + 2 * room,
            height: plot.height + 2 * room
        )
        for (x, y) in zip(series.x, series.y) {
            guard let point = place(x, y), (plot.x - 0.5...plot.right + 0.5).contains(point.x),
                (plot.y - 0.5...plot.bottom + 0.5).contains(point.y)
            else { continue }
            canvas.polyline([point], Stroke(color, width: Self.markWidth, opacity: 0.75), clip: clip)
        }
    }
}
