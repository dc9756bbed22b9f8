/// Draws curves on a canvas by the axes of a chart.
struct CurvePen {
    let xAxis: ChartAxis
    let yAxis: ChartAxis

    private static let columnsPerMark = 12

    /// Draws lines from point to point, cut off at the upper and the lower edge.
    ///
    /// - Returns: The number of points beyond an edge.
    func draw(
        _ x: [Double],
        _ y: [Double],
        _ style: Style?,
        as character: Character = "*",
        on canvas: inout ChartCanvas
    ) -> Int {
        var outside = 0
        var last: (x: Double, y: Double)?
        for (x, y) in zip(x, y) {
            guard let right = xAxis.position(of: x), let up = yAxis.place(of: y) else {
                last = nil
                continue
            }
            if !(0...1).contains(up) { outside += 1 }
            if let (start, end) = Self.clipped(last ?? (right, up), (right, up)) {
                canvas.drawLine(from: dot(start, canvas), to: dot(end, canvas), style, as: character)
            }
            last = (right, up)
        }
        return outside
    }

    /// The part of a line between the lower and the upper edge; `nil` if there is none.
    private static func clipped(
        _ start: (x: Double, y: Double),
        _ end: (x: Double, y: Double)
    ) -> ((x: Double, y: Double), (x: Double, y: Double))? {
        if (0...1).contains(start.y), (0...1).contains(end.y) { return (start, end) }
        guard max(start.y, end.y) >= 0, min(start.y, end.y) <= 1, start.y != end.y else { return nil }
        func moved(_ point: (x: Double, y: Double)) -> (x: Double, y: Double) {
            let y = min(max(point.y, 0), 1)
            return (start.x + (end.x - start.x) * (y - start.y) / (end.y - start.y), y)
        }
        return (moved(start), moved(end))
    }

    /// Fills the space between two curves, thinly so that what is drawn over it stays visible.
    func fill(_ x: [Double], _ low: [Double], _ high: [Double], _ style: Style?, on canvas: inout ChartCanvas) {
        var last: (x: Int, low: Double, high: Double)?
        for index in x.indices {
            guard let right = xAxis.position(of: x[index]), let low = yAxis.place(of: low[index]),
                let high = yAxis.place(of: high[index])
            else {
                last = nil
                continue
            }
            let column = Int((right * Double(canvas.width - 1)).rounded())
            let start = last ?? (column, low, high)
            let length = column - start.x
            for dot in stride(from: start.x, through: column, by: length < 0 ? -1 : 1) {
                let part = length == 0 ? 1 : Double(dot - start.x) / Double(length)
                let bottom = min(max(start.low + (low - start.low) * part, 0), 1)
                let top = min(max(start.high + (high - start.high) * part, 0), 1)
                fillColumn(dot, row(top, canvas), row(bottom, canvas), style, on: &canvas)
            }
            last = (column, low, high)
        }
    }

    private func fillColumn(_ x: Int, _ top: Int, _ bottom: Int, _ style: Style?, on canvas: inout ChartCanvas) {
        guard top <= bottom else { return }
        for y in top...bottom where canvas.isASCII ? (x + y) % 2 == 0 : y % 2 == 0 && x % 4 == y % 4 {
            canvas.draw(.init(x: x, y: y), style, as: ".")
        }
    }

    /// Puts a letter on a curve every so many columns, at places of its own where several curves run together.
    func mark(
        _ x: [Double],
        _ y: [Double],
        _ character: Character,
        _ style: Style?,
        place: Int,
        of count: Int,
        on canvas: inout ChartCanvas
    ) {
        let period = min(max(Self.columnsPerMark, 2 * count), max(canvas.columns, 1))
        let offset = (2 * place + 1) * period / (2 * count)
        var marked: Set<Int> = []
        var last: (x: Double, y: Double)?
        for (x, y) in zip(x, y) {
            guard let right = xAxis.position(of: x), let up = yAxis.place(of: y) else {
                last = nil
                continue
            }
            let start = last ?? (right, up)
            last = (right, up)
            let columns = [start.x, right].map { Int(($0 * Double(canvas.columns - 1)).rounded()) }
            for column in min(columns[0], columns[1])...max(columns[0], columns[1])
            where column % period == offset && !marked.contains(column) {
                let part = canvas.columns > 1 ? Double(column) / Double(canvas.columns - 1) : 0
                let share = right == start.x ? 1 : min(max((part - start.x) / (right - start.x), 0), 1)
                let height = start.y + (up - start.y) * share
                guard (0...1).contains(height) else { continue }
                marked.insert(column)
                canvas.mark(dot((part, height), canvas), character, style)
            }
        }
        // A curve of a few points may pass none of these columns.
        if marked.isEmpty, let last, (0...1).contains(last.y) { canvas.mark(dot(last, canvas), character, style) }
    }

    private func row(_ up: Double, _ canvas: ChartCanvas) -> Int {
        Int(((1 - up) * Double(canvas.height - 1)).rounded())
    }

    private func dot(_ point: (x: Double, y: Double), _ canvas: ChartCanvas) -> ChartCanvas.Dot {
        .init(x: Int((point.x * Double(canvas.width - 1)).rounded()), y: row(point.y, canvas))
    }
}
