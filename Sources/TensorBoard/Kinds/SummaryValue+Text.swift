extension SummaryValue {
    /// A text for the Text dashboard, in Markdown.
    static func text(_ tag: String, _ markdown: String) -> SummaryValue {
        SummaryValue(
            tag: tag,
            payload: .tensor(TensorValue(shape: [], elements: .string([Array(markdown.utf8)]))),
            metadata: SummaryMetadata(pluginName: "text", dataClass: .tensor)
        )
    }
}
