package import Summaries

extension SummaryValue {
    /// The metadata that the file needs at the tag's first value.
    ///
    /// A scalar without settings of its own needs none: both loaders take a `simple_value` for the Scalars dashboard.
    package var storedMetadata: SummaryMetadata? {
        if let metadata { return metadata.pluginName == PluginName.mesh ? namingMesh(metadata) : metadata }
        return if case .histogram = payload { Self.histogramMetadata } else { nil }
    }

    /// The metadata that the file needs at the tag's first value when the tag has a title or a description.
    ///
    /// The value's own title and description come first.
    package func storedMetadata(displayName: String, description: String) -> SummaryMetadata? {
        guard var metadata = storedMetadata ?? (dashboard == PluginName.scalars ? Self.scalarMetadata : nil) else {
            return nil
        }
        if metadata.displayName.isEmpty { metadata.displayName = displayName }
        if metadata.summaryDescription.isEmpty { metadata.summaryDescription = description }
        return metadata
    }

    /// The dashboard that the value belongs to; a tag must keep it.
    ///
    /// Empty for a tensor that no dashboard shows.
    package var dashboard: String {
        if let metadata { return metadata.pluginName }
        return switch payload {
        case .scalar, .roundedScalar: PluginName.scalars
        case .histogram: PluginName.histograms
        case .graph: PluginName.graphs
        case .runMetadata: PluginName.runMetadata
        case .hyperparameters: PluginName.hyperparameters
        case .layout, .chart: PluginName.customScalars
        case .tensor, .embedding, .description, .invalid: ""
        }
    }

    // Without the data class the fast loader drops title and description.
    private static let scalarMetadata = SummaryMetadata(pluginName: PluginName.scalars, dataClass: .scalar)
    private static let histogramMetadata = SummaryMetadata(pluginName: PluginName.histograms, dataClass: .tensor)
}
