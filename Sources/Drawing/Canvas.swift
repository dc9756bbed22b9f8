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
