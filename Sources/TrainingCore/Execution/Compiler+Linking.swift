// The code of a run, over memory that is there.
extension Compiler {
    consuming func link(_ fetches: Set<Int>, _ summaries: [Int]) -> Program {
        let arena = Arena(count: layout.count)
        var compute: [Kernel] = []
        var update: [Kernel] = []
        if let watch { compute.append(lookingAtWhatIsGiven(watch, arena)) }
        for index in order where self[index].needsValue {
            guard feeds[index] == nil, let kernel = kernel(of: index, arena) else {
                trace(index)
                continue
            }
            if nodes[index].operation is any UpdateOperation {
                update.append(traced(kernel, of: index))
            } else if self[index].isConstant {
                kernel()
                trace(index)
            } else {
                let kernel = traced(kernel, of: index)
                compute.append(watch?.looking(kernel, at: buffer(of: index, arena), of: nodes[index].name) ?? kernel)
            }
        }
        for index in order {
            guard let copy = self[index].copy else { continue }
            let (value, target, count) = (buffer(of: index, arena), arena.start + copy, self[index].count)
            compute.append { target.update(from: value.pointer, count: count) }
        }
        return Program(
            compute: sequence(compute[...]),
            update: sequence(update[...]),
            feeds: Dictionary(uniqueKeysWithValues: feeds.keys.map { ($0, buffer(of: $0, arena)) }),
            fetches: Dictionary(
                uniqueKeysWithValues: fetches.filter { nodes[$0].type.map { $0 != .string } ?? false }
                    .map { ($0, copyOrBuffer(of: $0, arena)) }
            ),
            summaries: summaries.compactMap { index in
                guard let summary = nodes[index].operation as? Summary else { return nil }
                let value = buffer(of: nodes[index].inputs[0], arena)
                return Program.SummarySource(form: summary.form, tag: summary.tag, elements: value.elements)
            },
            arena: arena,
            variables: variables,
            trace: trace,
            watch: watch
        )
    }

    /// Makes the kernel that begins a run's search for NaN with what is there before it: variables, feeds, constants.
    func lookingAtWhatIsGiven(_ watch: NaNWatch, _ arena: Arena) -> Kernel {
        let given = order.filter {
            self[$0].needsValue && self[$0].owner == nil
                && (isThereBeforeRuns($0) || nodes[$0].operation is Variable)
        }
        let values = given.map { (buffer(of: $0, arena), nodes[$0].name) }
        return {
            watch.begin()
            for (value, name) in values { watch.look(at: value, of: name) }
        }
    }

    /// Notes a node that has nothing to compute in a run, and the `read` node that is drawn with a variable.
    func trace(_ index: Int) {
        let execution = execution(of: index)
        trace?.add(execution)
        let output = nodes[index].operation.outputName(ofNode: nodes[index].name)
        if output != nodes[index].name { trace?.add(.init(name: output, outputShapes: execution.outputShapes)) }
    }

    func traced(_ kernel: @escaping Kernel, of index: Int) -> Kernel {
        trace.map { $0.timing(kernel, of: execution(of: index)) } ?? kernel
    }

    /// What is known of a node's part in a run before the run.
    func execution(of index: Int) -> RunMetadata.NodeExecution {
        let (node, plan) = (nodes[index], self[index])
        let holdsValue = plan.place != nil || node.operation is Variable
        var elements = holdsValue ? plan.count : 0
        if plan.copy != nil { elements += plan.count }
        if plan.scratch != nil {
            elements += node.operation.scratchCount(node.inputs.map { self[$0].shape }, output: plan.shape)
        }
        return RunMetadata.NodeExecution(
            name: node.name,
            memoryByteCount: elements * MemoryLayout<Float>.stride,
            outputShapes: node.type == nil ? [] : [plan.shape]
        )
    }

    func kernel(of index: Int, _ arena: Arena) -> Kernel? {
        let node = nodes[index]
        let update = node.operation as? any UpdateOperation
        guard self[index].owner == nil || update != nil else { return nil }
        let variableCount = update?.variableCount ?? node.inputs.count
        let operands = Operands(
            inputs: node.inputs.enumerated().map { position, input in
                position < variableCount ? buffer(of: input, arena) : copyOrBuffer(of: input, arena)
            },
            output: buffer(of: index, arena),
            scratch: arena.start + (self[index].scratch ?? 0)
        )
        if let random = node.operation as? any RandomOperation {
            return random.kernel(operands, variables.randomCounters.source(for: node.name))
        }
        return node.operation.kernel(operands)
    }

    /// The memory in which a value is found while and after variables are changed.
    func copyOrBuffer(of index: Int, _ arena: Arena) -> Operands.Buffer {
        guard let copy = self[index].copy else { return buffer(of: index, arena) }
        return Operands.Buffer(pointer: arena.start + copy, shape: self[index].shape)
    }

    /// The memory of a node's value; of a node of which only the shape is needed, it is never read.
    func buffer(of index: Int, _ arena: Arena) -> Operands.Buffer {
        let owner = owner(of: index)
        let pointer = variables[owner]?.baseAddress ?? arena.start + (self[owner].place ?? 0)
        return Operands.Buffer(pointer: pointer, shape: self[index].shape)
    }
}
