package import Summaries

extension SummaryValue {
    /// The metadata that the file needs at the tag's first value.
    ///
    /// A scalar without settings of its own needs none: both loaders take a `simple_value` for the Scalars dashboard.
    package var storedMetadata: SummaryMetadata? {
        if let metadata { return metadata }
        return if case .histogram = payload { Self.histogramMetadata } else { nil }
    }

    /// The dashboard that the value belongs to; a tag must keep it.
    ///
    /// Empty for a tensor that no dashboard shows.
    package var dashboard: String {
        if let metadata { return metadata.pluginName }
        return switch payload {
        case .scalar: Self.scalarDashboard
        case .histogram: "histograms"
        case .tensor: ""
        }
    }

    /// The dashboard of a scalar without metadata.
    package static let scalarDashboard = "scalars"

    private static let histogramMetadata = SummaryMetadata(pluginName: "histograms", dataClass: .tensor)
}
