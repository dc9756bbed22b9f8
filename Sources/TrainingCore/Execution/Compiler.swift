/// Turns the part of a graph that a run needs into a ``Program``.
///
/// Nodes stand behind their inputs, so the order in which they were made is an order in which they can run. What no
/// fetch needs is left out, shapes are resolved, what depends on constants only is computed once and for all, and what
/// changes nothing shares the memory of its input.
struct Compiler {
    /// What is decided about one node.
    private struct Plan {
        var needsShape = false
        var needsValue = false
        var shape: [Int] = []
        /// Where the value lies in the arena; variables lie elsewhere.
        var place: Int?
        /// The node whose memory the value shares, because the operation changes nothing.
        var owner: Int?
        /// Where the memory lies that the kernel needs for itself.
        var scratch: Int?
        /// Where a variable's value is copied to, because it is needed while and after variables are changed.
        var copy: Int?
        /// Whether the value is the same in every run.
        var isConstant = false
        /// The last node that reads the memory before another value may have it; `Int.max` if a run needs it to its end.
        var lastUse = 0

        var count: Int { shape.reduce(1, *) }
    }

    private let nodes: [Node]
    private let variables: VariableStore
    private let feeds: [Int: [Int]]
    /// In bytes.
    private let memoryLimit: Int
    private let trace: Trace?
    private let watch: NaNWatch?
    private var plans: [Plan]
    private var layout = Arena.Layout()

    /// Prepares a compilation.
    ///
    /// - Parameters:
    ///   - nodes: All nodes of the graph; those that are needed have no mistakes.
    ///   - variables: The values of all variables among them.
    ///   - feeds: The shapes of the values that each run brings, by node.
    ///   - memoryLimit: The most memory that the program may ask for, in bytes.
    ///   - trace: Where each run notes what its nodes take, if it is to be measured.
    ///   - watch: What looks for NaN in each run, if it is asked for.
    init(
        _ nodes: [Node],
        _ variables: VariableStore,
        feeds: [Int: [Int]],
        memoryLimit: Int,
        trace: Trace?,
        watch: NaNWatch?
    ) {
        self.nodes = nodes
        self.variables = variables
        self.feeds = feeds
        self.memoryLimit = memoryLimit
        self.trace = trace
        self.watch = watch
        plans = Array(repeating: Plan(), count: nodes.count)
    }

    /// Compiles.
    ///
    /// - Parameters:
    ///   - fetches: The nodes whose values are wanted, or that are to run.
    ///   - summaries: The summaries to take.
    /// - Returns: A program that can be run any number of times.
    /// - Throws: If a placeholder has no value, or if shapes do not fit together.
    consuming func compile(fetches: [Int], summaries: [Int]) throws(TrainingError) -> Program {
        // A value that is fed needs a place even if the fetches turn out not to depend on it.
        markNeeded(fetches + summaries + feeds.keys)
        for index in nodes.indices where plans[index].needsShape { plans[index].shape = try resolvedShape(index) }
        for index in nodes.indices where plans[index].needsValue {
            plans[index].isConstant = feeds[index] == nil && isConstant(index)
            plans[index].owner = sharedOwner(of: index)
        }
        markLastUses(keeping: fetches + summaries.flatMap { nodes[$0].inputs })
        let expiring = Dictionary(grouping: plans.indices.filter { plans[$0].lastUse < .max }) { plans[$0].lastUse }
        // What is there before the first kernel of a run gets memory first, so that it shares none with what comes later.
        for index in nodes.indices where plans[index].needsValue && isThereBeforeRuns(index) {
            placeValue(index)
            try checkMemory(index)
        }
        for index in nodes.indices where plans[index].needsValue && !isThereBeforeRuns(index) {
            placeValue(index)
            try checkMemory(index)
            for last in expiring[index] ?? [] {
                if let place = plans[last].place { layout.release(place, plans[last].count) }
            }
        }
        for index in fetches {
            placeCopyOfVariable(index)
            try checkMemory(index)
        }
        return link(Set(fetches), summaries)
    }

    private mutating func markNeeded(_ results: [Int]) {
        for index in results { markValueNeeded(index) }
        for index in nodes.indices.reversed() where plans[index].needsShape && feeds[index] == nil {
            let node = nodes[index]
            for (position, input) in node.inputs.enumerated() {
                plans[input].needsShape = true
                if plans[index].needsValue, node.operation.readsValue(ofInput: position) { markValueNeeded(input) }
            }
            guard plans[index].needsValue else { continue }
            for control in node.controlInputs { markValueNeeded(control) }
        }
    }

    private mutating func markValueNeeded(_ index: Int) {
        plans[index].needsShape = true
        plans[index].needsValue = true
    }

    private func resolvedShape(_ index: Int) throws(TrainingError) -> [Int] {
        if let shape = feeds[index] { return shape }
        let node = nodes[index]
        if let refusal = variables.refusal(of: index) { throw refusal }
        let inputs = node.inputs.map { TensorShape(plans[$0].shape) }
        let shape: TensorShape
        do throws(Mismatch) {
            shape = try node.operation.shape(of: inputs)
        } catch {
            throw TrainingError(error, node.operation, named: node.name, node.inputs.map { nodes[$0] }, shapes: inputs)
        }
        if node.operation is Placeholder, plans[index].needsValue || !shape.isFullyDefined {
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

    private func checkMemory(_ index: Int) throws(TrainingError) {
        guard layout.count > memoryLimit / MemoryLayout<Float>.stride else { return }
        throw TrainingError(tooLarge: nodes[index].name, TensorShape(plans[index].shape), limit: memoryLimit)
    }

    private mutating func placeValue(_ index: Int) {
        let node = nodes[index]
        guard feeds[index] == nil else {
            plans[index].place = layout.place(plans[index].count)
            return
        }
        guard !(node.operation is Variable) else { return }
        let inputs = node.inputs.map { plans[$0].shape }
        if plans[index].owner == nil, let type = node.type, type != .string {
            plans[index].place = layout.place(plans[index].count)
        }
        if let update = node.operation as? any UpdateOperation {
            for input in node.inputs.dropFirst(update.variableCount) { placeCopyOfVariable(input) }
        }
        let scratch = node.operation.scratchCount(inputs, output: plans[index].shape)
        guard scratch > 0 else { return }
        let place = layout.place(scratch)
        plans[index].scratch = place
        // It serves its kernel only while that runs.
        if !(node.operation is any UpdateOperation) { layout.release(place, scratch) }
    }

    private func isThereBeforeRuns(_ index: Int) -> Bool {
        plans[index].isConstant || feeds[index] != nil
    }

    /// Finds the node whose memory a value shares.
    private func sharedOwner(of index: Int) -> Int? {
        let node = nodes[index]
        guard feeds[index] == nil, !(node.operation is Variable) else { return nil }
        let inputs = node.inputs.map { plans[$0].shape }
        return node.operation.aliasedInput(inputs, output: plans[index].shape).map { owner(of: node.inputs[$0]) }
    }

    /// Finds out how long each value is needed.
    ///
    /// What is fed, fetched, computed once and for all, or read by an update lasts for the whole run; anything else
    /// until the last node that reads it has run.
    private mutating func markLastUses(keeping results: [Int]) {
        for index in nodes.indices where plans[index].needsValue {
            let isUpdate = nodes[index].operation is any UpdateOperation
            if isThereBeforeRuns(index) || isUpdate { plans[owner(of: index)].lastUse = .max }
            plans[owner(of: index)].lastUse = max(plans[owner(of: index)].lastUse, index)
            guard feeds[index] == nil else { continue }
            for input in nodes[index].inputs {
                let owner = owner(of: input)
                plans[owner].lastUse = isUpdate ? .max : max(plans[owner].lastUse, index)
            }
        }
        for index in results { plans[owner(of: index)].lastUse = .max }
    }

    private mutating func placeCopyOfVariable(_ index: Int) {
        guard nodes[owner(of: index)].operation is Variable, plans[index].copy == nil else { return }
        plans[index].copy = layout.place(plans[index].count)
    }

    private func owner(of index: Int) -> Int {
        plans[index].owner ?? index
    }

    // MARK: Code

    private consuming func link(_ fetches: Set<Int>, _ summaries: [Int]) -> Program {
        let arena = Arena(count: layout.count)
        var compute: [Kernel] = []
        var update: [Kernel] = []
        if let watch { compute.append(lookingAtWhatIsGiven(watch, arena)) }
        for index in nodes.indices where plans[index].needsValue {
            guard feeds[index] == nil, let kernel = kernel(of: index, arena) else {
                trace(index)
                continue
            }
            if nodes[index].operation is any UpdateOperation {
                update.append(traced(kernel, of: index))
            } else if plans[index].isConstant {
                kernel()
                trace(index)
            } else {
                let kernel = traced(kernel, of: index)
                compute.append(watch?.looking(kernel, at: buffer(of: index, arena), of: nodes[index].name) ?? kernel)
            }
        }
        for index in nodes.indices {
            guard let copy = plans[index].copy else { continue }
            let (value, target, count) = (buffer(of: index, arena), arena.start + copy, plans[index].count)
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
    private func lookingAtWhatIsGiven(_ watch: NaNWatch, _ arena: Arena) -> Kernel {
        let given = nodes.indices.filter {
            plans[$0].needsValue && plans[$0].owner == nil
                && (isThereBeforeRuns($0) || nodes[$0].operation is Variable)
        }
        let values = given.map { (buffer(of: $0, arena), nodes[$0].name) }
        return {
            watch.begin()
            for (value, name) in values { watch.look(at: value, of: name) }
        }
    }

    /// Notes a node that has nothing to compute in a run, and the `read` node that is drawn with a variable.
    private func trace(_ index: Int) {
        let execution = execution(of: index)
        trace?.add(execution)
        let output = nodes[index].operation.outputName(ofNode: nodes[index].name)
        if output != nodes[index].name { trace?.add(.init(name: output, outputShapes: execution.outputShapes)) }
    }

    private func traced(_ kernel: @escaping Kernel, of index: Int) -> Kernel {
        trace.map { $0.timing(kernel, of: execution(of: index)) } ?? kernel
    }

    /// What is known of a node's part in a run before the run.
    private func execution(of index: Int) -> RunMetadata.NodeExecution {
        let (node, plan) = (nodes[index], plans[index])
        let holdsValue = plan.place != nil || node.operation is Variable
        var elements = holdsValue ? plan.count : 0
        if plan.copy != nil { elements += plan.count }
        if plan.scratch != nil {
            elements += node.operation.scratchCount(node.inputs.map { plans[$0].shape }, output: plan.shape)
        }
        return RunMetadata.NodeExecution(
            name: node.name,
            memoryByteCount: elements * MemoryLayout<Float>.stride,
            outputShapes: node.type == nil ? [] : [plan.shape]
        )
    }

    private func isConstant(_ index: Int) -> Bool {
        let node = nodes[index]
        guard !(node.operation is Variable), !(node.operation is any RandomOperation), node.controlInputs.isEmpty
        else { return false }
        return node.inputs.enumerated().allSatisfy { position, input in
            plans[input].isConstant || !node.operation.readsValue(ofInput: position)
        }
    }

    private func kernel(of index: Int, _ arena: Arena) -> Kernel? {
        let node = nodes[index]
        let update = node.operation as? any UpdateOperation
        guard plans[index].owner == nil || update != nil else { return nil }
        let variableCount = update?.variableCount ?? node.inputs.count
        let operands = Operands(
            inputs: node.inputs.enumerated().map { position, input in
                position < variableCount ? buffer(of: input, arena) : copyOrBuffer(of: input, arena)
            },
            output: buffer(of: index, arena),
            scratch: arena.start + (plans[index].scratch ?? 0)
        )
        if let random = node.operation as? any RandomOperation {
            return random.kernel(operands, variables.randomCounters.source(for: node.name))
        }
        return node.operation.kernel(operands)
    }

    /// The memory in which a value is found while and after variables are changed.
    private func copyOrBuffer(of index: Int, _ arena: Arena) -> Operands.Buffer {
        guard let copy = plans[index].copy else { return buffer(of: index, arena) }
        return Operands.Buffer(pointer: arena.start + copy, shape: plans[index].shape)
    }

    /// The memory of a node's value; of a node of which only the shape is needed, it is never read.
    private func buffer(of index: Int, _ arena: Arena) -> Operands.Buffer {
        let owner = owner(of: index)
        let pointer = variables[owner]?.baseAddress ?? arena.start + (plans[owner].place ?? 0)
        return Operands.Buffer(pointer: pointer, shape: plans[index].shape)
    }
}
