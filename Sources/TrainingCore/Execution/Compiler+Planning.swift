// What of the graph a run needs, and in which shapes.
extension Compiler {
    /// Finds out of which nodes the run needs the values, and of which the shapes.
    mutating func markNeeded(_ results: [Int]) {
        var open = results.map { (index: $0, asValue: true) }
        while let (index, asValue) = open.popLast() {
            let isKnown = plans[index] != nil
            if isKnown, !asValue || self[index].needsValue { continue }
            self[index].needsValue = asValue
            guard feeds[index] == nil else { continue }
            let node = nodes[index]
            for (position, input) in node.inputs.enumerated() {
                open.append((input, asValue && node.operation.readsValue(ofInput: position)))
            }
            if asValue { for control in node.controlInputs { open.append((control, true)) } }
        }
        order = plans.keys.sorted()
    }

    func resolvedShape(_ index: Int) throws(TrainingError) -> [Int] {
        if let shape = feeds[index] { return shape }
        let node = nodes[index]
        if let refusal = variables.refusal(of: index) { throw refusal }
        let inputs = node.inputs.map { TensorShape(self[$0].shape) }
        let shape: TensorShape
        do throws(Mismatch) {
            shape = try node.operation.shape(of: inputs)
        } catch {
            throw TrainingError(error, node.operation, named: node.name, node.inputs.map { nodes[$0] }, shapes: inputs)
        }
        if node.operation is Placeholder, self[index].needsValue || !shape.isFullyDefined {
            throw TrainingError(
                .missingFeed,
                node: node.name,
                "placeholder '\(node.name)' of shape \(shape) needs a value: add it to `feeding`"
            )
        }
        if (shape.elementCount ?? .max) > Int(Int32.max) {
            throw TrainingError(
                .tooLarge,
                node: node.name,
                "'\(node.name)' would have the shape \(shape), but a tensor can have \(Int32.max) elements at most"
            )
        }
        return shape.dimensions.compactMap(\.self)
    }

    func isConstant(_ index: Int) -> Bool {
        let node = nodes[index]
        guard !(node.operation is Variable), !(node.operation is any RandomOperation), node.controlInputs.isEmpty
        else { return false }
        return node.inputs.enumerated().allSatisfy { position, input in
            self[input].isConstant || !node.operation.readsValue(ofInput: position)
        }
    }

    /// Finds the node whose memory a value shares.
    func sharedOwner(of index: Int) -> Int? {
        let node = nodes[index]
        guard feeds[index] == nil, !(node.operation is Variable) else { return nil }
        let inputs = node.inputs.map { self[$0].shape }
        return node.operation.aliasedInput(inputs, output: self[index].shape).map { owner(of: node.inputs[$0]) }
    }
}
