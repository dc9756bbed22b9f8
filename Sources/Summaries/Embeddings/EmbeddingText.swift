/// The tables of the Projector: cells parted by tabs, rows by line breaks.
package enum EmbeddingText {
    private static let tab = UInt8(ascii: "\t")
    private static let lineBreak = UInt8(ascii: "\n")

    /// A row of numbers, each as the shortest text that gives the same `Float`.
    package static func row(_ numbers: [Float]) -> [UInt8] {
        var row: [UInt8] = []
        row.reserveCapacity(12 * numbers.count)
        for (index, number) in numbers.enumerated() {
            if index > 0 { row.append(tab) }
            row += number.description.utf8
        }
        row.append(lineBreak)
        return row
    }

    /// A row of texts.
    ///
    /// The browser skips lines that look empty, which would shift all labels after them.
    package static func row(_ texts: some Collection<String>) -> [UInt8] {
        let cells = texts.map(cell)
        let line = cells.allSatisfy(isBlank) ? cells.map { _ in "-" } : cells
        return Array(line.joined(separator: "\t").utf8) + [lineBreak]
    }

    /// The text without what parts cells and rows.
    package static func cell(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map { isLineBreak($0) || $0 == "\t" ? " " : $0 }))
    }

    /// Whether there is nothing to see in the text, as JavaScript's `trim` has it.
    package static func isBlank(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { $0.properties.isWhitespace || $0 == "\u{FEFF}" }
    }

    /// What ends a line for TensorBoard's Python or for the browser.
    private static func isLineBreak(_ scalar: Unicode.Scalar) -> Bool {
        ("\u{A}"..."\u{D}").contains(scalar) || scalar == "\u{85}" || ("\u{2028}"..."\u{2029}").contains(scalar)
    }
}
