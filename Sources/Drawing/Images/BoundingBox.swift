public import Summaries

/// A rectangle to be drawn on an image, with a name.
///
/// ```swift
/// let cat = BoundingBox(x: 12, y: 30, width: 80, height: 60, label: "cat 0.93")
/// writer.image("detections", photo, boxes: [cat], step: 7)
/// ```
public struct BoundingBox: Sendable, Hashable {
    /// The left edge in pixels from the left of the image.
    public var x: Double
    /// The upper edge in pixels from the top of the image.
    public var y: Double
    /// In pixels.
    public var width: Double
    /// In pixels.
    public var height: Double
    /// Drawn at the box; nothing if empty.
    public var label: String
    /// The colour of the frame and behind the label; `nil` for one of ``Color/palette`` by the box's place in the list.
    public var color: Color?

    /// Creates a box.
    ///
    /// - Parameters:
    ///   - x: The left edge in pixels from the left of the image.
    ///   - y: The upper edge in pixels from the top of the image.
    ///   - width: In pixels.
    ///   - height: In pixels.
    ///   - label: Drawn at the box; nothing if empty.
    ///   - color: The colour of the frame and behind the label; `nil` for one of ``Color/palette``.
    public init(x: Double, y: Double, width: Double, height: Double, label: String = "", color: Color? = nil) {
        self.x = x
        self.y = y
        self.width = width
        self.height = height
        self.label = label
        self.color = color
    }
}

extension Image {
    /// Draws boxes and their labels on the image; a grey image becomes coloured.
    ///
    /// What lies outside of the image is left out. Lines and letters are larger on a larger image, so that they can be
    /// read on a card.
    ///
    /// - Parameter boxes: Drawn in their order.
    /// - Returns: An image of the same size.
    /// - Throws: `SummaryError.Code.outOfRange` for a box whose edges are not finite or whose size is negative.
    public func drawing(_ boxes: [BoundingBox]) throws(SummaryError) -> Image {
        var canvas = Canvas(self)
        let dot = Double(max(1, (width + Canvas.cardWidth / 2) / Canvas.cardWidth))
        for (index, box) in boxes.enumerated() {
            let frame = Canvas.Rectangle(x: box.x, y: box.y, width: box.width, height: box.height)
            guard frame.x.isFinite, frame.y.isFinite, frame.right.isFinite, frame.bottom.isFinite, box.width >= 0,
                box.height >= 0
            else {
                let message =
                    "box \(index) at (\(box.x), \(box.y)) is \(box.width) wide and \(box.height) high, which is no "
                    + "rectangle; give finite numbers, and a size of 0 or more"
                throw SummaryError(.outOfRange, message)
            }
            let color = box.color ?? .numbered(index)
            canvas.stroke(frame, lineWidth: width < Canvas.cardWidth / 2 ? 1 : 2 * dot, color)
            let text = BitmapFont.standard.text(box.label, fitting: width / Int(dot))
            if !text.isEmpty { canvas.drawLabel(text, of: frame, dot: dot, imageWidth: Double(width), color) }
        }
        return try canvas.image()
    }
}

extension Canvas {
    /// Draws a label above a frame, or in it where there is no room above.
    fileprivate mutating func drawLabel(
        _ text: String,
        of frame: Rectangle,
        dot: Double,
        imageWidth: Double,
        _ color: Color
    ) {
        let width = Double(BitmapFont.standard.width(of: text) + 4) * dot
        let height = Double(BitmapFont.rowCount + 2) * dot
        let x = max(0, min(frame.x, imageWidth - width))
        let y = frame.y >= height ? frame.y - height : max(0, frame.y)
        fill(Rectangle(x: x, y: y, width: width, height: height), color)
        self.text(text, at: Point(x: x + 2 * dot, y: y + 2 * dot), color.readableInk, size: Int(dot))
    }
}
