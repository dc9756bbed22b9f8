/// Turns the part of a graph that a run needs into a ``Program``.
///
/// Nodes stand behind their inputs, so the order in which they were made is an order in which they can run. What no
/// fetch needs is left out, shapes are resolved, what depends on constants only is computed once and for all, and what
/// changes nothing shares the memory of its input.
struct Compiler {
    /// What is decided about one node.
    struct Plan {
        /// Whether the value is needed, or only the shape.
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

    let nodes: [Node]
    let variables: VariableStore
    let feeds: [Int: [Int]]
    /// In bytes.
    let memoryLimit: Int
    let trace: Trace?
    let watch: NaNWatch?
    /// What the run needs of the graph.
    var plans: [Int: Plan] = [:]
    /// The nodes in `plans` in the order in which they were made.
    var order: [Int] = []
    var layout = Arena.Layout()

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
        for index in order { self[index].shape = try resolvedShape(index) }
        for index in order where self[index].needsValue {
            self[index].isConstant = feeds[index] == nil && isConstant(index)
            self[index].owner = sharedOwner(of: index)
        }
        markLastUses(keeping: fetches + summaries.flatMap { nodes[$0].inputs })
        try placeValues()
        for index in fetches {
            placeCopyOfVariable(index)
            try checkMemory(index)
        }
        return link(Set(fetches), summaries)
    }

    subscript(index: Int) -> Plan {
        get { plans[index, default: Plan()] }
        _modify { yield &plans[index, default: Plan()] }
    }

    /// The node whose memory holds the value of another one, or its own.
    func owner(of index: Int) -> Int {
        self[index].owner ?? index
    }
}
