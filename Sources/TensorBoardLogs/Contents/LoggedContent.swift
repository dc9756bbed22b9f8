public import EventCoding
public import Summaries

/// The meaning of a logged value, in one form for each kind of data whatever form its writer used.
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
    /// A text in Markdown, or a table of texts.
    case text(LoggedText)
    /// A precision-recall curve.
    case precisionRecallCurve(LoggedPrecisionRecallCurve)
    /// A part of a mesh.
    case mesh(LoggedMeshPart)
    /// Hyperparameters.
    case hyperparameters(HyperparameterRecord)
    /// The layout of custom scalars.
    case layout(ScalarLayout)
    /// A graph, with the time and memory that its nodes took in a run if known.
    case graph(GraphDefinition, RunMetadata?)
    /// The time and memory that the nodes of a graph took in a run.
    case runMetadata(RunMetadata)
    /// A diagram of a model's layers, as Keras writes models in JSON.
    case layerDiagram(String)
    /// A tensor of another plugin, or of none.
    case tensor(TensorValue)
    /// No value, for a plugin that keeps all data in the metadata.
    case none
    /// Data that cannot be decoded, with the reason.
    case unreadable(String)
}

/// A histogram as stored in a file: rows of two edges and a count.
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

/// A text in Markdown, or a table of texts.
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

/// A precision-recall curve as stored in a file: one number a threshold, with thresholds evenly spaced from 0 to 1.
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

    /// Creates a curve.
    ///
    /// - Parameters:
    ///   - truePositives: The positive samples that reach each threshold.
    ///   - falsePositives: The negative samples that reach it.
    ///   - trueNegatives: The negative samples below it.
    ///   - falseNegatives: The positive samples below it.
    ///   - precision: The part of the samples that reach it that is positive.
    ///   - recall: The part of the positive samples that reaches it.
    public init(
        truePositives: [Double],
        falsePositives: [Double],
        trueNegatives: [Double],
        falseNegatives: [Double],
        precision: [Double],
        recall: [Double]
    ) {
        self.truePositives = truePositives
        self.falsePositives = falsePositives
        self.trueNegatives = trueNegatives
        self.falseNegatives = falseNegatives
        self.precision = precision
        self.recall = recall
    }
}

/// A part of a mesh as stored in a file.
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

    /// Creates a part of a mesh.
    ///
    /// - Parameters:
    ///   - name: The mesh that the part belongs to.
    ///   - part: Which part it is.
    ///   - tensor: The numbers.
    ///   - configuration: Camera, lights and material as JSON.
    public init(name: String, part: Part, tensor: TensorValue, configuration: String) {
        self.name = name
        self.part = part
        self.tensor = tensor
        self.configuration = configuration
    }
}
