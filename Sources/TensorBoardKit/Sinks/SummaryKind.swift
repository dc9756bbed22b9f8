public import Summaries

/// What a summary is, by the dashboard that shows it.
///
/// ```swift
/// let numbers = writer.filtered(kinds: [.scalar, .histogram])
/// ```
public enum SummaryKind: String, Sendable, CaseIterable {
    /// A scalar, and the charts of scalars in the Custom Scalars dashboard.
    case scalar
    /// A distribution of values.
    case histogram
    /// Images, as well as heat maps, figures and videos.
    case image
    /// Clips of sound.
    case audio
    /// Texts, tables and code.
    case text
    /// Precision-recall curves.
    case precisionRecallCurve
    /// Meshes and clouds of points.
    case mesh
    /// Graphs, of the run or under a tag.
    case graph
    /// The time and the memory that nodes took.
    case runMetadata
    /// The hyperparameters of the run.
    case hyperparameters
    /// The layout of the Custom Scalars dashboard.
    case layout
    /// Titles and descriptions of tags.
    case description
    /// Points for the Projector.
    case embedding
    /// What another plugin shows.
    case other
}

extension SummaryValue {
    /// What the value is; `nil` for one that could not be made, which only tells the reason.
    public var kind: SummaryKind? {
        switch payload {
        case .scalar, .roundedScalar, .chart: .scalar
        case .histogram: .histogram
        case .tensor: Self.kinds[metadata?.pluginName ?? ""] ?? .other
        case .graph: .graph
        case .runMetadata: .runMetadata
        case .hyperparameters: .hyperparameters
        case .layout: .layout
        case .description: .description
        case .embedding: .embedding
        case .invalid: nil
        }
    }

    private static let kinds: [String: SummaryKind] = [
        PluginName.scalars: .scalar,
        PluginName.histograms: .histogram,
        PluginName.images: .image,
        PluginName.audio: .audio,
        PluginName.text: .text,
        PluginName.precisionRecallCurves: .precisionRecallCurve,
        PluginName.mesh: .mesh,
        PluginName.taggedGraph: .graph,
        PluginName.graphWithRunMetadata: .graph,
        PluginName.kerasModel: .graph,
        PluginName.hyperparameters: .hyperparameters,
        PluginName.customScalars: .layout,
    ]

    /// Whether the tag is a name that the user chose: a run has one graph, one set of hyperparameters and one layout.
    var hasTagOfItsOwn: Bool {
        switch payload {
        case .graph, .hyperparameters, .layout: false
        case .invalid: tag != ReservedTag.sessionStart
        default: true
        }
    }
}
