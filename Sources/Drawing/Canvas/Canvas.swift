import Summaries

/// A picture to draw on.
///
/// Positions are in points from the top left; a point is `scale` pixels wide and high. TensorBoard shows a picture 350
/// screen points wide without smoothing, so drawings are 350 points wide where they can be.
struct Canvas {
    /// A position in points.
    struct Point {
        var x: Double
        var y: Double
    }

    /// A rectangle in points.
    struct Rectangle {
        var x: Double
        var y: Double
        var width: Double
        var height: Double

        var right: Double { x + width }
        var bottom: Double { y + height }
    }

    /// The width of a card of the Images dashboard.
    static let cardWidth = 350

    /// The number of pixels that a point is wide.
    let scale: Int
    /// The number of pixels in a row.
    let width: Int
    /// The number of rows of pixels.
    let height: Int
    private let channels: Int
    private var samples: [UInt8]

    /// Creates a white canvas.
    ///
    /// - Parameters:
    ///   - width: In points.
    ///   - height: In points.
    ///   - scale: The number of pixels that a point is wide.
    init(width: Int, height: Int, scale: Int) {
        self.scale = scale
        self.width = width * scale
        self.height = height * scale
        channels = 3
        samples = [UInt8](repeating: 255, count: self.width * self.height * channels)
    }

    /// Creates a canvas that shows an image, where a point is a pixel.
    init(_ image: Image) {
        scale = 1
        width = image.width
        height = image.height
        channels = image.hasAlpha ? 4 : 3
        samples = image.samples(isColoured: true, hasAlpha: image.hasAlpha)
    }

    /// What has been drawn.
    func image() throws(SummaryError) -> Image {
        try Image(samples, height: height, width: width, channels: channels)
    }

    /// Fills the pixels of a rectangle whose centres are in it.
    mutating func fill(_ rectangle: Rectangle, _ color: Color) {
        let columns = pixels(rectangle.x, rectangle.right, limit: width)
        for y in pixels(rectangle.y, rectangle.bottom, limit: height) {
            for x in columns { set(x, y, color) }
        }
    }

    /// Draws the outline of a rectangle, inside of it.
    mutating func stroke(_ rectangle: Rectangle, lineWidth: Double, _ color: Color) {
        let (width, height) = (rectangle.width, rectangle.height)
        fill(Rectangle(x: rectangle.x, y: rectangle.y, width: width, height: lineWidth), color)
        fill(Rectangle(x: rectangle.x, y: rectangle.bottom - lineWidth, width: width, height: lineWidth), color)
        fill(Rectangle(x: rectangle.x, y: rectangle.y, width: lineWidth, height: height), color)
        fill(Rectangle(x: rectangle.right - lineWidth, y: rectangle.y, width: lineWidth, height: height), color)
    }

    /// The pixels whose centres lie between two positions in points.
    func pixels(_ lower: Double, _ upper: Double, limit: Int) -> Range<Int> {
        func edge(_ position: Double) -> Int {
            Int(min(max((position * Double(scale)).rounded(), 0), Double(limit)))
        }
        let (start, end) = (edge(lower), edge(upper))
        return start..<max(start, end)
    }

    /// Gives a pixel a colour.
    private mutating func set(_ x: Int, _ y: Int, _ color: Color) {
        let index = (y * width + x) * channels
        samples[index] = color.red
        samples[index + 1] = color.green
        samples[index + 2] = color.blue
        if channels == 4 { samples[index + 3] = 255 }
    }

    /// Lays a colour over a pixel.
    mutating func blend(_ x: Int, _ y: Int, _ color: Color, _ opacity: Double) {
        let index = (y * width + x) * channels
        func mix(_ old: UInt8, _ new: UInt8) -> UInt8 {
            UInt8(Double(old) + (Double(new) - Double(old)) * opacity + 0.5)
        }
        samples[index] = mix(samples[index], color.red)
        samples[index + 1] = mix(samples[index + 1], color.green)
        samples[index + 2] = mix(samples[index + 2], color.blue)
        if channels == 4 { samples[index + 3] = mix(samples[index + 3], 255) }
    }
}

extension Canvas {
    /// Draws a line through points with round joints and ends, or a disc if there is one point.
    ///
    /// - Parameters:
    ///   - points: One or more, in the order of the line; their coordinates are finite.
    ///   - lineWidth: In points.
    ///   - color: The colour.
    ///   - opacity: From 0 to 1.
    ///   - clip: What lies outside of it is not drawn.
    mutating func polyline(_ points: [Point], lineWidth: Double, _ color: Color, opacity: Double = 1, clip: Rectangle) {
        guard let first = points.first else { return }
        let (xs, ys) = (points.map(\.x), points.map(\.y))
        // A pixel more than the line covers, for the smooth edge.
        let reach = lineWidth / 2 + 1 / Double(scale)
        let columns = pixels((xs.min() ?? 0) - reach, (xs.max() ?? 0) + reach, limit: width)
            .clamped(to: pixels(clip.x, clip.right, limit: width))
        let rows = pixels((ys.min() ?? 0) - reach, (ys.max() ?? 0) + reach, limit: height)
            .clamped(to: pixels(clip.y, clip.bottom, limit: height))
        var mask = LineMask(columns: columns, rows: rows, lineWidth: lineWidth * Double(scale))
        let scale = Double(scale)
        var start = first
        for end in points.count > 1 ? points[1...] : [first] {
            mask.add(fromX: start.x * scale, y: start.y * scale, toX: end.x * scale, y: end.y * scale)
            start = end
        }
        for y in rows {
            for x in columns {
                let coverage = mask[x, y]
                if coverage > 0 { blend(x, y, color, Double(coverage) * opacity) }
            }
        }
    }
}

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
