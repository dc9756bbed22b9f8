/// Markdown that TensorBoard shows as it was meant, whatever is in it.
enum MarkdownText {
    /// A block of code in a fence that is longer than any in the code.
    static func codeBlock(_ code: String, language: String) -> String {
        var longest = 2
        var current = 0
        for byte in code.utf8 {
            current = byte == UInt8(ascii: "`") ? current + 1 : 0
            longest = max(longest, current)
        }
        let fence = String(repeating: "`", count: longest + 1)
        // Anything else behind a fence, and TensorBoard would not take it for one.
        let name = language.unicodeScalars.filter { scalar in
            scalar.isASCII && (scalar.properties.isAlphabetic || "0123456789_+-#.".unicodeScalars.contains(scalar))
        }
        return
            "\(fence)\(String(String.UnicodeScalarView(name)))\n\(code)\(code.last?.isNewline == true ? "" : "\n")\(fence)\n"
    }

    /// A table.
    ///
    /// In HTML, because a Markdown table would need escapes that depend on what stands beside them, and has no line breaks
    /// in cells. TensorBoard takes both.
    static func table(_ rows: [[String]], header: [String]) -> String {
        var html = "<table>\n"
        if !header.isEmpty { html += "<thead>\(row(header, "th"))</thead>\n" }
        html += "<tbody>\n"
        for cells in rows { html += row(cells, "td") + "\n" }
        return html + "</tbody>\n</table>\n"
    }

    private static func row(_ cells: [String], _ element: String) -> String {
        "<tr>" + cells.map { "<\(element)>\(escaped($0))</\(element)>" }.joined() + "</tr>"
    }

    private static func escaped(_ text: String) -> String {
        var html = ""
        for character in text {
            switch character {
            case "&": html += "&amp;"
            case "<": html += "&lt;"
            case ">": html += "&gt;"
            case _ where character.isNewline: html += "<br>"
            default: html.append(character)
            }
        }
        return html
    }
}
