/// Curves drawn with braille dots, the name of each beside its end.
///
/// ```swift
/// var chart = LineChart(title: "cost", xTitle: "step")
/// chart.add(LineChart.Curve("run1", x: steps, y: costs))
/// print(chart.text(for: .standardOutput) ?? "nothing to draw")
/// ```
package struct LineChart: Sendable {
    /// A curve; it has a gap where a value cannot be shown.
    package struct Curve: Sendable {
        fileprivate let name: String
        fileprivate let x: [Double]
        fileprivate let y: [Double]
        fileprivate let background: [Double]

        /// Creates a curve.
        ///
        /// - Parameters:
        ///   - name: The label at its end.
        ///   - x: Where its points are from left to right.
        ///   - y: Where they are from bottom to top; as many.
        ///   - background: Other values at the same places, drawn faintly where there are colours; as many or none.
        package init(_ name: String, x: [Double], y: [Double], background: [Double] = []) {
            precondition(
                x.count == y.count && (background.isEmpty || background.count == y.count),
                "A curve must have as many values as places for them."
            )
            self.name = name.printable
            self.x = x
            self.y = y
            self.background = background
        }
    }

    private let title: String
    private let xTitle: String
    private let isLogarithmic: Bool
    private let rows: Int
    private var curves: [Curve] = []

    private static let longestName = 24
    private static let fewestColumns = 16
    private static let columnsPerTick = 12
    private static let rowsPerTick = 3

    /// Creates a chart without curves.
    ///
    /// - Parameters:
    ///   - title: What the vertical axis shows.
    ///   - xTitle: What the horizontal axis shows.
    ///   - isLogarithmic: Whether the vertical axis is logarithmic.
    ///   - rows: The number of lines that the curves take.
    package init(title: String, xTitle: String, isLogarithmic: Bool = false, rows: Int = 16) {
        self.title = title.printable
        self.xTitle = xTitle.printable
        self.isLogarithmic = isLogarithmic
        self.rows = max(1, rows)
    }

    /// Adds a curve, which is drawn over those before it.
    package mutating func add(_ curve: Curve) {
        curves.append(curve)
    }

    /// The chart in lines, as wide as the terminal, without a line break after the last.
    ///
    /// - Parameter terminal: Where it is to be shown.
    /// - Returns: The lines; `nil` if no point can be shown.
    package func text(for terminal: Terminal) -> String? {
        let showsBackgrounds = terminal.allowsColor
        let heights = curves.lazy.flatMap { $0.y + (showsBackgrounds ? $0.background : []) }
        let places = curves.lazy.flatMap { curve in
            zip(curve.x, curve.y).lazy.filter { $0.1.isFinite && (!isLogarithmic || $0.1 > 0) }.map(\.0)
        }
        guard let yAxis = ChartAxis(heights, isLogarithmic: isLogarithmic),
            let xAxis = ChartAxis(places, isLogarithmic: false)
        else { return nil }

        let yTicks = yAxis.ticks(count: max(2, rows / Self.rowsPerTick)).map { (value: $0, text: Self.text($0)) }
        let left = yTicks.reduce(0) { max($0, $1.text.count) }
        let names = curves.map { Self.shortened($0.name) }
        let right = names.reduce(0) { max($0, $1.displayWidth) }
        let columns = max(Self.fewestColumns, terminal.width - 1 - left - " ┤".count - " ".count - right)

        var canvas = BrailleCanvas(columns: columns, rows: rows)
        for (index, curve) in curves.enumerated() {
            if showsBackgrounds, !curve.background.isEmpty {
                draw(curve.x, curve.background, .dim, xAxis, yAxis, on: &canvas)
            }
            draw(curve.x, curve.y, style(index), xAxis, yAxis, on: &canvas)
        }

        let tickTexts = Dictionary(
            yTicks.compactMap { tick in
                yAxis.position(of: tick.value).map { (dot($0, height: canvas.height) / 4, tick.text) }
            },
            uniquingKeysWith: { first, _ in first }
        )
        let labels = endLabels(names, yAxis, height: canvas.height)
        var lines = [terminal.styled(title + (isLogarithmic ? " (logarithmic)" : ""), .bold)]
        for row in 0..<rows {
            let tick = tickTexts[row]
            let text = tick ?? ""
            let margin = String(repeating: " ", count: left - text.count) + text + (tick == nil ? " │" : " ┤")
            let label = labels[row].map { " " + terminal.styled(names[$0], style($0)) } ?? ""
            lines.append(Self.trimmed(margin + canvas.text(row: row, for: terminal) + label))
        }
        lines += horizontalAxis(xAxis, columns: columns, indent: left + 1)
        let drawnCount = curves.count { $0.y.contains { yAxis.position(of: $0) != nil } }
        if labels.count < drawnCount {
            lines.append("There is no room for the names of \(drawnCount - labels.count) more; choose fewer runs.")
        }
        return lines.joined(separator: "\n")
    }

    private func style(_ index: Int) -> Style { Style.curves[index % Style.curves.count] }

    private func dot(_ position: Double, height: Int) -> Int {
        Int(((1 - position) * Double(height - 1)).rounded())
    }

    private func draw(
        _ x: [Double],
        _ y: [Double],
        _ style: Style,
        _ xAxis: ChartAxis,
        _ yAxis: ChartAxis,
        on canvas: inout BrailleCanvas
    ) {
        var last: BrailleCanvas.Dot?
        for (x, y) in zip(x, y) {
            guard let right = xAxis.position(of: x), let up = yAxis.position(of: y) else {
                last = nil
                continue
            }
            let dot = BrailleCanvas.Dot(
                x: Int((right * Double(canvas.width - 1)).rounded()),
                y: dot(up, height: canvas.height)
            )
            canvas.drawLine(from: last ?? dot, to: dot, style)
            last = dot
        }
    }

    /// The line of each curve's name: that of its last point, or near it where several end together.
    private func endLabels(_ names: [String], _ yAxis: ChartAxis, height: Int) -> [Int: Int] {
        var ends: [(curve: Int, row: Int)] = []
        for (index, curve) in curves.enumerated() {
            guard let position = curve.y.lazy.reversed().compactMap({ yAxis.position(of: $0) }).first else { continue }
            ends.append((index, dot(position, height: height) / 4))
        }
        ends = Array(ends.prefix(rows))
        ends.sort { ($0.row, $0.curve) < ($1.row, $1.curve) }
        for index in ends.indices.dropFirst() { ends[index].row = max(ends[index].row, ends[index - 1].row + 1) }
        var limit = rows - 1
        for index in ends.indices.reversed() {
            ends[index].row = min(ends[index].row, limit)
            limit = ends[index].row - 1
        }
        return Dictionary(uniqueKeysWithValues: ends.map { ($0.row, $0.curve) })
    }

    /// The line below the curves and the numbers below it.
    private func horizontalAxis(_ axis: ChartAxis, columns: Int, indent: Int) -> [String] {
        var line = Array(repeating: "─", count: columns)
        var numbers = ""
        for tick in axis.ticks(count: columns / Self.columnsPerTick) {
            guard let position = axis.position(of: tick) else { continue }
            let column = Int((position * Double(columns - 1)).rounded())
            let text = Self.text(tick)
            let start = max(0, column - text.count / 2)
            // A number that has no room is left out, with its mark.
            guard numbers.isEmpty || start > numbers.count else { continue }
            line[column] = "┬"
            numbers += String(repeating: " ", count: start - numbers.count) + text
        }
        let space = String(repeating: " ", count: indent)
        return ["\(space)└\(line.joined())", "\(space) \(numbers)  \(xTitle)"]
    }

    /// The end of a name that is too long: the beginning is often a path that several have.
    private static func shortened(_ name: String) -> String {
        guard name.displayWidth > longestName else { return name }
        return "…" + String(String(name.reversed()).prefix(displayWidth: longestName - 1).reversed())
    }

    private static func text(_ value: Double) -> String {
        if value.magnitude < 1e9, let whole = Int(exactly: value) { return whole.groupedText }
        return value.text(significantDigits: 6)
    }

    private static func trimmed(_ line: String) -> String {
        String(line.reversed().drop { $0 == " " }.reversed())
    }
}
