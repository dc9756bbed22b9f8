/// A line of text whose parts have styles, and whose width on a terminal is known.
///
/// Control characters are replaced as text is added: names come from files.
package struct StyledLine: Sendable, Hashable {
    private struct Part: Hashable {
        var text: String
        var style: Style?
    }

    private var parts: [Part] = []
    /// The number of columns that the line takes.
    package private(set) var width = 0

    /// Creates a line of one part.
    package init(_ text: String = "", _ style: Style? = nil) {
        append(text, style)
    }

    /// The text without styles.
    package var plain: String { parts.map(\.text).joined() }

    /// Adds text at the end.
    package mutating func append(_ text: String, _ style: Style? = nil) {
        guard !text.isEmpty else { return }
        let text = text.printable
        width += text.displayWidth
        if let last = parts.last, last.style == style {
            parts[parts.count - 1].text += text
        } else {
            parts.append(Part(text: text, style: style))
        }
    }

    /// Adds another line at the end.
    package mutating func append(_ line: StyledLine) {
        for part in line.parts { append(part.text, part.style) }
    }

    /// The longest beginning that fits in a number of columns.
    package func prefix(width limit: Int) -> StyledLine {
        guard width > limit else { return self }
        var line = StyledLine()
        for part in parts {
            let text = part.text.prefix(displayWidth: limit - line.width)
            line.append(String(text), part.style)
            guard text.endIndex == part.text.endIndex else { break }
        }
        return line
    }

    /// The line with spaces at its end, or cut off, so that it takes exactly a number of columns.
    package func padded(to columns: Int) -> StyledLine {
        var line = prefix(width: columns)
        line.append(String(repeating: " ", count: columns - line.width))
        return line
    }

    /// The line without spaces at its end.
    package var trimmed: StyledLine {
        var line = self
        while let last = line.parts.last {
            let kept = last.text.lastIndex { $0 != " " }.map { last.text[...$0] } ?? ""
            line.width -= last.text.count - kept.count
            guard kept.isEmpty else {
                line.parts[line.parts.count - 1].text = String(kept)
                return line
            }
            line.parts.removeLast()
        }
        return line
    }

    /// The line as it is sent to a terminal.
    package func text(for terminal: Terminal) -> String {
        parts.map { part in
            let text = terminal.isASCII ? part.text.asciiDrawing : part.text
            return part.style.map { terminal.styled(text, $0) } ?? text
        }.joined()
    }
}

extension Terminal {
    /// Sends lines of text, each with a line break, all at once.
    package func write(_ lines: [StyledLine]) {
        write(lines.map { $0.trimmed.text(for: self) + "\n" }.joined())
    }
}

extension Sequence<StyledLine> {
    /// Puts words into as few lines as fit a width.
    ///
    /// - Parameters:
    ///   - width: The number of columns; a longer word is cut off.
    ///   - gap: What stands between two words.
    /// - Returns: The lines.
    package func flowed(width: Int, gap: String) -> [StyledLine] {
        var lines: [StyledLine] = []
        for word in self {
            if let last = lines.last, last.width + gap.displayWidth + word.width <= width {
                lines[lines.count - 1].append(gap)
                lines[lines.count - 1].append(word)
            } else {
                lines.append(word.prefix(width: width))
            }
        }
        return lines
    }
}

extension String {
    /// The text in ASCII, as wide as before: lines of drawings as `|`, `-` and `+`, the rest as `?`.
    package var asciiDrawing: String {
        guard utf8.contains(where: { $0 >= 0x80 }) else { return self }
        return map { character in
            if character.isASCII { return String(character) }
            return Self.drawings[character] ?? String(repeating: "?", count: String(character).displayWidth)
        }.joined()
    }

    private static let drawings: [Character: String] = [
        "│": "|", "┤": "+", "└": "+", "─": "-", "┬": "+", "━": "=", "…": "~", "·": "-", "●": "*", "×": "x", "›": ">",
        "↑": "^", "↓": "v", "±": "~",
    ]

    /// The end of a text that is too wide, after an ellipsis: the beginning of a name is often a path that several have.
    package func shortened(to limit: Int) -> String {
        guard displayWidth > limit else { return self }
        guard limit > 1 else { return String(prefix(displayWidth: limit)) }
        return "…" + String(String(reversed()).prefix(displayWidth: limit - 1).reversed())
    }
}
