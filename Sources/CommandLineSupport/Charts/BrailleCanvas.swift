/// Dots on a terminal, two columns and four rows of them in each character (Unicode's braille patterns).
struct BrailleCanvas {
    /// A place on the canvas in dots, from the upper left.
    struct Dot: Equatable {
        var x: Int
        var y: Int
    }

    /// The number of characters in a line.
    let columns: Int
    /// The number of lines.
    let rows: Int

    /// The dots of each character, as they are numbered in Unicode.
    private var patterns: [UInt8]
    /// How what was drawn last into each character looks.
    private var styles: [Style?]

    init(columns: Int, rows: Int) {
        self.columns = columns
        self.rows = rows
        patterns = Array(repeating: 0, count: columns * rows)
        styles = Array(repeating: nil, count: columns * rows)
    }

    /// The number of dots in a row.
    var width: Int { columns * 2 }
    /// The number of dots in a column.
    var height: Int { rows * 4 }

    /// Draws a dot, which must be on the canvas.
    mutating func draw(_ dot: Dot, _ style: Style) {
        // The first six dots go down the columns; the last row came later to braille and has the last two bits.
        let bit = dot.y % 4 == 3 ? 6 + dot.x % 2 : dot.x % 2 * 3 + dot.y % 4
        let cell = dot.y / 4 * columns + dot.x / 2
        patterns[cell] |= 1 << UInt8(bit)
        styles[cell] = style
    }

    /// Draws a line between dots on the canvas, both included (Bresenham's algorithm).
    mutating func drawLine(from start: Dot, to end: Dot, _ style: Style) {
        let (dx, dy) = (abs(end.x - start.x), -abs(end.y - start.y))
        var dot = start
        var error = dx + dy
        draw(dot, style)
        while dot != end {
            let doubled = 2 * error
            if doubled >= dy {
                error += dy
                dot.x += end.x > start.x ? 1 : -1
            }
            if doubled <= dx {
                error += dx
                dot.y += end.y > start.y ? 1 : -1
            }
            draw(dot, style)
        }
    }

    /// The characters of a line.
    func text(row: Int, for terminal: Terminal) -> String {
        var text = ""
        var part = ""
        var partStyle: Style?
        func endPart() {
            text += partStyle.map { terminal.styled(part, $0) } ?? part
            part = ""
        }
        for cell in row * columns..<(row + 1) * columns {
            if styles[cell] != partStyle {
                endPart()
                partStyle = styles[cell]
            }
            part.unicodeScalars.append(Self.character(patterns[cell]))
        }
        endPart()
        return text
    }

    private static func character(_ pattern: UInt8) -> Unicode.Scalar {
        // A braille character without dots is as wide, but many fonts draw small circles.
        pattern == 0 ? " " : Unicode.Scalar(0x2800 + UInt32(pattern)) ?? " "
    }
}
