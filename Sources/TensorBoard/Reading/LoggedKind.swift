import Summaries

/// What kind of data a tag has: the dashboard that shows it.
public enum LoggedKind: Sendable, Hashable {
    /// Scalars.
    case scalar
    /// Histograms and distributions.
    case histogram
    /// Images.
    case image
    /// Audio.
    case audio
    /// Text.
    case text
    /// Precision-recall curves.
    case precisionRecallCurve
    /// Parts of meshes.
    case mesh
    /// Hyperparameters of the run and how it ended, or the columns of several runs.
    case hyperparameters
    /// The layout of custom scalars.
    case layout
    /// The graph of the run.
    case graph
    /// What the nodes of the graph took in one run.
    case runMetadata
    /// A graph under a tag of its own.
    case taggedGraph
    /// A diagram of a model's layers.
    case layerDiagram
    /// The data of another plugin.
    case plugin(String)
    /// A tensor that no dashboard shows, because it came without metadata.
    case unshown

    /// The tag that TensorBoard gives to the graph of a run, which has none in the file.
    public static let runGraphTag = "__run_graph__"

    /// The kind by the name of a plugin.
    init(pluginName: String) {
        self =
            switch pluginName {
            case "scalars": .scalar
            case "histograms": .histogram
            case "images": .image
            case "audio": .audio
            case "text": .text
            case "pr_curves": .precisionRecallCurve
            case "mesh": .mesh
            case "hparams": .hyperparameters
            case "custom_scalars": .layout
            case "graphs": .graph
            case "graph_tagged_run_metadata": .runMetadata
            case "graph_run_metadata", "graph_run_metadata_graph": .taggedGraph
            case "graph_keras_model": .layerDiagram
            case "": .unshown
            default: .plugin(pluginName)
            }
    }
}

extension LoggedKind: CustomStringConvertible {
    /// A short name.
    public var description: String {
        switch self {
        case .scalar: "scalar"
        case .histogram: "histogram"
        case .image: "image"
        case .audio: "audio"
        case .text: "text"
        case .precisionRecallCurve: "pr curve"
        case .mesh: "mesh"
        case .hyperparameters: "hparams"
        case .layout: "layout"
        case .graph: "graph"
        case .runMetadata: "run metadata"
        case .taggedGraph: "tagged graph"
        case .layerDiagram: "layer diagram"
        case .plugin(let name): name
        case .unshown: "unshown"
        }
    }
}
