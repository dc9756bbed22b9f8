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
