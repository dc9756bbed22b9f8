import Summaries
import Testing

@testable import Drawing

struct DrawingTests {
    private func color(_ image: Image, _ row: Int, _ column: Int) -> Color {
        Color(red: image[row, column, 0], green: image[row, column, 1], blue: image[row, column, 2])
    }

    private func solid(_ value: UInt8, height: Int, width: Int, channels: Int = 1) throws -> Image {
        let samples = [UInt8](repeating: value, count: height * width * channels)
        return try Image(samples, height: height, width: width, channels: channels)
    }

    // MARK: - Text

    @Test func everyPrintableCharacterHasAShapeOfItsOwn() {
        let characters = (33...126).map { Character(UnicodeScalar(UInt8($0))) }
        let shapes = characters.map { BitmapFont.standard.glyph(for: $0) }
        #expect(Set(shapes).count == characters.count)
        #expect(shapes.allSatisfy { !$0.columns.allSatisfy { $0 == 0 } })
        #expect(BitmapFont.standard.glyph(for: " ").columns.allSatisfy { $0 == 0 })
    }

    @Test(arguments: ["é", "\u{7F}", "\n", "漢", "🙂"] as [Character])
    func otherCharactersAreBoxes(character: Character) {
        #expect(BitmapFont.standard.glyph(for: character).columns == [0x7F, 0x41, 0x41, 0x41, 0x7F])
    }

    @Test func aTextIsDrawnWhereItWasAskedFor() throws {
        var canvas = Canvas(width: 20, height: 12, scale: 2)
        canvas.text("L", at: Canvas.Point(x: 3, y: 2), .black)
        let image = try canvas.image()
        var inked: Set<[Int]> = []
        for row in 0..<24 {
            for column in 0..<40 where image[row, column, 0] == 0 { inked.insert([row / 2, column / 2]) }
        }
        let stem = (2...8).map { [$0, 3] }
        let foot = (3...6).map { [8, $0] }
        #expect(inked == Set(stem + foot))
    }

    @Test func aTextThatDoesNotFitIsCutShort() {
        let font = BitmapFont.standard
        let text = String(repeating: "width", count: 10_000)
        let shown = font.text(text, fitting: 60)
        #expect(shown.hasSuffix("...") && shown.hasPrefix("width"))
        #expect(font.width(of: shown) <= 60)
        #expect(font.text("short", fitting: 60) == "short")
        #expect(font.text("", fitting: 0) == "")
    }

    @Test(arguments: [
        (0, "0"), (1, "1"), (-0.25, "-0.25"), (0.001, "0.001"), (0.000_12, "1.2e-4"), (123_456, "123000"), (2e6, "2e6"),
        (0.333_333, "0.333"), (-1.5e-30, "-1.5e-30"), (1.797e308, "1.8e308"), (9.999, "10"),
        (.leastNonzeroMagnitude, "0"),
    ])
    func numbersAreWrittenWithThreeDigits(value: Double, text: String) {
        #expect(DecimalText(value).description == text)
    }

    // MARK: - Axes

    @Test(arguments: [
        (0.0, 1.0, 5, ["0", "0.2", "0.4", "0.6", "0.8", "1"]), (-1, 1, 4, ["-1", "-0.5", "0", "0.5", "1"]),
        (0, 7, 3, ["0", "5"]), (1e-9, 3e-9, 2, ["1e-9", "2e-9", "3e-9"]), (1e20, 1e20 + 1e5, 4, ["1e20", "1e20"]),
    ])
    func marksAreAtRoundNumbers(lower: Double, upper: Double, count: Int, texts: [String]) {
        let ticks = AxisTick.linear(lower...upper, count: count)
        #expect(ticks.map(\.text) == texts)
        #expect(zip(ticks, ticks.dropFirst()).allSatisfy { $0.value < $1.value })
    }

    @Test func marksOfALogarithmicAxisArePowersOfTen() {
        #expect(AxisTick.logarithmic(0.001...10, count: 5).map(\.text) == ["0.001", "0.01", "0.1", "1", "10"])
        #expect(AxisTick.logarithmic(1e-9...1, count: 5).count <= 5)
        #expect(AxisTick.logarithmic(2...5, count: 3).count >= 2)
    }

    // MARK: - Colours

    @Test func colourMapsBeginAndEndWithTheirPublishedColours() {
        #expect(ColorMap.viridis.color(at: 0) == Color(red: 68, green: 1, blue: 84))
        #expect(ColorMap.viridis.color(at: 1) == Color(red: 253, green: 231, blue: 37))
        #expect(ColorMap.magma.color(at: 0) == Color(red: 0, green: 0, blue: 4))
        #expect(ColorMap.magma.color(at: 1) == Color(red: 252, green: 253, blue: 191))
        #expect(ColorMap.diverging.color(at: 0) == Color(red: 59, green: 76, blue: 192))
        #expect(ColorMap.diverging.color(at: 1) == Color(red: 180, green: 4, blue: 38))
        #expect(ColorMap.grey.color(at: 0.5) == Color(red: 128, green: 128, blue: 128))
        #expect(ColorMap.grey.color(at: -7) == .black)
        #expect(ColorMap.grey.color(at: .infinity) == .white)
    }

    // MARK: - Heat maps

    @Test func eachCellHasTheColourOfItsNumber() throws {
        let values: [Float] = [0, 1, 2, 3, .nan, 5]
        let image = try HeatMap(values, rows: 2, columns: 3, colorMap: .grey, range: nil).image()
        #expect(image.width == 700)
        // The matrix begins 6 points from the left and the top and is 3 cells wide.
        let cell = (700 - 2 * (6 + 6 + 6 + 10 + 4 + 5)) / 3
        for (index, value) in values.enumerated() {
            let (row, column) = index.quotientAndRemainder(dividingBy: 3)
            let expected = value.isNaN ? Ink.missing : ColorMap.grey.color(at: Double(value) / 5)
            #expect(color(image, 12 + row * cell + cell / 2, 12 + column * cell + cell / 2) == expected)
        }
    }

    @Test func aDivergingMapHasZeroInTheMiddle() throws {
        let image = try HeatMap([0, 0, 0, 4], rows: 2, columns: 2, colorMap: .diverging, range: nil).image()
        #expect(color(image, 20, 20) == ColorMap.diverging.color(at: 0.5))
    }

    @Test(arguments: [(1, 2), (1, 4096), (4096, 1), (300, 700), (784, 10)])
    func everyShapeIsDrawn(rows: Int, columns: Int) throws {
        var values = [Float](repeating: 0, count: rows * columns)
        values[values.count - 1] = .nan
        let image = try HeatMap(values, rows: rows, columns: columns, colorMap: .viridis, range: nil).image()
        #expect(image.width.isMultiple(of: Canvas.cardWidth))
        let magenta = [Ink.missing.red, Ink.missing.green, Ink.missing.blue]
        let isShown = stride(from: 0, to: image.samples.count, by: 3).contains {
            Array(image.samples[$0..<$0 + 3]) == magenta
        }
        #expect(isShown)
    }

    // MARK: - Confusion matrices

    @Test func aCellIsColouredByItsShareOfTheRow() throws {
        let matrix = try ConfusionMatrix([1, 1, 0, 400], names: ["a", "b"])
        let image = try matrix.image()
        // The cells of few classes are 64 points wide; the names are 4 points wide.
        let (left, top) = (6 + 13 + 4 + 6, 6 + 13 + 2)
        func cell(_ row: Int, _ column: Int) -> Color {
            color(image, 2 * (top + row * 64 + 2), 2 * (left + column * 64 + 2))
        }
        #expect(cell(0, 0) == cell(0, 1))
        #expect(cell(1, 0) != cell(0, 0))
        #expect(cell(1, 1) == Color(red: 0x08, green: 0x45, blue: 0x94))
    }

    @Test(arguments: [1, 2, 37, 200])
    func anyNumberOfClassesIsDrawn(classCount: Int) throws {
        let counts = [Int](repeating: .max, count: classCount * classCount)
        let names = (0..<classCount).map { "class with a long name \($0)" }
        #expect(try ConfusionMatrix(counts, names: names).image().width == 700)
    }

    // MARK: - Grids and boxes

    @Test(arguments: [(1, 1, 0), (2, 3, 2), (3, 2, 5), (5, 1, 1)])
    func imagesOfAGridAreAtTheirPlaces(rows: Int, columns: Int, padding: Int) throws {
        let images = try (0..<rows * columns).map { try solid(UInt8(10 + $0), height: 4, width: 3) }
        let grid = try Image.grid(images, columns: columns, padding: padding)
        #expect(grid.height == rows * (4 + padding) + padding)
        #expect(grid.width == columns * (3 + padding) + padding)
        #expect(grid.channels == 1)
        var expected = [UInt8](repeating: 255, count: grid.height * grid.width)
        for row in 0..<grid.height {
            for column in 0..<grid.width {
                let (gridRow, y) = row.quotientAndRemainder(dividingBy: 4 + padding)
                let (gridColumn, x) = column.quotientAndRemainder(dividingBy: 3 + padding)
                guard y >= padding, x >= padding, gridRow < rows, gridColumn < columns else { continue }
                expected[row * grid.width + column] = UInt8(10 + gridRow * columns + gridColumn)
            }
        }
        #expect(grid.samples == expected)
    }

    @Test func aGridTakesImagesOfAllKinds() throws {
        let small = try solid(7, height: 1, width: 1)
        let clear = try Image([9, 0] + [9, 0] + [9, 0], height: 3, width: 1, channels: 2)
        let red = try Image([255, 0, 0], height: 1, width: 1, channels: 3)
        let grid = try Image.grid([small, clear, red], columns: 3, padding: 0, background: .black)
        #expect(grid.channels == 4)
        let black: [UInt8] = [0, 0, 0, 255]
        let nine: [UInt8] = [9, 9, 9, 0]
        let middle: [[UInt8]] = [[7, 7, 7, 255], nine, [255, 0, 0, 255]]
        #expect(grid.samples == Array([[black, nine, black], middle, [black, nine, black]].joined().joined()))
    }

    @Test func aBoxIsDrawnAtItsEdges() throws {
        let box = BoundingBox(x: 2, y: 3, width: 4, height: 5, color: .white)
        let image = try solid(0, height: 10, width: 10, channels: 1).drawing([box])
        #expect(image.channels == 3)
        for row in 0..<10 {
            for column in 0..<10 {
                let isInside = (3..<8).contains(row) && (2..<6).contains(column)
                let isInner = (4..<7).contains(row) && (3..<5).contains(column)
                let expected: UInt8 = isInside && !isInner ? 255 : 0
                #expect(image[row, column, 1] == expected)
            }
        }
    }

    @Test func whatIsDrawnOnAClearImageIsOpaque() throws {
        let box = BoundingBox(x: 0, y: 0, width: 3, height: 3)
        let image = try solid(0, height: 3, width: 3, channels: 4).drawing([box])
        #expect(image[0, 0, 3] == 255)
        #expect(image[1, 1, 3] == 0)
    }

    @Test func aLabelStaysOnTheImage() throws {
        let box = BoundingBox(x: 190, y: -20, width: 1e300, height: 30, label: "a long label", color: .white)
        let image = try solid(0, height: 50, width: 200, channels: 3).drawing([box])
        #expect(image[0, 199, 0] == 255)
        #expect(image[0, 150, 0] == 255)
        #expect(image[49, 100, 0] == 0)
    }
}
