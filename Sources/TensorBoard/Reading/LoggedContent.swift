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

/// A histogram as it stands in a file: rows of two edges and a count.
public struct LoggedHistogram: Sendable, Hashable {
    /// One row.
    public struct Bucket: Sendable, Hashable {
        /// The lower edge.
        public var lowerBound: Double
        /// The upper edge.
        public var upperBound: Double
        /// The number of values between the edges, which need not be whole.
        public var count: Double

        /// Creates a row.
        ///
        /// - Parameters:
        ///   - lowerBound: The lower edge.
        ///   - upperBound: The upper edge.
        ///   - count: The number of values between the edges.
        public init(lowerBound: Double, upperBound: Double, count: Double) {
            self.lowerBound = lowerBound
            self.upperBound = upperBound
            self.count = count
        }
    }

    /// The rows, usually from the smallest value to the largest.
    public var buckets: [Bucket]

    /// Creates a histogram from its rows.
    public init(buckets: [Bucket]) {
        self.buckets = buckets
    }
}

/// A text in Markdown, or a table of such.
public struct LoggedText: Sendable, Hashable {
    /// The size of each axis; empty for a single text.
    public var shape: [Int]
    /// The texts, row by row.
    public var texts: [String]

    /// Creates a text or a table.
    ///
    /// - Parameters:
    ///   - shape: The size of each axis; empty for a single text.
    ///   - texts: The texts, row by row.
    public init(shape: [Int] = [], _ texts: [String]) {
        self.shape = shape
        self.texts = texts
    }
}

/// A precision-recall curve as it stands in a file: one number a threshold, the thresholds evenly spread from 0 to 1.
public struct LoggedPrecisionRecallCurve: Sendable, Hashable {
    /// The positive samples that reach the threshold.
    public var truePositives: [Double]
    /// The negative samples that reach the threshold.
    public var falsePositives: [Double]
    /// The negative samples below the threshold.
    public var trueNegatives: [Double]
    /// The positive samples below the threshold.
    public var falseNegatives: [Double]
    /// The part of the samples that reach the threshold that is positive.
    public var precision: [Double]
    /// The part of the positive samples that reaches the threshold.
    public var recall: [Double]
}

/// A part of a mesh as it stands in a file.
public struct LoggedMeshPart: Sendable, Equatable {
    /// The parts of a mesh.
    public enum Part: String, Sendable, CaseIterable {
        /// Points, three numbers each.
        case vertices
        /// Triangles, three indices of points each.
        case faces
        /// Red, green and blue of each point, from 0 to 255.
        case colors
    }

    /// The mesh that the part belongs to.
    public var name: String
    /// Which part it is.
    public var part: Part
    /// The numbers; its axes are the samples, the elements and the three numbers of each.
    public var tensor: TensorValue
    /// Camera, lights and material as JSON.
    public var configuration: String
}
