import Synchronization

/// A computation that is described first and run later: placeholders, variables and the operations on them.
///
/// ```swift
/// let graph = Graph()
/// let x = graph.placeholder("X", shape: [nil, 2])
/// let output = graph.nameScope("layer1") {
///     let weights = graph.variable("weight1", .randomNormal([2, 1]))
///     graph.histogram("weights1", weights)       // tag "layer1/weights1"
///     return sigmoid(matmul(x, weights))         // node "layer1/Sigmoid"
/// }
/// let session = try Session(graph)
/// let result = try session.run(output, feeding: [x: [[0, 1], [1, 1]]])
/// ```
///
/// Operators and functions that add nodes do not throw, so that formulas stay readable. A mistake (shapes that do not
/// fit, tensors of two graphs, a tag used twice, …) is kept in ``errors``, and a run that fetches the mistaken node or
/// one that depends on it throws it with the node's name. All other nodes go on working.
///
/// A graph only grows: a node never changes once it is made. It may be shared between threads, and each may run it in
/// a session of its own. Build it on one thread: the scopes of two that build at once would mix.
public final class Graph: Sendable {
    struct State {
        var nodes: [Node] = []
        /// The nodes by name, and those that are variables or summaries: what is asked for while the graph grows.
        var indices: [String: Int] = [:]
        var variables: [Int] = []
        var summaries: [Int] = []
        var names = NameRegistry()
        var scope = NameScope()
        var tags: Set<String> = []
        var errors: [TrainingError] = []
        var isFinalized = false
    }

    let state = Mutex(State())

    /// Creates an empty graph.
    public init() {}

    /// The mistakes that were made in building the graph, in their order, each once.
    ///
    /// Nodes that depend on a mistaken node are not listed.
    public var errors: [TrainingError] { state.withLock { $0.errors } }

    /// The first mistake that was made in building the graph.
    public var firstError: TrainingError? { state.withLock { $0.errors.first } }

    /// All variables in the order in which they were made, those of optimizers included.
    public var variables: [Tensor] { state.withLock { $0.variables }.map { Tensor(graph: self, index: $0) } }

    /// The variables that optimizers change unless told otherwise.
    public var trainableVariables: [Tensor] {
        state.withLock { state in
            state.variables.filter { (state.nodes[$0].operation as? Variable)?.isTrainable == true }
        }.map { Tensor(graph: self, index: $0) }
    }

    /// Finds a node by its full name, for example `layer1/MatMul`.
    ///
    /// - Parameter name: The full path, in the letter case in which the node was made.
    /// - Returns: The output of the node; `nil` if there is no such node.
    public func tensor(named name: String) -> Tensor? {
        state.withLock { $0.indices[name] }.map { Tensor(graph: self, index: $0) }
    }

    /// Closes the graph: a node that is added from now on is a mistake, which is recorded under the node's name.
    ///
    /// Call it before a training loop. A formula inside the loop then shows at once, instead of as a graph that grows
    /// and is compiled anew with each step.
    ///
    /// ```swift
    /// graph.finalize()
    /// let late = sigmoid(x)      // graph.errors: Sigmoid 'Sigmoid' cannot be added: …
    /// ```
    public func finalize() {
        state.withLock { $0.isFinalized = true }
    }

    /// Puts the nodes that `body` makes into a scope, which the Graphs dashboard draws as a box.
    ///
    /// Scopes nest. A name that is taken is made unique: entering `layer1` twice makes `layer1_1`. A name with a slash
    /// at its end is the full path of a scope that is entered again: `layer1/` goes on in `layer1`, wherever the call
    /// stands. The empty name is the top level.
    ///
    /// - Parameters:
    ///   - name: The name of the scope inside the current one, or a full path with a slash at its end.
    ///   - body: Makes nodes.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws.
    public func nameScope<Result, Failure: Error>(
        _ name: String,
        _ body: () throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let outer = enterScope(name)
        defer { state.withLock { $0.scope = outer } }
        return try body()
    }
}
