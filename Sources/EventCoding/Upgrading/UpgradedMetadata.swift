package import Summaries

extension SummaryMetadata {
    /// The tag under which the data server keeps the graphs of events.
    package static let runGraphTag = "__run_graph__"

    /// The metadata of graphs that are events of their own.
    package static let runGraph = SummaryMetadata(pluginName: "graphs", dataClass: .blobSequence)

    /// The metadata of run metadata that are events of their own.
    package static let taggedRunMetadata = SummaryMetadata(
        pluginName: "graph_tagged_run_metadata",
        dataClass: .blobSequence
    )

    /// The metadata of a tag as TensorBoard's data server has it: older forms and missing classes filled in.
    ///
    /// Unlike TensorBoard's, it keeps the title and the description that came with an older form.
    ///
    /// - Parameters:
    ///   - own: What the tag's first value came with.
    ///   - form: The form of that value.
    /// - Returns: The metadata; its class is unknown if no dashboard can show the tag.
    package static func upgraded(_ own: SummaryMetadata?, _ form: PackedValue.Form) -> SummaryMetadata {
        if let own, own.dataClass != .unknown { return own }
        var metadata =
            switch form {
            case .scalar: SummaryMetadata(pluginName: "scalars", dataClass: .scalar)
            case .histogram: SummaryMetadata(pluginName: "histograms", dataClass: .tensor)
            // ImagePluginData.converted_to_tensor
            case .image: SummaryMetadata(pluginName: "images", pluginContent: [0x10, 1], dataClass: .blobSequence)
            // AudioPluginData.encoding: WAV, without which no browser plays it, and converted_to_tensor
            case .audio:
                SummaryMetadata(pluginName: "audio", pluginContent: [0x10, 11, 0x18, 1], dataClass: .blobSequence)
            case .tensor, .obsolete, .none: ofDashboard(own)
            }
        metadata.displayName = own?.displayName ?? ""
        metadata.summaryDescription = own?.summaryDescription ?? ""
        return metadata
    }

    private static func ofDashboard(_ own: SummaryMetadata?) -> SummaryMetadata {
        var metadata = own ?? SummaryMetadata(pluginName: "", dataClass: .unknown)
        switch metadata.pluginName {
        case "scalars": metadata.dataClass = .scalar
        case "histograms", "text", "hparams", "pr_curves", "mesh", "custom_scalars": metadata.dataClass = .tensor
        case "images", "audio", "graph_run_metadata", "graph_run_metadata_graph", "graph_keras_model":
            metadata.dataClass = .blobSequence
        default: break
        }
        return metadata
    }

    /// The packed message.
    package func packed() -> [UInt8] { MessageArena.packed { $0.message(self) } }
}
