import Drawing

/// A table in HTML that a text consists of, as `writer.text(_:table:header:step:)` logs it.
///
/// Only elements of tables, without attributes, and line breaks are known. A text with anything else is no such table and is
/// shown as it is written.
struct LoggedTable {
    private struct Cell {
        let isHead: Bool
        var text = ""
    }

    private var rows: [[Cell]] = []

    /// Reads a table; `nil` if the text is anything else.
    init?(_ text: String) {
        var pieces = text.split(separator: "<", omittingEmptySubsequences: false)
        guard pieces.count > 2, pieces.removeFirst().allSatisfy(\.isWhitespace) else { return nil }
        var cell: Cell?
        for (index, piece) in pieces.enumerated() {
            guard let end = piece.firstIndex(of: ">") else { return nil }
            let rest = piece[piece.index(after: end)...]
            switch (piece[..<end], cell) {
            case ("table", nil): guard index == 0 else { return nil }
            case ("/table", nil): guard index == pieces.count - 1 else { return nil }
            case ("thead", nil), ("/thead", nil), ("tbody", nil), ("/tbody", nil), ("/tr", nil): break
            case ("tr", nil): rows.append([])
            case ("th", nil), ("td", nil):
                guard !rows.isEmpty else { return nil }
                cell = Cell(isHead: piece.hasPrefix("th"))
            case ("br", .some), ("br/", .some), ("br /", .some): cell?.text += "\n"
            case ("/th", .some(let open)), ("/td", .some(let open)):
                rows[rows.count - 1].append(open)
                cell = nil
            default: return nil
            }
            if cell != nil {
                cell?.text += Self.decoded(rest)
            } else if !rest.allSatisfy(\.isWhitespace) {
                return nil
            }
        }
        guard cell == nil, text.hasTableStart, pieces.last?.hasPrefix("/table") == true else { return nil }
    }

    /// Markup, in which nothing of the text is a command.
    var html: String {
        let lines = rows.map { cells in
            "<tr>"
                + cells.map { cell in
                    let text = cell.text.split(separator: "\n", omittingEmptySubsequences: false)
                        .map { String($0).markupEscaped }.joined(separator: "<br/>")
                    return cell.isHead ? "<th scope=\"col\">\(text)</th>" : "<td>\(text)</td>"
                }.joined() + "</tr>\n"
        }
        return "<div class=\"table\"><table><tbody>\n\(lines.joined())</tbody></table></div>"
    }

    /// The characters that the entities of XML stand for.
    private static func decoded(_ text: Substring) -> String {
        var result = ""
        for (index, part) in text.split(separator: "&", omittingEmptySubsequences: false).enumerated() {
            let entities = [("lt;", "<"), ("gt;", ">"), ("quot;", "\""), ("#39;", "'"), ("amp;", "&")]
            if index == 0 {
                result += part
            } else if let (name, character) = entities.first(where: { part.hasPrefix($0.0) }) {
                result += character + part.dropFirst(name.count)
            } else {
                result += "&" + part
            }
        }
        return result
    }
}

extension String {
    fileprivate var hasTableStart: Bool { drop { $0.isWhitespace }.hasPrefix("<table>") }
}
