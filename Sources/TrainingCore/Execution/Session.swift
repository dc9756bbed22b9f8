import Platform

/// Runs a graph and keeps the values of its variables.
///
/// ```swift
/// let session = try Session(graph, seed: 7)
/// for step in 0..<10_001 {
///     let result = try session.run(train, cost, feeding: [x: inputs, y: labels])
///     writer.add(result.summaries, step: step)
/// }
/// ```
///
/// In one run, everything that reads a variable sees the value from before the run; updates come last. The same seed
/// gives the same values on every machine, bit for bit.
///
/// A session belongs to one thread at a time. Several sessions of one graph can run at once, each with variables of its
/// own.
public final class Session {
    /// What the session runs; nodes added later can be run too.
    public let graph: Graph
    /// What the initial values of random variables depend on, besides the variables' names.
    public let seed: UInt64

    /// The most memory that variables and any one compiled run may take together, in bytes.
    public let memoryLimit: Int

    let variables: VariableStore
    /// The moment from which the times in run metadata are counted.
    private let beginning = ContinuousClock.now
    /// The programs of the last different calls of `run`, oldest first.
    private var programs: [CachedProgram] = []
    private static let cachedPrograms = 16

    private struct CachedProgram {
        let fetches: [Tensor]
        let summaries: Bool
        let options: RunOptions
        let nodeCount: Int
        let callable: Callable
    }

    /// Creates a session and gives all variables their initial values.
    ///
    /// - Parameters:
    ///   - graph: What to run.
    ///   - seed: What the initial values of random variables depend on, besides the variables' names.
    ///   - memoryLimit: The most memory that the variables and any one compiled run may take together, in bytes; by
    ///     default half of the machine's.
    /// - Throws: ``TrainingError/Code/tooLarge`` if the variables need more memory. Mistakes in the graph are thrown
    ///   only by a run that needs the mistaken node.
    public init(_ graph: Graph, seed: UInt64 = 0, memoryLimit: Int? = nil) throws(TrainingError) {
        self.graph = graph
        self.seed = seed
        self.memoryLimit = memoryLimit ?? physicalMemoryByteCount / 2
        variables = VariableStore(seed: seed, limit: self.memoryLimit)
        _ = preparedNodes()
        if let refusal = variables.firstRefusal { throw refusal }
    }

    /// Computes values and runs operations once.
    ///
    /// The first call with certain fetches and shapes compiles a program, which later calls with the same ones use
    /// again; the last 16 are kept.
    ///
    /// - Parameters:
    ///   - fetches: Tensors whose values are wanted, and operations to run.
    ///   - feeds: The values of placeholders. Any other tensor but a variable can be given a value too.
    ///   - summaries: Whether to take all summaries of the graph. Those that depend on a placeholder without a value
    ///     are left out. If a summary or a merge is fetched, only that is taken, whatever is said here.
    ///   - options: What to measure, and what to do about NaN; nothing by default.
    /// - Returns: The values and summaries.
    /// - Throws: If a value is missing or does not fit its tensor, if shapes do not fit together, if the memory limit
    ///   is too low, if there is a NaN at which to stop, or the mistake in the graph that a fetch depends on.
    @discardableResult
    public func run(
        _ fetches: Tensor...,
        feeding feeds: [Tensor: TensorValue] = [:],
        summaries: Bool = true,
        options: RunOptions = RunOptions()
    ) throws(TrainingError) -> RunResult {
        try run(fetches, feeding: feeds, summaries: summaries, options: options)
    }

    /// Computes values and runs operations once, as ``run(_:feeding:summaries:options:)-(Tensor...,_,_,_)`` does.
    @discardableResult
    public func run(
        _ fetches: [Tensor],
        feeding feeds: [Tensor: TensorValue] = [:],
        summaries: Bool = true,
        options: RunOptions = RunOptions()
    ) throws(TrainingError) -> RunResult {
        let callable = try cachedCallable(fetches, feeds, summaries, options)
        callable()
        if options.nanCheck == .stop, let node = callable.firstNaN { throw TrainingError(notANumber: node) }
        return RunResult(callable)
    }

    /// Compiles a run that is to be repeated many times, and calls that cost as little as possible.
    ///
    /// ```swift
    /// let step = try session.makeCallable(train, cost, feeding: [x: inputs, y: labels])
    /// for index in 0..<10_001 {
    ///     step()
    ///     writer.add(step.summaries, step: index)
    /// }
    /// ```
    ///
    /// - Parameters:
    ///   - fetches: Tensors whose values are wanted, and operations to run.
    ///   - feeds: The values of placeholders, which can be changed later.
    ///   - summaries: Whether to take all summaries of the graph, as in ``run(_:feeding:summaries:options:)-(Tensor...,_,_,_)``.
    ///   - options: What each call is to measure; nothing by default.
    /// - Returns: The compiled run, to be called for each step.
    /// - Throws: If a value is missing or does not fit its tensor, or if shapes do not fit together.
    public func makeCallable(
        _ fetches: Tensor...,
        feeding feeds: [Tensor: TensorValue] = [:],
        summaries: Bool = true,
        options: RunOptions = RunOptions()
    ) throws(TrainingError) -> Callable {
        try makeCallable(fetches, feeding: feeds, summaries: summaries, options: options)
    }

    /// Compiles a run that is to be repeated, as ``makeCallable(_:feeding:summaries:options:)-(Tensor...,_,_,_)`` does.
    public func makeCallable(
        _ fetches: [Tensor],
        feeding feeds: [Tensor: TensorValue] = [:],
        summaries: Bool = true,
        options: RunOptions = RunOptions()
    ) throws(TrainingError) -> Callable {
        let nodes = preparedNodes()
        for fetch in fetches {
            try check(fetch, .invalidFetch)
            if let mistake = nodes[fetch.index].error { throw mistake }
        }
        for (tensor, value) in feeds {
            try check(tensor, .invalidFeed)
            try check(value, for: nodes[tensor.index])
        }
        let shapes = Dictionary(uniqueKeysWithValues: feeds.map { ($0.key.index, $0.value.shape) })
        let fetched = fetches.map(\.index)
        let trace = options.traceLevel == .full ? Trace(since: beginning) : nil
        let limit = memoryLimit - variables.byteCount
        let watch = options.nanCheck == .off ? nil : NaNWatch(options.nanCheck)
        let compiler = Compiler(nodes, variables, feeds: shapes, memoryLimit: limit, trace: trace, watch: watch)
        let program = try compiler.compile(
            fetches: fetched,
            summaries: selectSummaries(nodes, fetched: fetched, fed: shapes.keys, all: summaries)
        )
        let callable = Callable(graph, program)
        for (tensor, value) in feeds { try callable.feed(tensor, value) }
        return callable
    }

    /// Reads a variable.
    ///
    /// - Parameter variable: What ``Graph/variable(_:_:isTrainable:)`` returned, or one of ``Graph/variables``.
    /// - Returns: The value that the last run left.
    /// - Throws: If it is not a variable of this graph.
    public func value(of variable: Tensor) throws(TrainingError) -> TensorValue {
        let (elements, shape) = try storage(of: variable)
        return TensorValue(shape: shape, Array(elements))
    }

    /// Changes a variable.
    ///
    /// - Parameters:
    ///   - variable: What ``Graph/variable(_:_:isTrainable:)`` returned, or one of ``Graph/variables``.
    ///   - value: Elements of type `Float` in the variable's shape.
    /// - Throws: If it is not a variable of this graph, or if the shapes differ.
    public func assign(_ variable: Tensor, to value: TensorValue) throws(TrainingError) {
        let (elements, shape) = try storage(of: variable)
        guard let floats = value.floats, value.shape == shape else {
            throw TrainingError(
                .invalidFeed,
                node: variable.name,
                "'\(variable.name)' has shape \(shape) and type float, the value \(value.shape) and \(value.dataType)"
            )
        }
        _ = elements.update(fromContentsOf: floats)
    }
}

extension Session {
    private func preparedNodes() -> [Node] {
        let nodes = graph.nodes
        variables.prepare(nodes)
        return nodes
    }

    private func cachedCallable(
        _ fetches: [Tensor],
        _ feeds: [Tensor: TensorValue],
        _ summaries: Bool,
        _ options: RunOptions
    ) throws(TrainingError) -> Callable {
        let nodeCount = graph.nodes.count
        let known = programs.first {
            $0.nodeCount == nodeCount && $0.fetches == fetches && $0.summaries == summaries && $0.options == options
                && $0.callable.takes(feeds)
        }
        if let known {
            for (tensor, value) in feeds { try known.callable.feed(tensor, value) }
            return known.callable
        }
        let callable = try makeCallable(fetches, feeding: feeds, summaries: summaries, options: options)
        if programs.count == Self.cachedPrograms { programs.removeFirst() }
        programs.append(
            CachedProgram(
                fetches: fetches,
                summaries: summaries,
                options: options,
                nodeCount: nodeCount,
                callable: callable
            )
        )
        return callable
    }

    private func check(_ tensor: Tensor, _ code: TrainingError.Code) throws(TrainingError) {
        guard tensor.graph !== graph else { return }
        throw TrainingError(
            code,
            node: tensor.name,
            "'\(tensor.name)' belongs to another graph than the session: use a tensor of the session's graph"
        )
    }

    private func check(_ value: TensorValue, for node: Node) throws(TrainingError) {
        guard !(node.operation is Variable), node.type == .float, let shape = node.shape else {
            throw TrainingError(
                .invalidFeed,
                node: node.name,
                "'\(node.name)' cannot be fed: only float tensors can, and variables are set with assign(_:to:)"
            )
        }
        let fits =
            shape.rank == value.shape.count
            && zip(shape.dimensions, value.shape).allSatisfy { $0 == nil || $0 == $1 }
        guard fits, value.dataType == .float else {
            throw TrainingError(
                .invalidFeed,
                node: node.name,
                "'\(node.name)' takes values of shape \(shape) and type float, "
                    + "not of shape \(value.shape) and type \(value.dataType)"
            )
        }
    }

    private func storage(
        of variable: Tensor
    ) throws(TrainingError) -> (elements: UnsafeMutableBufferPointer<Float>, shape: [Int]) {
        try check(variable, .invalidFetch)
        let nodes = preparedNodes()
        if let problem = nodes[variable.index].error ?? variables.refusal(of: variable.index) { throw problem }
        guard let operation = nodes[variable.index].operation as? Variable, let elements = variables[variable.index]
        else {
            throw TrainingError(
                .invalidFetch,
                node: variable.name,
                "'\(variable.name)' is not a variable: use run to compute its value"
            )
        }
        return (elements, operation.initializer.shape)
    }
}
