import Drawing

/// The part of Markdown that logged texts use, as markup that can do no harm.
///
/// Headings, lists, code, quotes, tables, emphasis and lines. Links are shown as text, images as their names, and HTML as it
/// is written: every character of the text passes ``Swift/String/markupEscaped``.
enum MarkdownPage {
    /// Markup of a text.
    static func html(_ text: String) -> String {
        if let table = LoggedTable(text) { return table.html }
        // By scalars: to Swift a carriage return and a line feed together are one character.
        let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            String(String.UnicodeScalarView(line.last == "\r" ? line.dropLast() : line))
        }
        var page = Page()
        for (index, line) in lines.enumerated() {
            page.add(line, next: index + 1 < lines.count ? lines[index + 1] : "")
        }
        page.endBlock()
        if page.isCode { page.html += "</code></pre>\n" }
        return page.html
    }

    /// A page that grows line by line.
    private struct Page {
        enum Block: Equatable {
            case none
            case paragraph
            case quote
            case list(String)
            case table
        }

        var html = ""
        var isCode = false
        private var block = Block.none

        mutating func add(_ line: String, next: String) {
            let trimmed = line.trimmed
            if trimmed.hasPrefix("```") || trimmed.hasPrefix("~~~") {
                if !isCode { endBlock() }
                html += isCode ? "</code></pre>\n" : "<pre><code>"
                isCode.toggle()
            } else if isCode {
                html += line.markupEscaped + "\n"
            } else if trimmed.isEmpty {
                endBlock()
            } else if block == .none, line.hasPrefix("    ") || line.hasPrefix("\t") {
                html += "<pre><code>\(trimmed.markupEscaped)</code></pre>\n"
            } else {
                addBlock(trimmed, next: next.trimmed)
            }
        }

        private mutating func addBlock(_ line: String, next: String) {
            let marks = line.prefix { $0 == "#" }.count
            if (1...6).contains(marks), line.dropFirst(marks).hasPrefix(" ") {
                endBlock()
                let level = marks <= 2 ? "h4" : "h5"
                html += "<\(level)>\(MarkdownPage.inline(String(line.dropFirst(marks)).trimmed))</\(level)>\n"
            } else if line.count >= 3, let mark = line.first, "-*_".contains(mark), line.allSatisfy({ $0 == mark }) {
                endBlock()
                html += "<hr/>\n"
            } else if let item = line.listItem {
                begin(.list(item.isNumbered ? "ol" : "ul"))
                html += "<li>\(MarkdownPage.inline(item.text))</li>\n"
            } else if block == .table, line.contains("|") {
                html += Self.row(line, "td")
            } else if line.contains("|"), next.isTableRule {
                begin(.table)
                html += Self.row(line, "th")
            } else if line.hasPrefix(">") {
                begin(.quote)
                html += MarkdownPage.inline(String(line.dropFirst()).trimmed) + "\n"
            } else {
                if block != .paragraph { begin(.paragraph) }
                html += MarkdownPage.inline(line) + "\n"
            }
        }

        private static func row(_ line: String, _ cell: String) -> String {
            guard !line.isTableRule else { return "" }
            var cells = line.split(separator: "|", omittingEmptySubsequences: false).map { String($0).trimmed }
            if line.hasPrefix("|") { cells.removeFirst() }
            if line.hasSuffix("|"), !cells.isEmpty { cells.removeLast() }
            let scope = cell == "th" ? " scope=\"col\"" : ""
            return "<tr>" + cells.map { "<\(cell)\(scope)>\(MarkdownPage.inline($0))</\(cell)>" }.joined() + "</tr>\n"
        }

        private mutating func begin(_ new: Block) {
            guard block != new else { return }
            endBlock()
            block = new
            switch new {
            case .none: break
            case .paragraph: html += "<p>"
            case .quote: html += "<blockquote>"
            case .list(let name): html += "<\(name)>\n"
            case .table: html += "<div class=\"table\"><table>\n"
            }
        }

        mutating func endBlock() {
            switch block {
            case .none: break
            case .paragraph: html += "</p>\n"
            case .quote: html += "</blockquote>\n"
            case .list(let name): html += "</\(name)>\n"
            case .table: html += "</table></div>\n"
            }
            block = .none
        }
    }

    /// Markup of a line: code, strong and emphasized parts.
    private static func inline(_ line: String) -> String {
        var html = ""
        // Parts at odd places are between backticks; the last one is only if another follows.
        let parts = line.split(separator: "`", omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            if index.isMultiple(of: 2) {
                html += emphasized(String(part))
            } else if index + 1 < parts.count {
                html += "<code>\(String(part).markupEscaped)</code>"
            } else {
                html += "`" + emphasized(String(part))
            }
        }
        return html
    }

    private static func emphasized(_ text: String) -> String {
        var html = ""
        for (index, part) in text.pieces(between: "**").enumerated() {
            let inner = String(part).pieces(between: "*").enumerated().map { place, text in
                place.isMultiple(of: 2) ? text.markupEscaped : "<em>\(text.markupEscaped)</em>"
            }
            html += index.isMultiple(of: 2) ? inner.joined() : "<strong>\(inner.joined())</strong>"
        }
        return html
    }
}

extension String {
    fileprivate var trimmed: String {
        String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
    }

    /// Whether the line separates the head of a table from its body: `|---|:--:|`.
    fileprivate var isTableRule: Bool { contains("-") && contains("|") && allSatisfy { "|-: ".contains($0) } }

    /// The text of an item of a list.
    fileprivate var listItem: (isNumbered: Bool, text: String)? {
        if let first, "-*+".contains(first), dropFirst().hasPrefix(" ") { return (false, String(dropFirst(2)).trimmed) }
        let digits = prefix { $0.isASCII && $0.isNumber }
        guard (1...9).contains(digits.count), dropFirst(digits.count).hasPrefix(". ") else { return nil }
        return (true, String(dropFirst(digits.count + 2)).trimmed)
    }

    /// The parts outside and inside of pairs of a mark, in turn; a mark without another, or beside a space, is text.
    fileprivate func pieces(between mark: String) -> [String] {
        var pieces = [""]
        var rest = self[...]
        while let start = rest.firstRange(of: mark) {
            let after = rest[start.upperBound...]
            guard let first = after.first, !first.isWhitespace, let end = after.firstRange(of: mark),
                end.lowerBound > after.startIndex, after[..<end.lowerBound].last?.isWhitespace == false
            else {
                pieces[pieces.count - 1] += rest[..<start.upperBound]
                rest = after
                continue
            }
            pieces[pieces.count - 1] += rest[..<start.lowerBound]
            pieces += [String(after[..<end.lowerBound]), ""]
            rest = after[end.upperBound...]
        }
        pieces[pieces.count - 1] += rest
        return pieces
    }
}
