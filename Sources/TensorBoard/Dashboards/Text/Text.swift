public import Summaries

extension SummaryValue {
    /// Creates a text for the Text dashboard.
    ///
    /// TensorBoard takes headings, lists, tables, links, emphasis and code. Of HTML it takes what Markdown can say too, and
    /// shows other elements as they are written. It shows no picture from elsewhere, drops links to anything but web pages
    /// and mail addresses, and NUL characters.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - markdown: The text, in Markdown.
    /// - Returns: The text.
    public static func text(_ tag: some StringProtocol, _ markdown: some StringProtocol) -> SummaryValue {
        SummaryValue(
            tag: String(tag),
            payload: .tensor(TensorValue(shape: [], elements: .string([Array(markdown.utf8)]))),
            metadata: SummaryMetadata(pluginName: PluginName.text, dataClass: .tensor)
        )
    }

    /// Creates a block of code for the Text dashboard, shown as it is.
    ///
    /// TensorBoard shows a tab as spaces.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - code: Any text.
    ///   - language: The language, for readers of the file; TensorBoard does not colour code.
    /// - Returns: The code, as a text.
    public static func text(
        _ tag: some StringProtocol,
        code: some StringProtocol,
        language: String = ""
    ) -> SummaryValue {
        text(tag, MarkdownText.codeBlock(String(code), language: language))
    }

    /// Creates a table for the Text dashboard, its cells shown as they are: `*`, `|` and `<` mean nothing in them.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - rows: The cells, row by row; all rows are of one length.
    ///   - header: The titles of the columns, or nothing.
    /// - Returns: The table, as a text; an invalid value if the rows differ in length or there are no columns.
    public static func text(_ tag: some StringProtocol, table rows: [[String]], header: [String] = []) -> SummaryValue {
        let width = header.isEmpty ? rows.first?.count ?? 0 : header.count
        guard width > 0 else { return .invalid(tag, "the table has no columns; give it a header or a row with cells") }
        if let row = rows.firstIndex(where: { $0.count != width }) {
            let reason = "row \(row) of the table has \(rows[row].count) cells, the others have \(width); fill it up"
            return .invalid(tag, reason)
        }
        return text(tag, MarkdownText.table(rows, header: header))
    }

    /// Creates a table of keys and values for the Text dashboard, for example of a configuration.
    ///
    /// The keys of nested values are joined by dots (`optimizer.momentum`), a list is shown as `[64, 32]`, and what is `nil`
    /// is left out.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - value: Something with keys: a struct, a class or a dictionary.
    /// - Returns: The table, as a text; an invalid value if it has no keys or cannot be encoded.
    public static func text(_ tag: some StringProtocol, encoding value: some Encodable) -> SummaryValue {
        do {
            let pairs = try EncodedValue.pairs(of: value)
            return text(tag, table: pairs.map { [$0.key, $0.value.description] }, header: ["key", "value"])
        } catch {
            return .invalid(tag, "the value could not be encoded: \(error.encodingReason)")
        }
    }
}

extension SummaryTarget {
    /// Logs a text in Markdown; see ``SummaryValue/text(_:_:)``.
    public func text<each Step>(
        _ tag: some StringProtocol,
        _ markdown: some StringProtocol,
        step: repeat each Step,
        wallTime: Double? = nil
    ) where Position == StepArguments<repeat each Step> {
        log(
            .text(tag, markdown),
            at: Position(repeat each step),
            wallTime
        )
    }

    /// Logs code, shown as it is; see ``SummaryValue/text(_:code:language:)``.
    public func text<each Step>(
        _ tag: some StringProtocol,
        code: some StringProtocol,
        language: String = "",
        step: repeat each Step,
        wallTime: Double? = nil
    ) where Position == StepArguments<repeat each Step> {
        log(
            .text(tag, code: code, language: language),
            at: Position(repeat each step),
            wallTime
        )
    }

    /// Logs a table, its cells shown as they are; see ``SummaryValue/text(_:table:header:)``.
    ///
    /// ```swift
    /// writer.text("classes", table: [["cat", "0.91"], ["dog", "0.87"]], header: ["class", "recall"], step: 10)
    /// ```
    public func text<each Step>(
        _ tag: some StringProtocol,
        table rows: [[String]],
        header: [String] = [],
        step: repeat each Step,
        wallTime: Double? = nil
    ) where Position == StepArguments<repeat each Step> {
        log(
            .text(tag, table: rows, header: header),
            at: Position(repeat each step),
            wallTime
        )
    }

    /// Logs a table of keys and values; see ``SummaryValue/text(_:encoding:)``.
    public func text<each Step>(
        _ tag: some StringProtocol,
        encoding value: some Encodable,
        step: repeat each Step,
        wallTime: Double? = nil
    ) where Position == StepArguments<repeat each Step> {
        log(
            .text(tag, encoding: value),
            at: Position(repeat each step),
            wallTime
        )
    }
}

extension SummarySink {
    /// A text needs a step.
    @available(*, unavailable, message: "pass the step: text(tag, markdown, step: step)")
    public func text(_ tag: some StringProtocol, _ markdown: some StringProtocol) {}
}

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
        // TensorBoard does not recognize a fence that is followed by anything else.
        let name = language.unicodeScalars.filter { scalar in
            scalar.isASCII && (scalar.properties.isAlphabetic || "0123456789_+-#.".unicodeScalars.contains(scalar))
        }
        return
            "\(fence)\(String(String.UnicodeScalarView(name)))\n\(code)\(code.last?.isNewline == true ? "" : "\n")\(fence)\n"
    }

    /// A table.
    ///
    /// In HTML, because a Markdown table would need escapes that depend on their neighbours, and has no line breaks
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
