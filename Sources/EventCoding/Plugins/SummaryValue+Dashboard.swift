package import Summaries

extension SummaryValue {
    /// The metadata that the file needs at the tag's first value.
    ///
    /// A scalar without settings of its own needs none: both loaders take a `simple_value` for the Scalars dashboard.
    package var storedMetadata: SummaryMetadata? {
        if let metadata { return metadata.pluginName == Self.meshDashboard ? namingMesh(metadata) : metadata }
        return if case .histogram = payload { Self.histogramMetadata } else { nil }
    }

    /// The metadata that the file needs at the tag's first value when the tag has a title or a description.
    ///
    /// The value's own title and description come first.
    package func storedMetadata(displayName: String, description: String) -> SummaryMetadata? {
        guard var metadata = storedMetadata ?? (dashboard == Self.scalarDashboard ? Self.scalarMetadata : nil) else {
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
        case .scalar: Self.scalarDashboard
        case .histogram: "histograms"
        case .graph: "graphs"
        case .runMetadata: Self.runMetadataDashboard
        case .hyperparameters: "hparams"
        case .layout, .chart: "custom_scalars"
        case .tensor, .embedding, .description, .invalid: ""
        }
    }

    /// The dashboard of a scalar without metadata.
    package static let scalarDashboard = "scalars"

    /// What the loaders call the values of run metadata, which shares its tags with summaries.
    package static let runMetadataDashboard = "graph_tagged_run_metadata"

    // Without the data class the fast loader drops title and description.
    private static let scalarMetadata = SummaryMetadata(pluginName: scalarDashboard, dataClass: .scalar)
    private static let histogramMetadata = SummaryMetadata(pluginName: "histograms", dataClass: .tensor)
}
