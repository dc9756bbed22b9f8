import Synchronization

extension Graph {
    /// All nodes made so far, each after its inputs.
    ///
    /// Whoever holds them while nodes are added pays for a copy of them all.
    var nodes: [Node] { state.withLock { $0.nodes } }

    /// A node and all that its value is made from, in the order in which they were made.
    func ancestors(of index: Int) -> [Int] {
        state.withLock { state in
            var found: Set = [index]
            var open = [index]
            while let next = open.popLast() {
                for input in state.nodes[next].inputs where found.insert(input).inserted { open.append(input) }
            }
            return found.sorted()
        }
    }

    func node(at index: Int) -> Node { state.withLock { $0.nodes[index] } }

    /// The full path of the current scope; empty at the top level.
    var scopePath: String { state.withLock { $0.scope.path } }

    /// Keeps a mistake, which runs that need the node throw.
    func record(_ error: TrainingError, at tensor: Tensor) {
        state.withLock { $0.errors.append(error) }
        poison(tensor, error)
    }

    /// Keeps a node from running because of a mistake that the graph knows already.
    func poison(_ tensor: Tensor, _ error: TrainingError) {
        state.withLock { state in
            if state.nodes[tensor.index].error == nil { state.nodes[tensor.index].error = error }
        }
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
            // It never runs, so a node without inputs will do for building on.
            let tensor = add(NoOperation(), [], name: name)
            // A tensor that was mistaken from the start is the reason, not that it stands alone.
            if let mistake = stranger.node.error {
                record(TrainingError(mistake.code, node: tensor.name, mistake.message), at: tensor)
                return tensor
            }
            record(
                TrainingError(
                    .unrelatedGraphs,
                    node: tensor.name,
                    "\(operation.kind) '\(tensor.name)' cannot take \(operands): "
                        + "'\(stranger.name)' belongs to another graph"
                ),
                at: tensor
            )
            return tensor
        }
        let index = state.withLock {
            $0.append(operation, inputs.map(\.index), controls.map(\.index), name)
        }
        return Tensor(graph: self, index: index)
    }
}

extension Graph.State {
    /// Says why a path cannot name a node; `nil` if it can.
    private func mistake(inName path: String) -> TrainingError? {
        guard !NameRegistry.isValid(path) else { return nil }
        return TrainingError(
            .invalidName,
            node: path,
            "'\(path)' cannot name a node: use letters, digits and _ . - > \\ in parts joined by /, "
                + "with a letter, a digit or a dot at the beginning"
        )
    }

    /// Says that a node comes too late; `nil` if the graph is open.
    private func finalizationMistake(_ operation: some Operation, _ path: String) -> TrainingError? {
        guard isFinalized else { return nil }
        return TrainingError(
            .finalizedGraph,
            node: path,
            "\(operation.kind) '\(path)' cannot be added: the graph is finalized; build all nodes before finalize()"
        )
    }

    mutating func claim(_ path: String) -> String {
        names.takeUnique(path)
    }

    fileprivate mutating func append(
        _ operation: some Operation,
        _ inputs: [Int],
        _ controls: [Int],
        _ name: NodeName
    ) -> Int {
        let inputNodes = inputs.map { nodes[$0] }
        // One mistake is told once, by the node that it was made with.
        let inherited = (inputs + controls).first { nodes[$0].error != nil }.flatMap { nodes[$0].error }
        let (type, shape, mistake) =
            inherited == nil ? infer(operation, inputNodes) : (inferredType(operation, inputNodes), nil, nil)
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
        let ownError =
            (inherited == nil ? finalizationMistake(operation, path) : nil) ?? self.mistake(inName: path)
            ?? mistake.map { TrainingError($0, operation, named: path, inputNodes, shapes: inputNodes.map(\.shape)) }
        if let ownError { errors.append(ownError) }
        let index = nodes.count
        indices[path] = index
        if operation is Variable { variables.append(index) }
        if operation is Summary { summaries.append(index) }
        nodes.append(
            Node(
                name: path,
                operation: operation,
                inputs: inputs,
                controlInputs: controls,
                type: type,
                shape: shape,
                drawn: drawn,
                error: inherited ?? ownError
            )
        )
        return index
    }

    private mutating func unique(_ path: String, _ parts: (String) -> [String]) -> String {
        names.takeUnique(path, with: parts)
    }

    /// The type of a node that cannot run, for what is built on it.
    private func inferredType(_ operation: some Operation, _ inputs: [Node]) -> DataType? {
        let types = inputs.compactMap(\.type)
        return types.count == inputs.count ? try? operation.type(of: types) : nil
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
            guard shapes.count == inputs.count else { return (type, nil, nil) }
            let shape = try operation.shape(of: shapes)
            return (type, type == nil ? nil : shape, nil)
        } catch {
            return (type, nil, error)
        }
    }
}
