package import Summaries

/// How often each class was taken for each other one, drawn with names and numbers.
package struct ConfusionMatrix {
    /// The largest number of classes.
    package static let largestClassCount = 200

    private static let margin = 6.0
    private static let lineHeight = 13.0
    private static let longestName = 90.0
    /// A name takes this much of its row's or column's breadth.
    private static let nameBreadth = 10.0

    private let counts: [Int]
    private let names: [String]
    private let rowTotals: [Double]

    /// Checks the counts.
    ///
    /// - Parameters:
    ///   - counts: One for each pair of classes, none negative: the true class's row, the predicted class's column.
    ///   - names: One for each class.
    /// - Throws: ``SummaryError`` for no class, too many of them, or a wrong number or sign of counts.
    package init(_ counts: [Int], names: [String]) throws(SummaryError) {
        let classCount = names.count
        guard (1...Self.largestClassCount).contains(classCount) else {
            let message = "a confusion matrix cannot have \(classCount) classes; give it 1 to \(Self.largestClassCount)"
            throw SummaryError(.invalidShape, message)
        }
        guard counts.count == classCount * classCount else {
            let message =
                "\(classCount) classes make \(classCount * classCount) counts, but \(counts.count) were given; give "
                + "exactly one for each true and predicted class"
            throw SummaryError(.wrongCount, message)
        }
        if let index = counts.firstIndex(where: { $0 < 0 }) {
            let (row, column) = index.quotientAndRemainder(dividingBy: classCount)
            let message = "the count in row \(row), column \(column) is \(counts[index]); give counts of 0 or more"
            throw SummaryError(.outOfRange, message)
        }
        self.counts = counts
        self.names = names
        rowTotals = (0..<classCount).map { row in
            counts[(row * classCount)..<((row + 1) * classCount)].reduce(0) { $0 + Double($1) }
        }
    }

    /// Draws the matrix.
    package func image() throws(SummaryError) -> Image {
        let font = BitmapFont.standard
        let shownNames = names.map { font.text($0, fitting: Int(Self.longestName)) }
        let longestName = shownNames.map { Double(font.width(of: $0)) }.max() ?? 0
        let left = Self.margin + Self.lineHeight + longestName + 6
        let top = Self.margin + Self.lineHeight + 2
        let room = Double(Canvas.cardWidth) - Self.margin - left
        // A few classes do not fill the card: their cells would be huge.
        let cell = (min(room / Double(names.count), 64) * 2).rounded(.down) / 2
        let side = cell * Double(names.count)
        let isUpright = longestName + 4 > cell * Double(nameStride(cell))
        let nameHeight = isUpright ? longestName : Double(BitmapFont.capitalHeight)
        let height = top + side + 5 + nameHeight + 6 + Self.lineHeight

        var canvas = Canvas(width: Canvas.cardWidth, height: Int(height.rounded(.up)), scale: 2)
        let matrix = Canvas.Rectangle(x: left, y: top, width: side, height: side)
        drawCells(in: matrix, cell: cell, on: &canvas)
        drawNames(shownNames, around: matrix, cell: cell, isUpright: isUpright, on: &canvas)
        drawTitles(around: matrix, nameHeight: nameHeight, on: &canvas)
        return try canvas.image()
    }

    /// Every how many classes a name has room.
    private func nameStride(_ cell: Double) -> Int { max(1, Int((Self.nameBreadth / cell).rounded(.up))) }

    private func drawCells(in matrix: Canvas.Rectangle, cell: Double, on canvas: inout Canvas) {
        let widest = counts.map { BitmapFont.standard.width(of: String($0)) }.max() ?? 0
        let showsCounts = Double(widest) + 3 <= cell
        // The gap between cells, which a matrix of many classes has no room for.
        let gap = cell >= 6 ? 0.5 : 0
        for (index, count) in counts.enumerated() {
            let (row, column) = index.quotientAndRemainder(dividingBy: names.count)
            let (x, y) = (matrix.x + Double(column) * cell, matrix.y + Double(row) * cell)
            let share = rowTotals[row] > 0 ? Double(count) / rowTotals[row] : 0
            let color = Color(0xF1_F5_F9).mixed(with: Color(0x08_45_94), share)
            canvas.fill(Canvas.Rectangle(x: x, y: y, width: cell - gap, height: cell - gap), color)
            if showsCounts {
                let center = Canvas.Point(x: x + cell / 2, y: y + (cell - Double(BitmapFont.capitalHeight)) / 2)
                canvas.text(String(count), at: center, count == 0 ? Ink.frame : color.readableInk, anchor: .center)
            }
        }
    }

    private func drawNames(
        _ shownNames: [String],
        around matrix: Canvas.Rectangle,
        cell: Double,
        isUpright: Bool,
        on canvas: inout Canvas
    ) {
        let half = Double(BitmapFont.capitalHeight) / 2
        for index in stride(from: 0, to: names.count, by: nameStride(cell)) {
            let name = shownNames[index]
            let middle = (Double(index) + 0.5) * cell
            canvas.text(
                name,
                at: Canvas.Point(x: matrix.x - 5, y: matrix.y + middle - half),
                Ink.strong,
                anchor: .trailing
            )
            if isUpright {
                let start = matrix.bottom + 5 + Double(BitmapFont.standard.width(of: name))
                canvas.verticalText(name, at: Canvas.Point(x: matrix.x + middle - half, y: start), Ink.strong)
            } else {
                canvas.text(
                    name,
                    at: Canvas.Point(x: matrix.x + middle, y: matrix.bottom + 5),
                    Ink.strong,
                    anchor: .center
                )
            }
        }
    }

    private func drawTitles(around matrix: Canvas.Rectangle, nameHeight: Double, on canvas: inout Canvas) {
        let font = BitmapFont.standard
        let below = Canvas.Point(x: matrix.x + matrix.width / 2, y: matrix.bottom + 5 + nameHeight + 6)
        canvas.text("predicted", at: below, Ink.soft, anchor: .center)
        let truth = "true"
        let beside = matrix.y + (matrix.height + Double(font.width(of: truth))) / 2
        canvas.verticalText(truth, at: Canvas.Point(x: Self.margin, y: beside), Ink.soft)

        let total = rowTotals.reduce(0, +)
        let correct = (0..<names.count).reduce(0.0) { $0 + Double(counts[$1 * names.count + $1]) }
        let accuracy = total > 0 ? "accuracy \(DecimalText(correct / total))" : "no counts"
        canvas.text(accuracy, at: Canvas.Point(x: matrix.x, y: Self.margin), Ink.soft)
    }
}
