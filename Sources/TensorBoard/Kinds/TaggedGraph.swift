import EventCoding
public import Summaries

extension SummaryValue {
    /// A graph for the Graphs dashboard under a tag, so that a run can have several.
    ///
    /// - Parameters:
    ///   - tag: What the dashboard lists it under.
    ///   - graph: The graph. Constants and texts of more than 1024 bytes are left out.
    ///   - runMetadata: What its nodes took in a run; `nil` if that was not measured. A tag is always logged with it or
    ///     always without.
    /// - Returns: The value, or the reason why there is none.
    public static func graph(
        _ tag: String,
        _ graph: GraphDefinition,
        runMetadata: RunMetadata? = nil
    ) -> SummaryValue {
        if let problem = graph.problem ?? runMetadata?.problem { return .invalid(tag, problem) }
        let bytes = PluginContent.taggedGraph(graph.withoutLargeAttributes, runMetadata: runMetadata)
        return ofGraphs(tag, bytes, plugin: runMetadata == nil ? "graph_run_metadata_graph" : "graph_run_metadata")
    }

    /// A value of one of the plugins that the Graphs dashboard reads.
    static func ofGraphs(_ tag: String, _ bytes: [UInt8], plugin: String) -> SummaryValue {
        SummaryValue(
            tag: tag,
            // A sequence of one: the Python loader cannot serve a blob without an axis.
            payload: .tensor(TensorValue(shape: [1], elements: .string([bytes]))),
            // The dashboard skips tags with any other content.
            metadata: SummaryMetadata(pluginName: plugin, pluginContent: Array("1".utf8), dataClass: .blobSequence)
        )
    }
}

extension SummarySink {
    /// Takes a graph for the Graphs dashboard under a tag, so that a run can have several.
    ///
    /// - Parameters:
    ///   - tag: What the dashboard lists it under.
    ///   - graph: The graph.
    ///   - runMetadata: What its nodes took in a run; `nil` if that was not measured.
    ///   - step: Of several steps, the dashboard shows the last.
    public func graph(_ tag: String, _ graph: GraphDefinition, runMetadata: RunMetadata? = nil, step: Int) {
        summary(.graph(tag, graph, runMetadata: runMetadata), step: step)
    }
}

extension SummaryStep {
    /// Adds a graph for the Graphs dashboard under a tag.
    public mutating func graph(_ tag: String, _ graph: GraphDefinition, runMetadata: RunMetadata? = nil) {
        add(.graph(tag, graph, runMetadata: runMetadata))
    }
}
