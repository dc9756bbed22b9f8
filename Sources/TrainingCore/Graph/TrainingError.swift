/// What was wrong with a graph, with a run of it, or with the values given to it.
///
/// ```swift
/// do {
///     try session.run(cost, feeding: [x: inputs])
/// } catch where error.code == .missingFeed {
///     print(error)   // placeholder 'Y' needs a value: add it to `feeding`
/// }
/// ```
public struct TrainingError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kind of the error.
    public let code: Code
    /// One sentence that names the nodes and says what was expected.
    public let message: String
    /// The name of the node that could not be made or run, if it is about one.
    public let node: String?

    init(_ code: Code, node: String? = nil, _ message: String) {
        self.code = code
        self.node = node
        self.message = message
    }

    /// The error of a tensor for which there is no memory within a session's limit.
    init(tooLarge node: String, _ shape: TensorShape, limit: Int) {
        self.init(
            .tooLarge,
            node: node,
            "'\(node)' of shape \(shape) would bring the session beyond its limit of \(limit) bytes of memory: "
                + "use smaller tensors or give the session a higher memoryLimit"
        )
    }

    /// The error of an integer that a `Float` does not hold exactly.
    init(_ code: Code, inexact integer: Int64, in node: String) {
        self.init(
            code,
            node: node,
            "'\(node)' cannot hold \(integer): integers are kept as floats, which are exact up to 16777216 (2^24)"
        )
    }

    /// The error of a run that stops at a NaN.
    init(notANumber node: String) {
        self.init(
            .notANumber,
            node: node,
            "'\(node)' has a NaN, and no node before it: look at its inputs for infinities, logarithms and roots of "
                + "negative numbers, and divisions by zero"
        )
    }

    /// The message.
    public var description: String { message }
}

extension TrainingError {
    /// A kind of error, to which later versions may add others.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Kind: String {
            case invalidArgument
            case invalidName
            case duplicateTag
            case shapeMismatch
            case typeMismatch
            case unrelatedGraphs
            case noTrainableVariable
            case missingFeed
            case invalidFeed
            case invalidFetch
            case tooLarge
            case notANumber
            case finalizedGraph
            case invalidData
        }

        private let kind: Kind

        private init(_ kind: Kind) {
            self.kind = kind
        }

        /// A setting is out of its range, for example a learning rate of zero.
        public static let invalidArgument = Code(.invalidArgument)
        /// A node's name has characters that a graph cannot hold.
        public static let invalidName = Code(.invalidName)
        /// Two summaries of a graph have the same tag.
        public static let duplicateTag = Code(.duplicateTag)
        /// The shapes of an operation's inputs do not fit together.
        public static let shapeMismatch = Code(.shapeMismatch)
        /// An operation cannot take inputs of this type, or takes an input that has no value.
        public static let typeMismatch = Code(.typeMismatch)
        /// A tensor belongs to another graph.
        public static let unrelatedGraphs = Code(.unrelatedGraphs)
        /// An optimizer found no variable that it could change.
        public static let noTrainableVariable = Code(.noTrainableVariable)
        /// A placeholder that the result depends on was given no value.
        public static let missingFeed = Code(.missingFeed)
        /// The value given to a tensor has another shape or type.
        public static let invalidFeed = Code(.invalidFeed)
        /// What was asked for is not a part of the graph or not of the kind that was expected.
        public static let invalidFetch = Code(.invalidFetch)
        /// A tensor has more elements than can be held, or than the session's memory limit allows.
        public static let tooLarge = Code(.tooLarge)
        /// A value has a NaN, and the run was asked to stop at it.
        public static let notANumber = Code(.notANumber)
        /// A node was added after ``Graph/finalize()``.
        public static let finalizedGraph = Code(.finalizedGraph)
        /// Data to learn from does not have the form that is needed.
        public static let invalidData = Code(.invalidData)

        /// The name of the code.
        public var description: String { kind.rawValue }
    }
}
