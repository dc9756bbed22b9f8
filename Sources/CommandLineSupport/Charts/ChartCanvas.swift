/// Dots on a terminal: two columns and four rows of them in each character (Unicode's braille patterns), or in ASCII one.
struct ChartCanvas {
    /// A place on the canvas in dots, from the upper left.
    struct Dot: Equatable {
        var x: Int
        var y: Int
    }

    /// The number of characters in a line.
    let columns: Int
    /// The number of lines.
    let rows: Int
    /// Whether each character is one dot.
    let isASCII: Bool

    /// The dots of each character, as they are numbered in Unicode.
    private var patterns: [UInt8]
    /// What stands in place of a character's dots, if anything.
    private var marks: [Character?]
    /// How what was drawn last into each character looks.
    private var styles: [Style?]

    init(columns: Int, rows: Int, isASCII: Bool = false) {
        self.columns = columns
        self.rows = rows
        self.isASCII = isASCII
        patterns = Array(repeating: 0, count: columns * rows)
        marks = Array(repeating: nil, count: columns * rows)
        styles = Array(repeating: nil, count: columns * rows)
    }

    private var dotsAcross: Int { isASCII ? 1 : 2 }
    private var dotsDown: Int { isASCII ? 1 : 4 }

    /// The number of dots in a row.
    var width: Int { columns * dotsAcross }
    /// The number of dots in a column.
    var height: Int { rows * dotsDown }

    /// The column of the character in which a dot is.
    func column(of dot: Dot) -> Int { dot.x / dotsAcross }
    /// The line in which a dot is.
    func row(ofDotAt y: Int) -> Int { y / dotsDown }

    /// Draws a dot, which must be on the canvas; in ASCII as `character`.
    mutating func draw(_ dot: Dot, _ style: Style?, as character: Character = "*") {
        let cell = dot.y / dotsDown * columns + dot.x / dotsAcross
        if isASCII {
            marks[cell] = character
        } else {
            // The first six dots go down the columns; the last row came later to braille and has the last two bits.
            let bit = dot.y % 4 == 3 ? 6 + dot.x % 2 : dot.x % 2 * 3 + dot.y % 4
            patterns[cell] |= 1 << UInt8(bit)
        }
        styles[cell] = style
    }

    /// Puts a character in place of the dots around one.
    mutating func mark(_ dot: Dot, _ character: Character, _ style: Style?) {
        let cell = dot.y / dotsDown * columns + dot.x / dotsAcross
        marks[cell] = character
        styles[cell] = style
    }

    /// Draws a line between dots on the canvas, both included (Bresenham's algorithm).
    mutating func drawLine(from start: Dot, to end: Dot, _ style: Style?, as character: Character = "*") {
        let (dx, dy) = (abs(end.x - start.x), -abs(end.y - start.y))
        var dot = start
        var error = dx + dy
        draw(dot, style, as: character)
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
            draw(dot, style, as: character)
        }
    }

    /// The characters of a line.
    func line(row: Int) -> StyledLine {
        var line = StyledLine()
        var part = ""
        var partStyle: Style?
        for cell in row * columns..<(row + 1) * columns {
            if styles[cell] != partStyle {
                line.append(part, partStyle)
                (part, partStyle) = ("", styles[cell])
            }
            part.append(marks[cell] ?? Self.character(patterns[cell]))
        }
        line.append(part, partStyle)
        return line
    }

    private static func character(_ pattern: UInt8) -> Character {
        // A braille character without dots is as wide, but many fonts draw small circles.
        pattern == 0 ? " " : Character(Unicode.Scalar(0x2800 + UInt32(pattern)) ?? " ")
    }
}
