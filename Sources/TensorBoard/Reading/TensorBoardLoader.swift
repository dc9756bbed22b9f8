public import Summaries

/// The two programs with which TensorBoard reads logs; they differ in what they keep and what they can read.
public enum TensorBoardLoader: String, Sendable, CaseIterable {
    /// The data server, the default where there is one: on x86-64 Linux and Intel Macs.
    case fast
    /// The loader in Python: `--load_fast=false`, and the default on every other machine.
    case slow
}

extension LoggedKind {
    /// How many points of a tag a loader keeps, unless TensorBoard is run with `--samples_per_plugin`.
    ///
    /// Which ones is left to chance, but for the last point, which is always kept.
    ///
    /// - Parameters:
    ///   - loader: The loader.
    ///   - dataClass: How the tag's values are stored, which counts for plugins that TensorBoard does not know.
    /// - Returns: The number of points; 0 if it shows none.
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
