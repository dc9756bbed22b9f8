/// What a drawing is drawn on: pixels, or a vector graphic.
protocol DrawingSurface {
    /// Fills a rectangle.
    mutating func fill(_ rectangle: Canvas.Rectangle, _ color: Color)

    /// Draws a line through points with round joints and ends, or a disc if there is one point.
    ///
    /// - Parameters:
    ///   - points: One or more, in the order of the line; their coordinates are finite.
    ///   - stroke: How it looks.
    ///   - clip: What lies outside of it is not drawn.
    mutating func polyline(_ points: [Canvas.Point], _ stroke: Stroke, clip: Canvas.Rectangle)

    /// Writes a line of text whose capital letters begin at a position's height.
    mutating func text(_ text: String, at position: Canvas.Point, _ color: Color, anchor: Canvas.TextAnchor)

    /// Begins something that has a name, which a surface may show on request.
    mutating func beginGroup(_ name: String)

    /// Ends what ``beginGroup(_:)`` began.
    mutating func endGroup()
}

extension DrawingSurface {
    /// Writes a line of text that begins at a position.
    mutating func text(_ text: String, at position: Canvas.Point, _ color: Color) {
        self.text(text, at: position, color, anchor: .leading)
    }
}

/// The look of a line.
struct Stroke: Hashable {
    let color: Color
    /// In points.
    let width: Double
    /// From 0 to 1.
    let opacity: Double
    /// The lengths of strokes and gaps in turn, in points; empty for a line without gaps.
    let dash: [Double]

    init(_ color: Color, width: Double, opacity: Double = 1, dash: [Double] = []) {
        self.color = color
        self.width = width
        self.opacity = min(max(opacity.isNaN ? 1 : opacity, 0), 1)
        // A pattern that does not advance would never end.
        let isUsable = dash.allSatisfy { $0.isFinite && $0 >= 0 } && dash.reduce(0, +) >= 1
        self.dash = isUsable ? dash : []
    }
}

extension Canvas: DrawingSurface {
    mutating func polyline(_ points: [Point], _ stroke: Stroke, clip: Rectangle) {
        for piece in points.dashed(stroke.dash, within: clip) {
            polyline(piece, lineWidth: stroke.width, stroke.color, opacity: stroke.opacity, clip: clip)
        }
    }

    mutating func text(_ text: String, at position: Point, _ color: Color, anchor: TextAnchor) {
        self.text(text, at: position, color, anchor: anchor, size: 1)
    }

    // Pixels have no names.
    mutating func beginGroup(_ name: String) {}

    mutating func endGroup() {}
}

extension [Canvas.Point] {
    /// The strokes of a dashed line.
    ///
    /// - Parameters:
    ///   - pattern: The lengths of strokes and gaps in turn; empty for one stroke.
    ///   - clip: What is drawn. Segments outside of it take no dashes, since they may be very long.
    /// - Returns: Lines of a point or more.
    func dashed(_ pattern: [Double], within clip: Canvas.Rectangle) -> [[Canvas.Point]] {
        guard !pattern.isEmpty, let first, count > 1 else { return [self] }
        // An odd number of lengths counts twice, as in SVG.
        let pattern = pattern.count.isMultiple(of: 2) ? pattern : pattern + pattern
        var pieces: [[Canvas.Point]] = [[first]]
        var (index, left) = (0, pattern[0])
        var start = first
        for end in dropFirst() {
            let segment = clip.part(of: start, end)
            let (deltaX, deltaY) = (segment.end.x - segment.start.x, segment.end.y - segment.start.y)
            let length = (deltaX * deltaX + deltaY * deltaY).squareRoot()
            var done = 0.0
            while length - done > left {
                done += left
                let point = Canvas.Point(
                    x: segment.start.x + deltaX * done / length,
                    y: segment.start.y + deltaY * done / length
                )
                if index.isMultiple(of: 2) { pieces[pieces.count - 1].append(point) }
                index = (index + 1) % pattern.count
                left = pattern[index]
                if index.isMultiple(of: 2) { pieces.append([point]) }
            }
            left -= length - done
            if index.isMultiple(of: 2) { pieces[pieces.count - 1].append(end) }
            start = end
        }
        return pieces
    }
}

extension Canvas.Rectangle {
    /// A segment with its ends moved into the height of the rectangle and some room around it.
    fileprivate func part(of start: Canvas.Point, _ end: Canvas.Point) -> (start: Canvas.Point, end: Canvas.Point) {
        let (upper, lower) = (y - 20, bottom + 20)
        func moved(_ point: Canvas.Point, towards other: Canvas.Point) -> Canvas.Point {
            let limit = min(max(point.y, upper), lower)
            guard limit != point.y, other.y != point.y else { return point }
            let fraction = min((limit - point.y) / (other.y - point.y), 1)
            guard fraction > 0 else { return Canvas.Point(x: point.x, y: limit) }
            return Canvas.Point(x: point.x + (other.x - point.x) * fraction, y: limit)
        }
        return (moved(start, towards: end), moved(end, towards: start))
    }
}
