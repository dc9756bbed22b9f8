import Synchronization

extension Graph {
    /// The graph as the Graphs dashboard draws it: TensorFlow's names, operations, edges and shapes.
    ///
    /// Variables are drawn with their initial values, `Assign` and `read` nodes, and an `init` node that depends on
    /// every `Assign`. TensorFlow imports the graph. A constant with more than 1,024 different elements is drawn as a
    /// `Placeholder`, because TensorBoard would send them all to the browser. What depends on a mistake is left out:
    /// TensorFlow would not have made these nodes.
    ///
    /// ```swift
    /// writer.graph(graph.definition)
    /// ```
    public var definition: GraphDefinition {
        state.withLock { state in
            let nodes = state.nodes.filter { $0.error == nil }
            let drawn = nodes.flatMap(\.drawn)
            let variables = nodes.filter { $0.operation is Variable }
            guard !variables.isEmpty else { return GraphDefinition(nodes: drawn) }
            var names = state.names
            let drawing = Drawing(
                name: names.takeUnique("init"),
                inputs: [],
                controls: variables.map { "\($0.name)/Assign" },
                type: nil,
                shape: nil
            )
            return GraphDefinition(nodes: drawn + [drawing.node("NoOp", [])])
        }
    }
}
