public import Summaries

extension SummaryValue {
    /// A text for the Text dashboard.
    ///
    /// TensorBoard takes headings, lists, tables, links, emphasis and code; it shows HTML as it is written, and no
    /// picture from elsewhere.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - markdown: The text, in Markdown.
    /// - Returns: The summary.
    public static func text(_ tag: String, _ markdown: String) -> SummaryValue {
        SummaryValue(
            tag: tag,
            payload: .tensor(TensorValue(shape: [], elements: .string([Array(markdown.utf8)]))),
            metadata: SummaryMetadata(pluginName: "text", dataClass: .tensor)
        )
    }
}

extension SummarySink {
    /// Takes a text for the Text dashboard.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - markdown: The text, in Markdown.
    ///   - step: The position in the list.
    public func text(_ tag: String, _ markdown: String, step: Int) {
        summary(.text(tag, markdown), step: step)
    }
}

extension SummaryStep {
    /// Adds a text for the Text dashboard, in Markdown.
    public mutating func text(_ tag: String, _ markdown: String) {
        add(.text(tag, markdown))
    }
}
