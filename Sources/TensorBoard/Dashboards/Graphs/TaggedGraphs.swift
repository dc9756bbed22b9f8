import EventCoding
public import Summaries

extension SummaryValue {
    /// Creates a graph for the Graphs dashboard under a tag, so that a run can have several.
    ///
    /// - Parameters:
    ///   - tag: What the dashboard lists it under.
    ///   - graph: The graph. Constants and texts of more than 1024 bytes are left out.
    ///   - runMetadata: What its nodes took in a run; `nil` if that was not measured. A tag is always logged with it or
    ///     always without.
    /// - Returns: The value, or the reason why there is none.
    public static func graph(
        _ tag: some StringProtocol,
        _ graph: GraphDefinition,
        runMetadata: RunMetadata? = nil
    ) -> SummaryValue {
        if let problem = graph.problem ?? runMetadata?.problem { return .invalid(tag, problem) }
        let bytes = PluginContent.taggedGraph(graph.withoutLargeAttributes, runMetadata: runMetadata)
        return ofGraphs(
            tag,
            bytes,
            plugin: runMetadata == nil ? PluginName.taggedGraph : PluginName.graphWithRunMetadata
        )
    }

    /// A value of one of the plugins that the Graphs dashboard reads.
    static func ofGraphs(_ tag: some StringProtocol, _ bytes: [UInt8], plugin: String) -> SummaryValue {
        SummaryValue(
            tag: String(tag),
            // A sequence of one: the Python loader cannot serve a blob without an axis.
            payload: .tensor(TensorValue(shape: [1], elements: .string([bytes]))),
            // The dashboard skips tags with any other content.
            metadata: SummaryMetadata(pluginName: plugin, pluginContent: Array("1".utf8), dataClass: .blobSequence)
        )
    }

    /// Creates a model's layers for the conceptual view of the Graphs dashboard.
    ///
    /// - Parameters:
    ///   - tag: What the dashboard lists it under.
    ///   - model: The layers.
    /// - Returns: The value, or the reason why there is none.
    public static func model(_ tag: some StringProtocol, _ model: LayerDiagram) -> SummaryValue {
        if let problem = model.problem { return .invalid(tag, problem) }
        return ofGraphs(tag, Array(model.json.description.utf8), plugin: PluginName.kerasModel)
    }
}

extension SummaryTarget {
    /// Logs a graph under a tag; see ``SummaryValue/graph(_:_:runMetadata:)``.
    public func graph<each Step>(
        _ tag: some StringProtocol,
        _ graph: GraphDefinition,
        runMetadata: RunMetadata? = nil,
        step: repeat each Step,
        wallTime: Double? = nil
    ) where Position == StepArguments<repeat each Step> {
        log(
            .graph(tag, graph, runMetadata: runMetadata),
            at: Position(repeat each step),
            wallTime
        )
    }

    /// Logs the layers of a model; see ``SummaryValue/model(_:_:)``.
    public func model<each Step>(
        _ tag: some StringProtocol,
        _ model: LayerDiagram,
        step: repeat each Step,
        wallTime: Double? = nil
    ) where Position == StepArguments<repeat each Step> {
        log(
            .model(tag, model),
            at: Position(repeat each step),
            wallTime
        )
    }
}
