/// A chart laid out for a terminal: which part of it is where.
struct LineChartLayout {
    private let chart: LineChart
    private let terminal: Terminal
    private let width: Int
    private let xAxis: ChartAxis
    private let yAxis: ChartAxis
    private let yTicks: [(value: Double, text: String)]
    private let look: CurveLook
    /// The curves that have a point to show.
    private let visible: [Int]
    /// The names beside the curves; empty where they are elsewhere.
    private let names: [String]
    private let columns: Int
    private let left: Int

    /// A wider name goes below the chart, unless the terminal is wide.
    private static let longestName = 16
    private static let fewestColumns = 16
    private static let columnsPerTick = 12
    private static let rowsPerTick = 3

    /// - Returns: `nil` if no point can be shown.
    init?(_ chart: LineChart, width: Int, for terminal: Terminal) {
        let isLogarithmic = chart.isLogarithmic
        let isShown = { (value: Double) in value.isFinite && (!isLogarithmic || value > 0) }
        let heights = chart.curves.flatMap { Self.heights(of: $0, chart, showsBackground: terminal.allowsColor) }
        let places = chart.curves.lazy.flatMap { curve in
            zip(curve.x, curve.y).lazy.filter { isShown($0.1) }.map(\.0)
        }
        let kind: ChartAxis.Kind =
            switch chart.horizontalAxis {
            case .numbers: .linear
            case .wallTime(let secondsFromUTC): .wallTime(secondsFromUTC: secondsFromUTC)
            }
        guard
            let yAxis = ChartAxis(
                heights,
                isLogarithmic ? .logarithmic : .linear,
                ignoresOutliers: chart.ignoresOutliers
            ), let xAxis = ChartAxis(places, kind)
        else { return nil }
        self.chart = chart
        self.terminal = terminal
        self.width = max(1, width)
        self.xAxis = xAxis
        self.yAxis = yAxis
        visible = chart.curves.indices.filter { chart.curves[$0].y.contains(where: isShown) }
        look = CurveLook(
            indices: visible.map { chart.curves[$0].index ?? $0 },
            terminal,
            hasLetters: chart.hasLetters
        )
        yTicks = yAxis.ticks(count: max(2, chart.rows / Self.rowsPerTick))
        left = yTicks.reduce(0) { max($0, $1.text.count) }

        var names: [String] = []
        if chart.labels == .automatic, visible.count <= chart.rows {
            names = Self.names(of: chart.curves, look)
        }
        let right = names.isEmpty ? 0 : visible.reduce(0) { max($0, names[$1].displayWidth) } + " ".count
        let room = width - left - " ┤".count
        self.names =
            right > 0 && right <= max(Self.longestName, width / 4) && room - right >= Self.fewestColumns ? names : []
        columns = max(Self.fewestColumns, room - (self.names.isEmpty ? 0 : right))
    }

    /// The values that the vertical axis is for.
    private static func heights(of curve: LineChart.Curve, _ chart: LineChart, showsBackground: Bool) -> [Double] {
        // What surrounds a curve does not count in TensorBoard either, once outliers do not.
        guard !chart.ignoresOutliers else { return curve.y }
        let background = showsBackground ? curve.background : []
        return curve.y + background + (curve.band?.low ?? []) + (curve.band?.high ?? [])
    }

    /// The names as they are written beside the curves.
    private static func names(of curves: [LineChart.Curve], _ look: CurveLook) -> [String] {
        curves.enumerated().map { index, curve in
            (look.mark(curve.index ?? index).map { "\($0) " } ?? "") + curve.name
        }
    }

    func lines() -> [StyledLine] {
        var canvas = ChartCanvas(columns: columns, rows: chart.rows, isASCII: terminal.isASCII)
        let outside = draw(on: &canvas)
        let tickTexts = Dictionary(
            yTicks.compactMap { tick in
                yAxis.position(of: tick.value).map { (canvas.row(ofDotAt: dot($0, canvas.height)), tick.text) }
            },
            uniquingKeysWith: { first, _ in first }
        )
        let labels = names.isEmpty ? [:] : endLabels(canvas)
        let suffix = chart.isLogarithmic ? " (logarithmic)" : ""
        // The end of a tag says more than its scopes.
        let title = chart.title.shortened(to: max(1, width - suffix.count)) + suffix
        var lines = [StyledLine(title, .bold).prefix(width: width)]
        for row in 0..<chart.rows {
            let tick = tickTexts[row]
            let text = tick ?? ""
            var line = StyledLine(
                String(repeating: " ", count: left - text.count) + text + (tick == nil ? " │" : " ┤")
            )
            line.append(canvas.line(row: row))
            if let curve = labels[row] { line.append(" " + names[curve], style(curve)) }
            lines.append(line)
        }
        lines += horizontalAxis()
        if chart.labels == .automatic, names.isEmpty {
            let entries = visible.map { (name: chart.curves[$0].name, index: chart.curves[$0].index ?? $0) }
            lines += LineChart.legend(entries, width: width, for: terminal)
        }
        if outside > 0, let hint = chart.outlierHint {
            let text = "\(outside.groupedText) \(outside == 1 ? "outlier" : "outliers") not shown (\(hint))"
            lines.append(StyledLine(text, .dim).prefix(width: width))
        }
        return lines
    }

    private func style(_ curve: Int) -> Style? { look.style(chart.curves[curve].index ?? curve) }

    private func dot(_ position: Double, _ height: Int) -> Int {
        Int(((1 - position) * Double(height - 1)).rounded())
    }

    /// Draws everything; returns the number of points beyond the vertical axis.
    private func draw(on canvas: inout ChartCanvas) -> Int {
        let pen = CurvePen(xAxis: xAxis, yAxis: yAxis)
        for index in visible {
            let curve = chart.curves[index]
            if let band = curve.band {
                pen.fill(curve.x, band.low, band.high, style(index)?.faint, on: &canvas)
            }
        }
        for index in visible where terminal.allowsColor && !chart.curves[index].background.isEmpty {
            _ = pen.draw(chart.curves[index].x, chart.curves[index].background, .dim, on: &canvas)
        }
        var outside = 0
        for index in visible {
            let curve = chart.curves[index]
            let mark = look.mark(curve.index ?? index)
            outside += pen.draw(curve.x, curve.y, style(index), as: mark ?? "*", on: &canvas)
        }
        for (place, index) in visible.enumerated() {
            guard let mark = look.mark(chart.curves[index].index ?? index), !terminal.isASCII else { continue }
            let curve = chart.curves[index]
            pen.mark(curve.x, curve.y, mark, style(index), place: place, of: visible.count, on: &canvas)
        }
        return outside
    }

    /// The line of each curve's name: that of its last point, or near it where several end together.
    private func endLabels(_ canvas: ChartCanvas) -> [Int: Int] {
        var ends: [(curve: Int, row: Int)] = []
        for index in visible {
            let last = chart.curves[index].y.lazy.reversed().compactMap { yAxis.position(of: $0) }.first
            if let last { ends.append((index, canvas.row(ofDotAt: dot(last, canvas.height)))) }
        }
        ends.sort { ($0.row, $0.curve) < ($1.row, $1.curve) }
        for index in ends.indices.dropFirst() { ends[index].row = max(ends[index].row, ends[index - 1].row + 1) }
        var limit = chart.rows - 1
        for index in ends.indices.reversed() {
            ends[index].row = min(ends[index].row, limit)
            limit = ends[index].row - 1
        }
        return Dictionary(uniqueKeysWithValues: ends.map { ($0.row, $0.curve) })
    }

    /// The line below the curves, and below it the numbers with the title of the axis after them.
    private func horizontalAxis() -> [StyledLine] {
        // One number alone tells no scale: where the others have no room, closer ones may have.
        let most = max(1, columns / Self.columnsPerTick)
        let attempts = (most...most + 2).lazy.map { numbers(count: $0) }
        let (marks, text) = attempts.first { $0.marks.count > 1 } ?? numbers(count: most)
        let line = (0..<columns).map { marks.contains($0) ? "┬" : "─" }.joined()
        let space = String(repeating: " ", count: left + 1)
        let axis = StyledLine("\(space)└\(line)")
        return [axis, StyledLine("\(space) \(text)  \(chart.xTitle)").prefix(width: max(width, axis.width))]
    }

    /// The numbers below the horizontal axis, and the columns of their marks.
    private func numbers(count: Int) -> (marks: Set<Int>, text: String) {
        var (marks, text): (Set<Int>, String) = ([], "")
        // The title stands under the names where they leave room, and takes the place of the last numbers otherwise.
        let room = width - left - 2 - (chart.xTitle.isEmpty ? 0 : chart.xTitle.displayWidth + 2)
        for tick in xAxis.ticks(count: count) {
            guard let position = xAxis.position(of: tick.value) else { continue }
            let column = Int((position * Double(columns - 1)).rounded())
            let start = max(0, column - tick.text.count / 2)
            // A number that has no room is left out, with its mark.
            guard text.isEmpty || start > text.count, start + tick.text.count <= room else { continue }
            marks.insert(column)
            text += String(repeating: " ", count: start - text.count) + tick.text
        }
        return (marks, text)
    }
}
