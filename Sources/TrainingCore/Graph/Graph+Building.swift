import Synchronization

extension Graph {
    /// All nodes made so far, each after its inputs.
    var nodes: [Node] { state.withLock { $0.nodes } }

    /// All nodes made so far, if there was no mistake in making them.
    func checkedNodes() throws(TrainingError) -> [Node] {
        let (nodes, error) = state.withLock { ($0.nodes, $0.firstError) }
        if let error { throw error }
        return nodes
    }

    func node(at index: Int) -> Node { state.withLock { $0.nodes[index] } }

    /// The full path of the current scope; empty at the top level.
    var scopePath: String { state.withLock { $0.scope.path } }

    /// Keeps the first mistake for the session to throw.
    func record(_ error: TrainingError) {
        state.withLock { $0.record(error) }
    }

    /// Makes a name unique in the current scope and takes it, for a node whose parts are made before it.
    func claimName(_ name: String) -> String {
        state.withLock { $0.claim($0.scope.qualify(name)) }
    }

    /// Enters a scope and returns the one to go back to.
    func enterScope(_ name: String) -> NameScope {
        state.withLock { state in
            let outer = state.scope
            state.scope = state.names.enterScope(name, in: outer)
            if !state.scope.path.isEmpty { state.checkName(state.scope.path) }
            return outer
        }
    }

    /// Adds a node in the current scope, under the operation's default name if none is given.
    func add(_ operation: some Operation, _ inputs: [Tensor], name: String?) -> Tensor {
        add(operation, inputs, name: .scoped(name ?? operation.defaultName))
    }

    /// Adds a node.
    ///
    /// - Parameters:
    ///   - operation: What the node does.
    ///   - inputs: What it reads.
    ///   - controls: Nodes that must run when this one runs.
    ///   - name: How to name it.
    /// - Returns: The node's output, with an unknown shape if the inputs do not suit the operation.
    func add(_ operation: some Operation, _ inputs: [Tensor], after controls: [Tensor] = [], name: NodeName) -> Tensor {
        if let stranger = (inputs + controls).first(where: { $0.graph !== self }) {
            let operands = inputs.map { "'\($0.name)'" }.joined(separator: " and ")
            record(
                TrainingError(
                    .unrelatedGraphs,
                    "\(operation.kind) cannot take \(operands): '\(stranger.name)' belongs to another graph"
                )
            )
            // Nothing of this graph runs any more, so a node without inputs will do for building on.
            return add(NoOperation(), [], name: name)
        }
        let index = state.withLock {
            $0.append(operation, inputs.map(\.index), controls.map(\.index), name)
        }
        return Tensor(graph: self, index: index)
    }
}

extension Graph.State {
    mutating func record(_ error: TrainingError) {
        if firstError == nil { firstError = error }
    }

    mutating func checkName(_ path: String) {
        guard !NameRegistry.isValid(path) else { return }
        record(
            TrainingError(
                .invalidName,
                node: path,
                "'\(path)' cannot name a node: use letters, digits and _ . - > \\ in parts joined by /, "
                    + "with a letter, a digit or a dot at the beginning"
            )
        )
    }

    mutating func claim(_ path: String) -> String {
        checkName(path)
        return names.takeUnique(path)
    }

    fileprivate mutating func append(
        _ operation: some Operation,
        _ inputs: [Int],
        _ controls: [Int],
        _ name: NodeName
    ) -> Int {
        let inputNodes = inputs.map { nodes[$0] }
        let (type, shape, mistake) = infer(operation, inputNodes)
        var drawing = Drawing(
            name: "",
            inputs: inputNodes.map {
                Drawing.Input(
                    name: $0.name,
                    output: $0.operation.outputName(ofNode: $0.name),
                    type: $0.type ?? .float,
                    shape: $0.shape
                )
            },
            controls: controls.map { nodes[$0].name },
            type: type,
            shape: shape
        )
        var drawn: [GraphDefinition.Node] = []
        let draw = { (path: String) in
            drawing.name = path
            drawn = operation.draw(drawing)
            return drawn.map(\.name)
        }
        let path: String
        switch name {
        case .scoped(let name): path = unique(scope.qualify(name), draw)
        case .absolute(let name): path = unique(name, draw)
        case .claimed(let name):
            path = name
            _ = draw(name)
        }
        self.drawn += drawn
        nodes.append(
            Node(
                name: path,
                operation: operation,
                inputs: inputs,
                controlInputs: controls,
                type: type,
                shape: shape
            )
        )
        if let mistake {
            record(TrainingError(mistake, operation, named: path, inputNodes, shapes: inputNodes.map(\.shape)))
        }
        return nodes.count - 1
    }

    private mutating func unique(_ path: String, _ parts: (String) -> [String]) -> String {
        checkName(path)
        return names.takeUnique(path, with: parts)
    }

    private func infer(
        _ operation: some Operation,
        _ inputs: [Node]
    ) -> (type: DataType?, shape: TensorShape?, mistake: Mismatch?) {
        var type: DataType?
        do throws(Mismatch) {
            let types = inputs.compactMap(\.type)
            guard types.count == inputs.count else {
                throw Mismatch(.typeMismatch, "an operation without a value cannot be an input")
            }
            type = try operation.type(of: types)
            let shapes = inputs.compactMap(\.shape)
            // An unknown shape comes from an earlier mistake, which is the one to report.
            guard type != nil, shapes.count == inputs.count else { return (type, nil, nil) }
            return (type, try operation.shape(of: shapes), nil)
        } catch {
            return (type, nil, error)
        }
    }
}
