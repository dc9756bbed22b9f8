import Testing

@testable import Drawing

struct FigureSVGTests {
    /// The points of a path: absolute from the differences.
    private func points(of svg: String) -> [(x: Double, y: Double)] {
        guard let start = svg.firstRange(of: " d=\"M"), let end = svg[start.upperBound...].firstIndex(of: "\"") else {
            return []
        }
        var numbers: [Double] = []
        var text = ""
        for character in svg[start.upperBound..<end] {
            if !"0123456789.".contains(character) {
                if let number = Double(text) { numbers.append(number) }
                text = character == "-" ? "-" : ""
            } else {
                text.append(character)
            }
        }
        if let number = Double(text) { numbers.append(number) }
        var points: [(x: Double, y: Double)] = []
        for index in stride(from: 0, to: numbers.count - 1, by: 2) {
            let last = points.last ?? (0, 0)
            points.append((last.x + numbers[index], last.y + numbers[index + 1]))
        }
        return points
    }

    @Test func aPathLeadsThroughThePoints() throws {
        var figure = Figure(
            [.line(x: [0.0, 1, 2], y: [0.0, 10, 5])],
            xAxis: .init(range: 0...2),
            yAxis: .init(range: 0...10)
        )
        (figure.width, figure.height) = (400, 300)
        let points = points(of: try figure.svg())
        #expect(points.count == 3)
        #expect(abs(points[1].x - (points[0].x + points[2].x) / 2) < 0.11)
        #expect(points[0].y > points[2].y && points[2].y > points[1].y)
        #expect(abs(points[2].y - (points[0].y + points[1].y) / 2) < 0.11)
    }

    @Test func thinningKeepsTheExtremes() {
        var values = (0..<100_000).map { _ in Double.random(in: -1...1) }
        values[33_333] = 50
        values[66_666] = -50
        values[12_345] = .nan
        values[54_321] = .infinity
        let line = Figure.Series.line(y: values).thinned(columns: 200)
        #expect(line.x.count <= 1000)
        #expect(line.y.max() == .infinity && line.y.contains(50) && line.y.contains(-50))
        #expect(line.y.contains { $0.isNaN })
        #expect(line.x.first == 0 && line.x.last == 99_999)
        #expect(zip(line.x, line.y).allSatisfy { values[Int($0)] == $1 || $1.isNaN })
        #expect(zip(line.x, line.x.dropFirst()).allSatisfy { $0 < $1 })
        // What a column of the whole has, the thinned one has too.
        for column in 0..<200 {
            let places = column * 500..<(column + 1) * 500
            let whole = places.map { values[$0] }.filter(\.isFinite)
            let kept = zip(line.x, line.y).filter { places.contains(Int($0.0)) && $0.1.isFinite }.map(\.1)
            // The columns are of 499.995 steps, so that a point at an edge may be in the next one.
            #expect(kept.count <= 6)
            #expect((whole.max() ?? 0) - (kept.max() ?? 0) < 0.1 || column > 0)
        }
    }

    @Test func aShortLineIsNotThinned() {
        let line = Figure.Series.line(y: [1.0, 2, 3])
        #expect(line.thinned(columns: 10) == line)
    }

    @Test func textIsEscaped() throws {
        let svg = try Figure([.line("<a> & \"b\"\u{1}\u{ffff}", y: [1.0, 2])], title: "a < 'b'").svg(description: "]]>")
        #expect(svg.contains("&lt;a&gt; &amp; &quot;b&quot;\u{fffd}\u{fffd}"))
        #expect(svg.contains("<title>a &lt; &#39;b&#39;</title>"))
        #expect(svg.contains("<desc>]]&gt;</desc>"))
    }

    @Test func anOutlierIsIgnoredAndANearEndIsNot() throws {
        let axis = Figure.Axis()
        var values = (0...100).map(Double.init)
        let rising = try #require(axis.rangeIgnoringOutliers(of: values))
        #expect(rising.contains(0) && rising.contains(100))
        values[50] = 1e9
        let range = try #require(axis.rangeIgnoringOutliers(of: values + [.nan, .infinity]))
        #expect(range.upperBound < 110)
        #expect(axis.rangeIgnoringOutliers(of: [1, 1, 1, 1]) == nil)
        #expect(axis.rangeIgnoringOutliers(of: [1, 2]) == nil)
        let logarithmic = Figure.Axis(scale: .logarithmic)
        let powers = (0...100).map { Double($0) } + [1e-200]
        let positive = try #require(logarithmic.rangeIgnoringOutliers(of: powers))
        #expect(positive.lowerBound > 0.1 && positive.upperBound > 100)
    }

    @Test func namesAtTheEndsOfLinesDoNotTouch() throws {
        let lines = (0..<8).map { Figure.Series.line("name\($0)", y: [Double($0), 1]) }
        var figure = Figure(lines)
        figure.legend = .lineEnds
        let svg = try figure.svg()
        let heights = svg.split(separator: "<text ").filter { $0.contains("\">name") }.compactMap { text -> Double? in
            let y = text.split(separator: "y=\"")[1].prefix { $0 != "\"" }
            return Double(y)
        }
        #expect(heights.count == 8)
        #expect(zip(heights, heights.dropFirst()).allSatisfy { $1 - $0 >= 9.9 })
        figure.legend = .hidden
        #expect(try figure.svg().split(separator: "<text ").allSatisfy { !$0.contains("\">name") })
    }

    @Test func numbersThatAreNotFiniteAreMarked() throws {
        var figure = Figure([.line(y: [1, .nan, 2, .infinity, 3])])
        let plain = try figure.svg().split(separator: "<path").count
        figure.marksNonFinite = true
        #expect(try figure.svg().split(separator: "<path").count == plain + 2)
        #expect(try figure.image() != Figure([.line(y: [1, .nan, 2, .infinity, 3])]).image())
    }

    @Test func dashesHaveGaps() throws {
        let pattern = [5.0, 3]
        let clip = Canvas.Rectangle(x: 0, y: 0, width: 100, height: 10)
        let line = [Canvas.Point(x: 0, y: 5), Canvas.Point(x: 3, y: 5), Canvas.Point(x: 20, y: 5)]
        let pieces = line.dashed(pattern, within: clip)
        #expect(pieces.map { $0.map(\.x) } == [[0, 3, 5], [8, 13], [16, 20]])
        // A segment that leads far away takes no more dashes than its part inside.
        let far = [Canvas.Point(x: 0, y: 5), Canvas.Point(x: 10, y: 1e9)]
        #expect(far.dashed(pattern, within: clip).count < 10)
        var dashed = Figure([.line(y: [1.0, 1])])
        let solid = try dashed.image()
        dashed.series[0].dash = [0, 0]
        #expect(try dashed.image() == solid)
        dashed.series[0].dash = pattern
        #expect(try dashed.image() != solid)
    }

    @Test(
        arguments: [
            (0, 60, "00:00:10"), (1_767_225_540, 1_767_225_960, "2026-01-01"), (951_696_000, 951_868_800, "2000-02-29"),
            (-259_200, 0, "1969-12-31"), (0, 1e15, "4e14"), (3.2, 3.4, "00:00:03"),
        ] as [(Double, Double, String)]
    )
    func timesAreMarked(lower: Double, upper: Double, text: String) {
        let ticks = AxisTick.time(lower...upper, count: 6)
        #expect(ticks.contains { $0.text == text }, "\(ticks)")
        #expect(ticks.allSatisfy { (lower...upper).contains($0.value) })
        #expect(ticks.count < 20)
    }
}
