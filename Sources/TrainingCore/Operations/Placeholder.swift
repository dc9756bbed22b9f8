/// A value that is given with each run.
struct Placeholder: Operation {
    let kind = "Placeholder"
    let shape: TensorShape

    func shape(of inputs: [TensorShape]) -> TensorShape { shape }

    func attributes(of drawing: Drawing) -> [String: GraphDefinition.AttributeValue] {
        ["dtype": .type(.float), "shape": .shape(shape)]
    }
}

extension Graph {
    /// Adds a value that is given with each run.
    ///
    /// ```swift
    /// let x = graph.placeholder("X", shape: [nil, 2])
    /// try session.run(hypothesis, feeding: [x: [[0, 1], [1, 1]]])
    /// ```
    ///
    /// - Parameters:
    ///   - name: The name of the node; `Placeholder` by default.
    ///   - shape: The size of each axis, `nil` where any size may be given.
    /// - Returns: The value that a run is given.
    public func placeholder(_ name: String? = nil, shape: TensorShape) -> Tensor {
        if shape.dimensions.contains(where: { $0 ?? 0 < 0 }) {
            record(TrainingError(.invalidArgument, node: name, "a placeholder cannot have the shape \(shape)"))
        }
        return add(Placeholder(shape: shape), [], name: name)
    }
}
