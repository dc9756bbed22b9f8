/// Builds a graph for the Graphs dashboard node by node, for models that no training core of ours describes.
///
/// ```swift
/// var builder = GraphBuilder()
/// let x = builder.node("x", "Placeholder", shape: [nil, 4])
/// let y = builder.scope("layer1") { layer in
///     let weights = layer.node("weights", "VariableV2", shape: [4, 3])
///     return layer.node("MatMul", "MatMul", inputs: [x, weights], shape: [nil, 3])   // node "layer1/MatMul"
/// }
/// writer.graph(builder.definition)
/// ```
///
/// Names are made as TensorFlow makes them: of two equal ones in a scope the second gets `_1`, also where they differ
/// in letter case only, and a character that no node's name can hold becomes an underscore. Names such as `length` and
/// `constructor`, with which the Graphs dashboard shows nothing, get `_1` too.
public struct GraphBuilder: Sendable {
    /// One of the values that a node makes, as another node's input.
    public struct Output: Sendable, Hashable {
        /// The unique name of the node.
        public let node: String
        /// Which of the node's outputs it is, counted from 0.
        public let index: Int

        /// Another output of the same node.
        public func output(_ index: Int) -> Output { Output(node: node, index: index) }

        fileprivate var inputName: String { index == 0 ? node : "\(node):\(index)" }
    }

    /// What has been built so far.
    public private(set) var definition = GraphDefinition(nodes: [])

    private var names = NameRegistry()
    private var scope = NameScope()
    private var device = ""

    /// Creates a builder of an empty graph.
    public init() {}

    /// Adds a node inside the current scope and on the current device.
    ///
    /// - Parameters:
    ///   - name: What to call it; slashes make nested boxes.
    ///   - operation: TensorFlow's name of the operation if it has one. Operations with `Const` in their name are drawn
    ///     small, beside the nodes that read them.
    ///   - inputs: The values that it reads.
    ///   - dependencies: The nodes that must have run before it without being read, drawn as dotted lines.
    ///   - shape: The shape of output 0, shown on the lines that leave it; `nil` if it is not known. The shapes of
    ///     several outputs are given in the attribute `_output_shapes`.
    ///   - attributes: Settings of the operation by name.
    /// - Returns: The node's output 0.
    @discardableResult
    public mutating func node(
        _ name: String,
        _ operation: String,
        inputs: [Output] = [],
        after dependencies: [Output] = [],
        shape: TensorShape? = nil,
        attributes: [String: GraphDefinition.AttributeValue] = [:]
    ) -> Output {
        let unique = names.takeUnique(NameRegistry.cleaned(scope.qualify(name)))
        var attributes = attributes
        if let shape { attributes["_output_shapes"] = .shapes([shape]) }
        definition.nodes.append(
            GraphDefinition.Node(
                name: unique,
                operation: GraphNames.isReserved(operation) ? "\(operation)_1" : operation,
                inputs: inputs.map(\.inputName) + dependencies.map { "^\($0.node)" },
                device: device,
                attributes: attributes
            )
        )
        return Output(node: unique, index: 0)
    }

    /// Puts the nodes that `body` adds into a scope, which the Graphs dashboard draws as a box.
    ///
    /// Scopes nest. Entering `layer1` twice makes `layer1_1`. A name with a slash at its end is the full path of a scope
    /// that is entered again, and the empty name is the top level.
    ///
    /// - Parameters:
    ///   - name: The name of the scope inside the current one, or a full path with a slash at its end.
    ///   - body: Adds nodes.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws.
    @discardableResult
    public mutating func scope<Result, Failure: Error>(
        _ name: String,
        _ body: (inout GraphBuilder) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let outer = scope
        scope = names.enterScope(Self.cleanedScope(name), in: outer)
        defer { scope = outer }
        return try body(&self)
    }

    /// Puts the nodes that `body` adds on a device, by which the Graphs dashboard can colour them.
    ///
    /// - Parameters:
    ///   - name: The device in TensorFlow's form, for example `/device:GPU:0`; empty for none.
    ///   - body: Adds nodes.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws.
    @discardableResult
    public mutating func device<Result, Failure: Error>(
        _ name: String,
        _ body: (inout GraphBuilder) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let outer = device
        device = name
        defer { device = outer }
        return try body(&self)
    }

    private static func cleanedScope(_ name: String) -> String {
        if name.isEmpty || name == "/" { return name }
        return NameRegistry.cleaned(name) + (name.hasSuffix("/") ? "/" : "")
    }
}
