import CommandLineSupport
import Testing

struct LineChartTests {
    private func drawn(_ chart: LineChart, width: Int = 40, allowsColor: Bool = false) -> String? {
        chart.text(for: TestTerminal(width: width).terminal(allowsColor: allowsColor))
    }

    private func chart(_ y: [Double], isLogarithmic: Bool = false, rows: Int = 4) -> LineChart {
        var chart = LineChart(title: "cost", xTitle: "step", isLogarithmic: isLogarithmic, rows: rows)
        chart.add(LineChart.Curve("run1", x: y.indices.map(Double.init), y: y))
        return chart
    }

    @Test
    func drawsACurveWithItsNameAtTheEnd() {
        #expect(
            drawn(chart([0, 1, 2, 3])) == """
                cost
                  │                       ⢀⣀⡠⠤⠔⠒⠊⠉ run1
                2 ┤               ⢀⣀⡠⠤⠔⠒⠊⠉⠁
                  │       ⣀⣀⠤⠤⠔⠒⠊⠉⠁
                0 ┤⣀⠤⠤⠒⠒⠉⠉
                  └┬───────────────────┬──────────
                   0                   2  step
                """
        )
    }

    @Test
    func logarithmicAxesHavePowersOfTen() throws {
        let text = try #require(drawn(chart([1, 10, 100, 0, -1], isLogarithmic: true, rows: 8)))
        let ticks = text.split(separator: "\n").compactMap { $0.contains("┤") ? $0.prefix { $0 != "┤" } : nil }
        #expect(ticks.map { $0.filter { $0 != " " } } == ["100", "10", "1"])
        #expect(text.hasPrefix("cost (logarithmic)\n"))
    }

    @Test(arguments: [[], [Double.nan], [.infinity, -.infinity]])
    func thereIsNoChartOfNothing(values: [Double]) {
        #expect(drawn(chart(values)) == nil)
    }

    @Test(arguments: [
        [1.0], [0], [5, 5, 5], [-Double.greatestFiniteMagnitude, Double.greatestFiniteMagnitude],
        [1e300, 1e300 + 1e285],
        [Double.leastNonzeroMagnitude, 0], [1, .nan, 2, .infinity, 3],
    ])
    func strangeValuesAreDrawn(values: [Double]) throws {
        let lines = try #require(drawn(chart(values))).split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count == 7)
        #expect(lines.joined().unicodeScalars.contains { (0x2801...0x28FF).contains($0.value) })
    }

    @Test(arguments: [1, 10, 20, 200])
    func noLineIsWiderThanTheTerminal(width: Int) throws {
        let text = try #require(drawn(chart([0, 1e-5, 123_456]), width: width))
        // Below that the curve would say nothing any more.
        let lines: [Substring] = text.split(separator: "\n")
        #expect(lines.dropLast().allSatisfy { $0.count <= max(width, 40) })
    }

    @Test
    func namesOfCurvesThatEndTogetherStandInLinesOfTheirOwn() throws {
        var chart = LineChart(title: "cost", xTitle: "step", rows: 4)
        for name in ["a", "b", "c", "d", "e"] { chart.add(LineChart.Curve(name, x: [0, 1], y: [1, 0])) }
        chart.add(LineChart.Curve("nothing to see", x: [0], y: [.nan]))
        let text = try #require(drawn(chart))
        let ends = text.split(separator: "\n")[1...4].map { String($0.suffix(1)) }
        #expect(ends == ["a", "b", "c", "d"])
        #expect(text.hasSuffix("There is no room for the names of 1 more; choose fewer runs."))
    }

    @Test
    func coloursAndBackgroundsAreForTerminalsThatHaveThem() throws {
        var chart = LineChart(title: "cost", xTitle: "step", rows: 4)
        chart.add(LineChart.Curve("run1", x: [0, 1, 2], y: [1, 1, 1], background: [0, 2, 0]))
        #expect(try #require(drawn(chart)).contains("\u{1b}") == false)
        let coloured = try #require(drawn(chart, allowsColor: true))
        #expect(coloured.contains("\u{1b}[36m"))
        #expect(coloured.contains("\u{1b}[2m"))
    }
}
