extension LoggedKind {
    /// Whether the points are about their steps; else they are about the run as a whole, as its graph is.
    public var isSeries: Bool {
        switch self {
        case .scalar, .histogram, .image, .audio, .text, .precisionRecallCurve, .mesh, .plugin, .unshown: true
        case .hyperparameters, .layout, .graph, .runMetadata, .taggedGraph, .layerDiagram: false
        }
    }
}
