import Summaries
import Testing

@testable import Drawing

struct FigureTests {
    private let blue = Color.palette[0]

    /// The columns of pixels, of those in which anything may be, in which a colour is.
    private func columns(of color: Color, in image: Image) -> [Int] {
        (0..<image.width).filter { column in
            (0..<image.height).contains { row in
                image[row, column, 0] == color.red && image[row, column, 1] == color.green
                    && image[row, column, 2] == color.blue
            }
        }
    }

    @Test func aFigureFillsACard() throws {
        let image = try Figure([.line(y: [1.0, 2])]).image()
        #expect(image.width == 700 && image.height == 430 && image.channels == 3)
    }

    @Test func aLineHasAGapWhereANumberIsMissing() throws {
        let whole = columns(of: blue, in: try Figure([.line(y: [1.0, 1, 1, 1, 1])]).image())
        let broken = columns(of: blue, in: try Figure([.line(y: [1, 1, .nan, 1, 1])]).image())
        #expect(zip(whole, whole.dropFirst()).allSatisfy { $1 == $0 + 1 })
        #expect(broken.first == whole.first && broken.last == whole.last)
        #expect(zip(broken, broken.dropFirst()).filter { $1 > $0 + 50 }.count == 1)
    }

    @Test func aPointBetweenTwoGapsIsSeen() throws {
        let shown = columns(of: blue, in: try Figure([.line(y: [1, 1, .nan, 1, .nan, 1, 1])]).image())
        #expect(zip(shown, shown.dropFirst()).filter { $1 > $0 + 20 }.count == 2)
    }

    @Test func aBarEndsAtItsHeight() throws {
        let yAxis = Figure.Axis(range: 0...4)
        let image = try Figure([.bars(heights: [1.0, 2, 4])], yAxis: yAxis, categories: ["a", "b", "c"]).image()
        let heights = columns(of: blue, in: image).map { column in
            (0..<image.height).filter { image[$0, column, 0] == blue.red && image[$0, column, 2] == blue.blue }.count
        }
        let distinct = Set(heights).sorted()
        #expect(distinct.count == 3)
        #expect(abs(distinct[1] - 2 * distinct[0]) <= 2)
        #expect(abs(distinct[2] - 4 * distinct[0]) <= 4)
    }

    @Test func numbersWithoutALogarithmAreLeftOut() throws {
        let axis = Figure.Axis(scale: .logarithmic)
        let clean = try Figure([.points(x: [0.0, 1, 3], y: [1.0, 10, 1000])], yAxis: axis).image()
        let withZero = try Figure([.points(x: [0.0, 1, 2, 2, 3], y: [1.0, 10, 0, -1, 1000])], yAxis: axis).image()
        #expect(clean == withZero)
    }

    @Test func aThinnedLineLooksTheSame() throws {
        let ends = try Figure([.line(x: [0.0, 1], y: [0.0, 1])]).image()
        let steps = (0...50_000).map { Double($0) / 50_000 }
        let whole = try Figure([.line(x: steps, y: steps)]).image()
        let differing = zip(ends.samples, whole.samples).filter { abs(Int($0) - Int($1)) > 40 }.count
        #expect(differing < 60)
    }

    @Test(arguments: [Figure.Axis.Scale.linear, .logarithmic], [Figure.Axis.Scale.linear, .logarithmic])
    func noNumberIsTooOdd(xScale: Figure.Axis.Scale, yScale: Figure.Axis.Scale) throws {
        let odd: [Double] = [
            0, -0.0, 1, -1, .leastNonzeroMagnitude, -.leastNonzeroMagnitude, 1e-300, 1e300, -1e300, 1.797e308,
            -1.797e308, .nan, .infinity, -.infinity,
            1e-15, 1e15, 1 + .ulpOfOne,
        ]
        for x in odd {
            for y in odd {
                let series: [Figure.Series] = [.line(x: [x, y, 1], y: [y, x, x]), .points(x: [x], y: [y])]
                var figure = Figure(series, xAxis: .init(scale: xScale), yAxis: .init(scale: yScale))
                (figure.width, figure.height) = (100, 100)
                _ = try figure.image()
                guard xScale == .linear else { continue }
                figure.series = [.bars(heights: [x, y])]
                _ = try figure.image()
            }
        }
    }

    @Test func closeNumbersOnALogarithmicAxisAreDrawn() throws {
        let series = Figure.Series.line(y: [1000, 1000 + 1e-13])
        let shown = columns(of: blue, in: try Figure([series], yAxis: .init(scale: .logarithmic)).image())
        #expect(shown.count > 500)
    }

    @Test func theLegendOfManySeriesLeavesRoomForThem() throws {
        let series = (0..<300).map { Figure.Series.line("series \($0)", y: [0, Double($0)], color: .palette[0]) }
        for height in [100, 215] {
            var figure = Figure(series, title: "Many", xAxis: .init("x"), yAxis: .init("y"))
            figure.height = height
            let image = try figure.image()
            let bottom = image.height - 2 * 40
            #expect(
                (0..<image.width).contains { image[bottom, $0, 2] == blue.blue && image[bottom, $0, 0] == blue.red }
            )
        }
    }

    @Test func farPointsOfAGivenRangeAreCutOff() throws {
        let axis = Figure.Axis(range: 0...1)
        let line = Figure.Series.line(x: [0.5, 0.5], y: [-1e290, 1e290])
        let shown = columns(of: blue, in: try Figure([line], xAxis: axis, yAxis: axis).image())
        #expect((2...4).contains(shown.count))
    }

    @Test func aPointBesideNoBarsIsDrawn() throws {
        let figure = Figure([.points(x: [5.0], y: [1.0], color: .palette[0]), .bars(heights: [Double]())])
        #expect(try figure.image() != Figure([.bars(heights: [Double]())]).image())
    }

    @Test func aFigureWithoutDataHasItsAxes() throws {
        let image = try Figure([], title: "Nothing", categories: []).image()
        #expect(image.samples.contains { $0 < 255 })
    }

    @Test func namesOfSeriesAreListedInColour() throws {
        let without = columns(of: blue, in: try Figure([.line(y: [Double]())]).image())
        let with = columns(of: blue, in: try Figure([.line("name", y: [Double]())]).image())
        #expect(without.isEmpty && with.count == 18)
    }

    @Test func aFigureThatCannotBeDrawnSaysWhy() {
        var tiny = Figure([])
        tiny.width = 99
        var huge = Figure([])
        huge.height = .max
        let manyPoints = [Double](repeating: 0, count: 100_001)
        let wrong: [(Figure, SummaryError.Code)] = [
            (tiny, .invalidShape), (huge, .invalidShape),
            (Figure([.line(x: [1.0], y: [1.0, 2])]), .wrongCount),
            (Figure([.points(y: manyPoints)]), .wrongCount),
            (Figure([], xAxis: .init(range: 1...1)), .outOfRange),
            (Figure([], yAxis: .init(range: 0 ... .infinity)), .outOfRange),
            (Figure([], yAxis: .init(scale: .logarithmic, range: 0...1)), .outOfRange),
            (Figure([], yAxis: .init(scale: .logarithmic, range: 1...(1 + .ulpOfOne))), .outOfRange),
            (Figure([.bars(heights: [1.0])], xAxis: .init(scale: .logarithmic)), .outOfRange),
        ]
        for (figure, code) in wrong {
            #expect { _ = try figure.image() } throws: { ($0 as? SummaryError)?.code == code }
        }
    }
}
