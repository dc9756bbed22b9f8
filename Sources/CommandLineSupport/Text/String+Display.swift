extension String {
    /// The number of columns that the text takes on a terminal, as most terminals count them.
    ///
    /// East Asian wide characters and emoji take two, combining marks and control characters none.
    package var displayWidth: Int {
        reduce(0) { $0 + $1.displayWidth }
    }

    /// The text with a line break in place of a space wherever a line would be too wide.
    ///
    /// A word that is wider by itself, such as a path, stays whole, to be copied.
    ///
    /// - Parameter width: The number of columns.
    /// - Returns: The lines, with the breaks that were there before.
    package func wrapped(width: Int) -> String {
        split(separator: "\n", omittingEmptySubsequences: false).map { line in
            var lines: [String] = []
            for word in line.split(separator: " ", omittingEmptySubsequences: false).map(String.init) {
                if let last = lines.last, last.displayWidth + 1 + word.displayWidth <= width {
                    lines[lines.count - 1] = last + " " + word
                } else {
                    lines.append(word)
                }
            }
            return lines.joined(separator: "\n")
        }.joined(separator: "\n")
    }

    /// The longest beginning that fits in a number of columns.
    func prefix(displayWidth limit: Int) -> Substring {
        var width = 0
        return prefix { character in
            width += character.displayWidth
            return width <= limit
        }
    }
}

extension Character {
    /// The number of columns: 0, 1 or 2.
    fileprivate var displayWidth: Int {
        guard let base = unicodeScalars.first else { return 0 }
        if base.value < 0x300 {
            // A keycap: a digit, made an emoji by a variation selector.
            if unicodeScalars.count > 1, unicodeScalars.contains(Self.emojiSelector) { return 2 }
            return base.properties.generalCategory == .control ? 0 : 1
        }
        switch base.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return 0
        default: break
        }
        if base.properties.isEmojiPresentation || unicodeScalars.contains(Self.emojiSelector) { return 2 }
        return Self.wideRanges.contains { $0.contains(base.value) } ? 2 : 1
    }

    private static let emojiSelector: Unicode.Scalar = "\u{fe0f}"

    /// The blocks of wide and fullwidth characters in Unicode's table of East Asian widths (UAX #11).
    private static let wideRanges: [ClosedRange<UInt32>] = [
        0x1100...0x115f, 0x2e80...0x303e, 0x3041...0x4dbf, 0x4e00...0xa4cf, 0xa960...0xa97f, 0xac00...0xd7a3,
        0xf900...0xfaff, 0xfe30...0xfe6f, 0xff01...0xff60, 0xffe0...0xffe6, 0x16fe0...0x18dff, 0x1aff0...0x1b2ff,
        0x1f200...0x1f2ff, 0x20000...0x3fffd,
    ]
}

extension String {
    /// The text without what would break a line or command the terminal: names come from files.
    package var printable: String {
        var scalars = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator: scalars.append("\u{fffd}")
            // They turn the direction of what follows.
            case .format where ("\u{202a}"..."\u{202e}").contains(scalar) || ("\u{2066}"..."\u{2069}").contains(scalar):
                scalars.append("\u{fffd}")
            default: scalars.append(scalar)
            }
        }
        return String(scalars)
    }
}
