/// How much of each pixel a line covers.
///
/// A line is gathered here before it is drawn, so that pixels near a joint, which both segments cover, do not get the
/// colour twice.
struct LineMask {
    private let columns: Range<Int>
    private let rows: Range<Int>
    private let radius: Double
    private var coverage: [Float]

    /// Creates a mask without a line.
    ///
    /// - Parameters:
    ///   - columns: The pixels that may be covered.
    ///   - rows: The pixels that may be covered.
    ///   - lineWidth: In pixels.
    init(columns: Range<Int>, rows: Range<Int>, lineWidth: Double) {
        self.columns = columns
        self.rows = rows
        radius = lineWidth / 2
        coverage = [Float](repeating: 0, count: columns.count * rows.count)
    }

    /// From 0 to 1.
    subscript(column: Int, row: Int) -> Float {
        coverage[(row - rows.lowerBound) * columns.count + column - columns.lowerBound]
    }

    /// Adds a straight segment with round ends, given in pixels.
    mutating func add(fromX startX: Double, y startY: Double, toX endX: Double, y endY: Double) {
        let (deltaX, deltaY) = (endX - startX, endY - startY)
        let squaredLength = deltaX * deltaX + deltaY * deltaY
        // A pixel more than the line covers, for the smooth edge.
        let reach = radius + 1
        for y in Self.pixels(min(startY, endY) - reach, max(startY, endY) + reach, in: rows) {
            let offsetY = Double(y) + 0.5 - startY
            // Where the segment is near this row, as fractions of its length.
            let isFlat = abs(deltaY) < 1
            let (near, far) = isFlat ? (0, 1) : ((offsetY - reach) / deltaY, (offsetY + reach) / deltaY)
            let (nearX, farX) = (startX + min(max(near, 0), 1) * deltaX, startX + min(max(far, 0), 1) * deltaX)
            let lineStart = (y - rows.lowerBound) * columns.count - columns.lowerBound
            for x in Self.pixels(min(nearX, farX) - reach, max(nearX, farX) + reach, in: columns) {
                let offsetX = Double(x) + 0.5 - startX
                let along = offsetX * deltaX + offsetY * deltaY
                let fraction = squaredLength > 0 ? min(max(along / squaredLength, 0), 1) : 0
                let (missX, missY) = (offsetX - fraction * deltaX, offsetY - fraction * deltaY)
                let covered = Float(min(radius + 0.5 - (missX * missX + missY * missY).squareRoot(), 1))
                if covered > coverage[lineStart + x] { coverage[lineStart + x] = covered }
            }
        }
    }

    /// The pixels between two edges.
    private static func pixels(_ lower: Double, _ upper: Double, in range: Range<Int>) -> Range<Int> {
        let (first, last) = (Double(range.lowerBound), Double(range.upperBound))
        let start = Int(min(max(lower.rounded(.down), first), last))
        return start..<max(start, Int(min(max(upper.rounded(.up), first), last)))
    }
}
