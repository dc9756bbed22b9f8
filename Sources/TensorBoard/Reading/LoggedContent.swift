public import Summaries

/// What a logged value means: the forms that writers have for one kind of data, brought together.
///
/// ```swift
/// if case .histogram(let histogram) = value.content { print(histogram.buckets) }
/// ```
public enum LoggedContent: Sendable, Equatable {
    /// A scalar.
    case scalar(Double)
    /// A histogram.
    case histogram(LoggedHistogram)
    /// Images of one step, each a PNG, JPEG, GIF or BMP file.
    case images([[UInt8]])
    /// Clips of one step, each a sound file.
    case audio([[UInt8]])
    /// A text in Markdown, or a table of such.
    case text(LoggedText)
    /// A precision-recall curve.
    case precisionRecallCurve(LoggedPrecisionRecallCurve)
    /// A part of a mesh.
    case mesh(LoggedMeshPart)
    /// Hyperparameters.
    case hyperparameters(HyperparameterRecord)
    /// The layout of custom scalars.
    case layout(ScalarLayout)
    /// A graph, with what its nodes took in a run if that is known.
    case graph(GraphDefinition, RunMetadata?)
    /// What the nodes of a graph took in a run.
    case runMetadata(RunMetadata)
    /// A diagram of a model's layers, as Keras writes models in JSON.
    case layerDiagram(String)
    /// A tensor of another plugin, or of none.
    case tensor(TensorValue)
    /// No value, for a plugin that keeps everything in the metadata.
    case none
    /// Something that cannot be taken in, for the reason that the text says.
    case unreadable(String)
}
