extension Canvas {
    /// Which part of a text is at its position.
    enum TextAnchor {
        case leading
        case center
        case trailing
    }

    /// Draws a line of text.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - position: The height of the top of capital letters, and where the anchor is. Rounded to whole points, which
    ///     keeps the dots of a letter square.
    ///   - color: The colour.
    ///   - anchor: Which part of the text is at `position`.
    ///   - size: The number of points that a dot of a letter is wide.
    mutating func text(
        _ text: String,
        at position: Point,
        _ color: Color,
        anchor: TextAnchor = .leading,
        size: Int = 1
    ) {
        let font = BitmapFont.standard
        let width = Double(font.width(of: text) * size)
        let start =
            switch anchor {
            case .leading: position.x
            case .center: position.x - width / 2
            case .trailing: position.x - width
            }
        let dot = Double(size)
        var x = start.rounded()
        let y = position.y.rounded()
        for character in text {
            font.glyph(for: character).forEachDot { column, row in
                let place = Rectangle(x: x + Double(column) * dot, y: y + Double(row) * dot, width: dot, height: dot)
                fill(place, color)
            }
            x += Double(font.advance(of: character)) * dot
        }
    }

    /// Draws a line of text that is read from bottom to top.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - position: The left end of capital letters, and where the text starts, which is its lower end.
    ///   - color: The colour.
    mutating func verticalText(_ text: String, at position: Point, _ color: Color) {
        let font = BitmapFont.standard
        let x = position.x.rounded()
        var y = position.y.rounded()
        for character in text {
            font.glyph(for: character).forEachDot { column, row in
                fill(Rectangle(x: x + Double(row), y: y - Double(column) - 1, width: 1, height: 1), color)
            }
            y -= Double(font.advance(of: character))
        }
    }
}
