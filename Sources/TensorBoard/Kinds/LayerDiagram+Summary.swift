public import Summaries

extension SummaryValue {
    /// A model's layers for the conceptual view of the Graphs dashboard.
    ///
    /// - Parameters:
    ///   - tag: What the dashboard lists it under.
    ///   - model: The layers.
    /// - Returns: The value, or the reason why there is none.
    public static func model(_ tag: String, _ model: LayerDiagram) -> SummaryValue {
        if let problem = model.problem { return .invalid(tag, problem) }
        return ofGraphs(tag, Array(model.json.description.utf8), plugin: "graph_keras_model")
    }
}

extension SummarySink {
    /// Takes a model's layers for the conceptual view of the Graphs dashboard.
    ///
    /// - Parameters:
    ///   - tag: What the dashboard lists it under.
    ///   - model: The layers.
    ///   - step: Of several steps, the dashboard shows the last.
    public func model(_ tag: String, _ model: LayerDiagram, step: Int) {
        summary(.model(tag, model), step: step)
    }
}

extension SummaryStep {
    /// Adds a model's layers for the conceptual view of the Graphs dashboard.
    public mutating func model(_ tag: String, _ model: LayerDiagram) {
        add(.model(tag, model))
    }
}
