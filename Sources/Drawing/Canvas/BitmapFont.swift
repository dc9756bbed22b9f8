/// Letters of 5×7 dots and less, drawn for this library, for text in pictures.
///
/// It has the printable characters of ASCII; others are drawn as a box.
struct BitmapFont: Sendable {
    /// The shape of a character.
    struct Glyph: Sendable, Hashable {
        /// One number a column from the left; the lowest bit is the topmost dot.
        var columns: [UInt16]

        /// Calls `draw` for each dot, counted from the left and from the top of a capital letter.
        func forEachDot(_ draw: (_ x: Int, _ y: Int) -> Void) {
            for (x, column) in columns.enumerated() {
                for y in 0..<BitmapFont.rowCount where column >> y & 1 == 1 { draw(x, y) }
            }
        }
    }

    /// The height of a capital letter and of a digit.
    static let capitalHeight = 7
    /// The height of a character with what hangs below the line.
    static let rowCount = 9
    /// The space between two characters.
    private var gap = 1
    private static let firstCharacter: UInt8 = 32
    /// The font.
    static let standard = BitmapFont(sheet: sheet)

    /// Measures that suffice for a reader's sans-serif font of 10 points, also for a wide one such as DejaVu Sans; letters
    /// beyond ASCII may be as wide as they are high.
    static let readersFont: BitmapFont = {
        var font = standard
        font.gap = 2
        font.box = Glyph(columns: [UInt16](repeating: 0, count: 9))
        return font
    }()

    private let glyphs: [Glyph]
    private var box = Glyph(columns: [0x7F, 0x41, 0x41, 0x41, 0x7F])

    /// Reads a sheet: lines of characters side by side, separated by spaces, and an empty line between the lines.
    private init(sheet: String) {
        glyphs = sheet.split(separator: "\n\n").flatMap { band in
            let rows = band.split(separator: "\n").map { $0.split(separator: " ") }
            return (0..<(rows.first?.count ?? 0)).map { index in
                var columns = [UInt16](repeating: 0, count: rows[0][index].count)
                for (y, row) in rows.enumerated() {
                    for (x, dot) in row[index].utf8.enumerated() where dot == UInt8(ascii: "#") { columns[x] |= 1 << y }
                }
                return Glyph(columns: columns)
            }
        }
    }

    /// The shape of a character.
    func glyph(for character: Character) -> Glyph {
        guard let code = character.asciiValue, code >= Self.firstCharacter else { return box }
        let index = Int(code - Self.firstCharacter)
        return index < glyphs.count ? glyphs[index] : box
    }

    /// From the start of a character to that of the next one.
    func advance(of character: Character) -> Int { glyph(for: character).columns.count + gap }

    /// The number of dots that a text is wide.
    func width(of text: String) -> Int {
        max(0, text.reduce(0) { $0 + advance(of: $1) } - gap)
    }

    /// The beginning of a text, with dots at its end if it does not fit.
    func text(_ text: String, fitting width: Int) -> String {
        // Looks at no more of the text than can be shown.
        var shown = ""
        var used = -gap
        for character in text {
            used += advance(of: character)
            guard used <= width else {
                while !shown.isEmpty, self.width(of: shown + "...") > width { shown.removeLast() }
                return shown + "..."
            }
            shown.append(character)
        }
        return shown
    }
}

extension BitmapFont {
    /// The printable characters of ASCII in their order, sixteen a line.
    static let sheet = """
        ... # #.# .#.#. ..#.. ##..# .##.. # ..# #.. ..... ..... .. .... . ....#
        ... # #.# .#.#. .#### ##..# #..#. # .#. .#. #.#.# ..#.. .. .... . ...#.
        ... # ... ##### #.#.. ...#. #.#.. . #.. ..# .###. ..#.. .. .... . ...#.
        ... # ... .#.#. .###. ..#.. .#... . #.. ..# ##### ##### .. #### . ..#..
        ... # ... ##### ..#.# .#... #.#.# . #.. ..# .###. ..#.. .. .... . .#...
        ... . ... .#.#. ####. #..## #..#. . .#. .#. #.#.# ..#.. .# .... . .#...
        ... # ... .#.#. ..#.. #..## .##.# . ..# #.. ..... ..... .# .... # #....
        ... . ... ..... ..... ..... ..... . ... ... ..... ..... #. .... . .....
        ... . ... ..... ..... ..... ..... . ... ... ..... ..... .. .... . .....

        .###. ..#.. .###. .###. ...#. ##### ..##. ##### .###. .###. . .. ...# .... #... .###.
        #...# .##.. #...# #...# ..##. #.... .#... ....# #...# #...# . .. ..#. .... .#.. #...#
        #..## ..#.. ....# ....# .#.#. ####. #.... ...#. #...# #...# # .# .#.. #### ..#. ....#
        #.#.# ..#.. ...#. ..##. #..#. ....# ####. ..#.. .###. .#### . .. #... .... ...# ...#.
        ##..# ..#.. ..#.. ....# ##### ....# #...# ..#.. #...# ....# . .. .#.. #### ..#. ..#..
        #...# ..#.. .#... #...# ...#. #...# #...# .#... #...# ...#. . .# ..#. .... .#.. .....
        .###. .###. ##### .###. ...#. .###. .###. .#... .###. .##.. # .# ...# .... #... ..#..
        ..... ..... ..... ..... ..... ..... ..... ..... ..... ..... . #. .... .... .... .....
        ..... ..... ..... ..... ..... ..... ..... ..... ..... ..... . .. .... .... .... .....

        .###. .###. ####. .###. ####. ##### ##### .###. #...# ### ...# #...# #... #...# #...# .###.
        #...# #...# #...# #...# #...# #.... #.... #...# #...# .#. ...# #..#. #... ##.## ##..# #...#
        #.### #...# #...# #.... #...# #.... #.... #.... #...# .#. ...# #.#.. #... #.#.# ##..# #...#
        #.#.# ##### ####. #.... #...# ####. ####. #.### ##### .#. ...# ##... #... #.#.# #.#.# #...#
        #.### #...# #...# #.... #...# #.... #.... #...# #...# .#. ...# #.#.. #... #...# #..## #...#
        #.... #...# #...# #...# #...# #.... #.... #...# #...# .#. #..# #..#. #... #...# #..## #...#
        .###. #...# ####. .###. ####. ##### #.... .#### #...# ### .##. #...# #### #...# #...# .###.
        ..... ..... ..... ..... ..... ..... ..... ..... ..... ... .... ..... .... ..... ..... .....
        ..... ..... ..... ..... ..... ..... ..... ..... ..... ... .... ..... .... ..... ..... .....

        ####. .###. ####. .#### ##### #...# #...# #...# #...# #...# ##### ## #.... ## ..#.. .....
        #...# #...# #...# #.... ..#.. #...# #...# #...# #...# #...# ....# #. .#... .# .#.#. .....
        #...# #...# #...# #.... ..#.. #...# #...# #...# .#.#. .#.#. ...#. #. .#... .# #...# .....
        ####. #...# ####. .###. ..#.. #...# #...# #.#.# ..#.. ..#.. ..#.. #. ..#.. .# ..... .....
        #.... #.#.# #.#.. ....# ..#.. #...# .#.#. #.#.# .#.#. ..#.. .#... #. ...#. .# ..... .....
        #.... #..#. #..#. ....# ..#.. #...# .#.#. ##.## #...# ..#.. #.... #. ...#. .# ..... .....
        #.... .##.# #...# ####. ..#.. .###. ..#.. #...# #...# ..#.. ##### ## ....# ## ..... .....
        ..... ..... ..... ..... ..... ..... ..... ..... ..... ..... ..... .. ..... .. ..... #####
        ..... ..... ..... ..... ..... ..... ..... ..... ..... ..... ..... .. ..... .. ..... .....

        #. .... #... .... ...# .... ..# .... #... # .# #... #. ..... .... ....
        .# .... #... .... ...# .... .#. .... #... . .. #... #. ..... .... ....
        .. .##. ###. .### .### .##. ### .### ###. # .# #..# #. ####. ###. .##.
        .. ...# #..# #... #..# #..# .#. #..# #..# # .# #.#. #. #.#.# #..# #..#
        .. .### #..# #... #..# #### .#. #..# #..# # .# ##.. #. #.#.# #..# #..#
        .. #..# #..# #... #..# #... .#. #..# #..# # .# #.#. #. #.#.# #..# #..#
        .. .### ###. .### .### .### .#. .### #..# # .# #..# .# #.#.# #..# .##.
        .. .... .... .... .... .... ... ...# .... . .# .... .. ..... .... ....
        .. .... .... .... .... .... ... .##. .... . #. .... .. ..... .... ....

        .... .... ... .... .#. .... ..... ..... ..... .... .... ..# # #.. .....
        .... .... ... .... .#. .... ..... ..... ..... .... .... .#. # .#. .....
        ###. .### #.# .### ### #..# #...# #...# #...# #..# #### .#. # .#. .#..#
        #..# #..# ##. #... .#. #..# #...# #...# .#.#. #..# ...# #.. # ..# #.#.#
        #..# #..# #.. .##. .#. #..# .#.#. #.#.# ..#.. #..# .##. .#. # .#. #..#.
        #..# #..# #.. ...# .#. #..# .#.#. #.#.# .#.#. #..# #... .#. # .#. .....
        ###. .### #.. ###. ..# .### ..#.. .#.#. #...# .### #### ..# # #.. .....
        #... ...# ... .... ... .... ..... ..... ..... ...# .... ... . ... .....
        #... ...# ... .... ... .... ..... ..... ..... .##. .... ... . ... .....
        """
}

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
