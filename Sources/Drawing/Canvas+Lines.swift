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
