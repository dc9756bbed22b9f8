package import Summaries

/// A matrix as coloured cells, with a bar that says what the colours mean.
package struct HeatMap {
    /// The largest number of rows and of columns.
    package static let largestSide = 4096

    private static let margin = 6.0
    private static let barWidth = 10.0
    private static let lineHeight = 13.0
    /// Cells of a narrow matrix become wider than high, or the reverse, up to this ratio.
    private static let largestCellRatio = 8
    /// The number of points that cells of a small matrix fill.
    private static let largestHeight = 300

    private let values: [Float]
    private let rows: Int
    private let columns: Int
    private let colorMap: ColorMap
    private let range: ClosedRange<Double>
    private let missingCount: Int

    /// Checks a matrix.
    ///
    /// - Parameters:
    ///   - values: `rows` × `columns` numbers, row by row.
    ///   - rows: From 1 to ``largestSide``; the first row is at the top.
    ///   - columns: From 1 to ``largestSide``.
    ///   - colorMap: The colours.
    ///   - range: What gets the first and the last colour; `nil` for the smallest and largest finite number.
    /// - Throws: ``SummaryError`` for a wrong shape, number of values or range.
    package init(
        _ values: [Float],
        rows: Int,
        columns: Int,
        colorMap: ColorMap,
        range: ClosedRange<Float>?
    ) throws(SummaryError) {
        guard (1...Self.largestSide).contains(rows), (1...Self.largestSide).contains(columns) else {
            let message =
                "a heat map cannot have \(rows) rows and \(columns) columns; give it 1 to \(Self.largestSide) of each"
            throw SummaryError(.invalidShape, message)
        }
        guard values.count == rows * columns else {
            let message =
                "\(rows) rows and \(columns) columns make \(rows * columns) values, but \(values.count) were given; "
                + "give exactly as many"
            throw SummaryError(.wrongCount, message)
        }
        if let range, !range.lowerBound.isFinite || !range.upperBound.isFinite {
            let message = "\(range) is no range of colours; give two finite numbers"
            throw SummaryError(.outOfRange, message)
        }
        let finite = values.lazy.filter(\.isFinite)
        guard values.isEmpty || !finite.isEmpty else {
            let message = "none of the \(values.count) numbers of the heat map is finite; look where they come from"
            throw SummaryError(.outOfRange, message)
        }
        self.values = values
        self.rows = rows
        self.columns = columns
        self.colorMap = colorMap
        missingCount = values.count - finite.count
        self.range = range.map { Double($0.lowerBound)...Double($0.upperBound) } ?? Self.range(of: finite, colorMap)
    }

    /// Draws the matrix.
    package func image() throws(SummaryError) -> Image {
        let ends = [range.upperBound, range.lowerBound]
        let labels = ends.map { missingCount < values.count ? DecimalText($0).description : "none" }
        let labelWidth = labels.map { Double(BitmapFont.standard.width(of: $0)) }.max() ?? 0
        let legendWidth = Self.margin + Self.barWidth + 4 + labelWidth
        let room = Double(Canvas.cardWidth) - legendWidth - 2 * Self.margin
        let scale = max(2, Int((Double(columns) / room).rounded(.up)))
        let cell = cellSize(room: Int(room) * scale, height: Self.largestHeight * scale)

        let matrix = Canvas.Rectangle(
            x: Self.margin,
            y: Self.margin,
            width: Double(columns * cell.width) / Double(scale),
            height: Double(rows * cell.height) / Double(scale)
        )
        let legendHeight = max(matrix.height, 4 * Self.lineHeight)
        let height = Self.margin + max(legendHeight + Self.margin, matrix.height + 6 + Self.lineHeight)
        var canvas = Canvas(width: Canvas.cardWidth, height: Int(height.rounded(.up)), scale: scale)
        drawCells(in: matrix, on: &canvas)
        let bar = Canvas.Rectangle(
            x: matrix.right + Self.margin,
            y: matrix.y,
            width: Self.barWidth,
            height: legendHeight
        )
        drawBar(bar, labels: labels, on: &canvas)
        drawCaption(at: Canvas.Point(x: Self.margin, y: matrix.bottom + 6), on: &canvas)
        return try canvas.image()
    }

    private func cellSize(room: Int, height: Int) -> (width: Int, height: Int) {
        let (widest, highest) = (max(1, room / columns), max(1, height / rows))
        return (min(widest, highest * Self.largestCellRatio), min(highest, widest * Self.largestCellRatio))
    }

    private func drawCells(in matrix: Canvas.Rectangle, on canvas: inout Canvas) {
        let (width, height) = (matrix.width / Double(columns), matrix.height / Double(rows))
        for row in 0..<rows {
            for column in 0..<columns {
                let place = Canvas.Rectangle(
                    x: matrix.x + Double(column) * width,
                    y: matrix.y + Double(row) * height,
                    width: width,
                    height: height
                )
                canvas.fill(place, color(of: values[row * columns + column]))
            }
        }
    }

    private func drawBar(_ bar: Canvas.Rectangle, labels: [String], on canvas: inout Canvas) {
        let lineCount = Int(bar.height)
        for line in 0..<lineCount {
            let place = Canvas.Rectangle(x: bar.x, y: bar.y + Double(line), width: bar.width, height: 1)
            canvas.fill(place, colorMap.color(at: 1 - (Double(line) + 0.5) / Double(lineCount)))
        }
        let lastLine = bar.y + Double(lineCount) - Double(BitmapFont.capitalHeight)
        canvas.text(labels[0], at: Canvas.Point(x: bar.right + 4, y: bar.y), Ink.soft)
        canvas.text(labels[1], at: Canvas.Point(x: bar.right + 4, y: lastLine), Ink.soft)
    }

    private func drawCaption(at position: Canvas.Point, on canvas: inout Canvas) {
        let size = "\(rows) x \(columns)"
        canvas.text(size, at: position, Ink.soft)
        guard missingCount > 0 else { return }
        var next = position
        next.x += Double(BitmapFont.standard.width(of: size)) + 12
        canvas.fill(Canvas.Rectangle(x: next.x, y: next.y, width: 7, height: 7), Ink.missing)
        next.x += 11
        canvas.text("\(missingCount) not finite", at: next, Ink.soft)
    }

    private func color(of value: Float) -> Color {
        guard value.isFinite else { return Ink.missing }
        let width = range.upperBound - range.lowerBound
        return colorMap.color(at: width > 0 ? (Double(value) - range.lowerBound) / width : 0.5)
    }

    private static func range(of values: some Sequence<Float>, _ colorMap: ColorMap) -> ClosedRange<Double> {
        var (lower, upper) = (Double.infinity, -Double.infinity)
        for value in values { (lower, upper) = (min(lower, Double(value)), max(upper, Double(value))) }
        guard lower <= upper else { return 0...0 }
        let largest = max(abs(lower), abs(upper))
        return colorMap.isDiverging ? -largest...largest : lower...upper
    }
}
