public import Summaries

/// The kind of a tag's data, which decides which dashboard shows it.
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
    /// Hyperparameters of the run and its outcome, or the columns of several runs.
    case hyperparameters
    /// The layout of custom scalars.
    case layout
    /// The graph of the run.
    case graph
    /// The time and memory that the nodes of the graph took in one run.
    case runMetadata
    /// A graph under a tag of its own.
    case taggedGraph
    /// A diagram of a model's layers.
    case layerDiagram
    /// The data of another plugin.
    case plugin(String)
    /// A tensor that no dashboard shows, because it came without metadata.
    case unshown

    /// The tag that TensorBoard gives to the graph of a run, which has no tag in the file.
    public static let runGraphTag = ReservedTag.runGraph

    /// The kind by the name of a plugin.
    init(pluginName: String) {
        self =
            switch pluginName {
            case PluginName.scalars: .scalar
            case PluginName.histograms: .histogram
            case PluginName.images: .image
            case PluginName.audio: .audio
            case PluginName.text: .text
            case PluginName.precisionRecallCurves: .precisionRecallCurve
            case PluginName.mesh: .mesh
            case PluginName.hyperparameters: .hyperparameters
            case PluginName.customScalars: .layout
            case PluginName.graphs: .graph
            case PluginName.runMetadata: .runMetadata
            case PluginName.graphWithRunMetadata, PluginName.taggedGraph: .taggedGraph
            case PluginName.kerasModel: .layerDiagram
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

extension LoggedKind {
    /// Whether the points belong to their steps, rather than to the run as a whole as a graph does.
    public var isSeries: Bool {
        switch self {
        case .scalar, .histogram, .image, .audio, .text, .precisionRecallCurve, .mesh, .plugin, .unshown: true
        case .hyperparameters, .layout, .graph, .runMetadata, .taggedGraph, .layerDiagram: false
        }
    }
}

/// The two loaders of TensorBoard, which differ in what they keep and what they can read.
public enum TensorBoardLoader: String, Sendable, CaseIterable {
    /// The data server, the default where there is one: on x86-64 Linux and Intel Macs.
    case fast
    /// The loader in Python: `--load_fast=false`, and the default on every other machine.
    case slow
}

extension LoggedKind {
    /// The number of points of a tag that a loader keeps, unless TensorBoard runs with `--samples_per_plugin`.
    ///
    /// The loader keeps the last point and a random sample of the others.
    ///
    /// - Parameters:
    ///   - loader: The loader.
    ///   - dataClass: How the tag's values are stored, which matters for plugins that TensorBoard does not know.
    /// - Returns: The number of points; 0 if the loader shows none.
    public func keptPointCount(by loader: TensorBoardLoader, dataClass: SummaryMetadata.DataClass = .unknown) -> Int {
        switch self {
        case .scalar: 1000
        case .histogram: loader == .fast ? 100 : 500
        case .precisionRecallCurve: 100
        case .text, .mesh, .hyperparameters, .layout: loader == .fast ? 100 : 10
        case .image, .audio, .graph, .runMetadata, .taggedGraph, .layerDiagram: 10
        case .unshown: 0
        case .plugin:
            switch (dataClass, loader) {
            case (.unknown, _): 0
            case (_, .slow): 10
            case (.scalar, .fast): 1000
            case (.tensor, .fast): 100
            case (.blobSequence, .fast): 10
            }
        }
    }
}
