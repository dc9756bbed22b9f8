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

    @Test(arguments: [60, 80, 120])
    func noLineWrapsWhateverTheNames(width: Int) throws {
        for names in [["a", "b"], ["run\u{1b}[2J", "名前の長い実行名前の長い実行", "👩‍👩‍👧‍👦e\u{301}"], (0..<40).map { "run\($0)" }] {
            var chart = LineChart(title: String(repeating: "長い/", count: 60), xTitle: "step")
            chart.ignoresOutliers = true
            chart.outlierHint = "--no-ignore-outliers"
            for (index, name) in names.enumerated() {
                chart.add(LineChart.Curve(name, x: (0..<100).map(Double.init), y: (0..<100).map { Double($0 + index) }))
            }
            for allowsColor in [false, true] {
                let terminal = TestTerminal(width: width).terminal(allowsColor: allowsColor)
                let lines = try #require(chart.lines(width: width - 1, for: terminal))
                #expect(lines.allSatisfy { $0.width < width && $0.width == $0.plain.displayWidth })
                #expect(lines.contains { $0.plain.hasSuffix("step") })
                #expect(!lines.map(\.plain).joined().contains("\u{1b}"))
            }
        }
    }

    @Test
    func namesOfCurvesThatEndTogetherStandInLinesOfTheirOwn() throws {
        var chart = LineChart(title: "cost", xTitle: "step", rows: 4)
        for name in ["run1", "run2", "run3", "run4"] { chart.add(LineChart.Curve(name, x: [0, 1], y: [1, 0])) }
        chart.add(LineChart.Curve("nothing to see", x: [0], y: [.nan]))
        let ends = try #require(drawn(chart)).split(separator: "\n")[1...4].map { String($0.suffix(6)) }
        #expect(ends == ["a run1", "b run2", "c run3", "d run4"])
    }

    @Test
    func namesWithoutRoomBesideTheCurvesStandBelow() throws {
        var chart = LineChart(title: "cost", xTitle: "step", rows: 4)
        for name in ["run1", "run2", "run3", "run4", "run5"] {
            chart.add(LineChart.Curve(name, x: [0, 1], y: [1, 0]))
        }
        #expect(try #require(drawn(chart)).hasSuffix("\na run1   b run2   c run3   d run4\ne run5"))
        var long = LineChart(title: "cost", xTitle: "step", rows: 4)
        long.add(LineChart.Curve("a name that is rather long", x: [0, 1], y: [1, 0]))
        #expect(try #require(drawn(long)).hasSuffix("\n── a name that is rather long"))
    }

    @Test
    func lettersTellCurvesApartWithoutColours() throws {
        var chart = LineChart(title: "cost", xTitle: "step", rows: 4)
        chart.add(LineChart.Curve("run1", x: [0, 1], y: [0, 0]))
        chart.add(LineChart.Curve("run2", x: [0, 1], y: [1, 1]))
        let lines = try #require(drawn(chart, width: 60)).split(separator: "\n")
        #expect(lines[1].filter { $0 == "b" }.count > 2 && !lines[1].contains("a"))
        #expect(lines[4].filter { $0 == "a" }.count > 2 && !lines[4].contains("b"))
        #expect(try #require(drawn(chart, width: 60, allowsColor: true)).contains("─ a run1") == false)
    }

    @Test
    func twelveCurvesHaveColoursOfTheirOwnAndMoreHaveLetters() throws {
        #expect(Set(Style.curves).count >= 12)
        let terminal = TestTerminal().terminal(allowsColor: true)
        let names = (0..<13).map { (name: "run\($0)", index: $0) }
        let twelve = LineChart.legend(Array(names.prefix(12)), width: 79, for: terminal)
        #expect(twelve[0].plain.hasPrefix("── run0   ── run1"))
        #expect(LineChart.legend(names, width: 79, for: terminal)[0].plain.hasPrefix("a run0   b run1"))
    }

    @Test
    func outliersAreLeftOutAsInTensorBoard() throws {
        var y = (0..<100).map { Double($0) / 100 }
        y[50] = 1000
        var chart = LineChart(title: "cost", xTitle: "step", rows: 4)
        chart.ignoresOutliers = true
        chart.outlierHint = "press o"
        chart.add(LineChart.Curve("run1", x: y.indices.map(Double.init), y: y))
        let text = try #require(drawn(chart, width: 60))
        #expect(text.hasSuffix("\n2 outliers not shown (press o)"))
        #expect(!text.contains("1,000"))
        chart.ignoresOutliers = false
        #expect(try #require(drawn(chart, width: 60)).contains("1,000 ┤"))
    }

    @Test
    func fewPointsHaveNoOutliers() throws {
        var chart = chart([1, 2, 1000])
        chart.ignoresOutliers = true
        #expect(try #require(drawn(chart, width: 60)).contains("1,000 ┤"))
    }

    @Test
    func bandsAreFilledBetweenTheirEdges() throws {
        var chart = LineChart(title: "cost", xTitle: "step", rows: 5)
        chart.add(
            LineChart.Curve("mean", x: [0, 1], y: [5, 5], band: .init(low: [0, 0], high: [10, 10]))
        )
        for isASCII in [false, true] {
            let terminal = TestTerminal(width: 40).terminal(isASCII: isASCII)
            let lines = try #require(chart.lines(width: 39, for: terminal))
            #expect(lines[1...5].allSatisfy { $0.plain.dropFirst(4).prefix(20).filter { $0 != " " }.count >= 5 })
        }
    }

    @Test
    func asciiIsASCII() throws {
        var chart = LineChart(title: "costé", xTitle: "step", rows: 4)
        for name in ["run1", "実行"] { chart.add(LineChart.Curve(name, x: [0, 1], y: [1, 0])) }
        let text = try #require(chart.text(for: TestTerminal(width: 40).terminal(isASCII: true)))
        #expect(text.utf8.allSatisfy { $0 < 0x80 })
        #expect(text.hasPrefix("cost?\n"))
        #expect(text.contains("a run1") && text.contains("b ????"))
    }

    @Test(arguments: [
        (0.0, 7200.0, ["01:30", "02:00", "02:30"]), (0, 20, ["01:00:05", "01:00:10"]),
        (1_700_000_000, 1_700_400_000, ["11-15", "11-17"]), (951_778_800, 951_951_600, ["02-29", "03-01"]),
    ])
    func wallTimesAreTimesOfDayOrDays(from: Double, to: Double, texts: [String]) throws {
        var chart = LineChart(title: "cost", xTitle: "time")
        chart.horizontalAxis = .wallTime(secondsFromUTC: 3600)
        chart.add(LineChart.Curve("run1", x: [from, to], y: [0, 1]))
        let numbers = try #require(drawn(chart, width: 90)?.split(separator: "\n").last)
        for text in texts { #expect(numbers.contains(text)) }
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
