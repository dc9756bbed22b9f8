/// A value that is given with each run.
struct Placeholder: Operation {
    let kind = "Placeholder"
    let type: DataType
    let shape: TensorShape

    func type(of inputs: [DataType]) throws(Mismatch) -> DataType? { type }

    func shape(of inputs: [TensorShape]) -> TensorShape { shape }

    func attributes(of drawing: Drawing) -> [String: GraphDefinition.AttributeValue] {
        ["dtype": .type(type), "shape": .shape(shape)]
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
    ///   - type: The type of the elements: `.float`, `.bool`, `.int32` or `.int64`. Integers are held as `Float`: a run
    ///     refuses those beyond 2^24 that it cannot hold exactly.
    ///   - shape: The size of each axis, `nil` where any size may be given.
    /// - Returns: The value that a run is given.
    public func placeholder(_ name: String? = nil, type: DataType = .float, shape: TensorShape) -> Tensor {
        let tensor = add(Placeholder(type: type, shape: shape), [], name: name)
        if !DataType.computable.contains(type) {
            record(
                TrainingError(
                    .typeMismatch,
                    node: tensor.name,
                    "placeholder '\(tensor.name)' cannot be of type \(type): use float, bool, int32 or int64"
                ),
                at: tensor
            )
        } else if shape.dimensions.contains(where: { $0 ?? 0 < 0 }) {
            record(
                TrainingError(
                    .invalidArgument,
                    node: tensor.name,
                    "placeholder '\(tensor.name)' cannot have the shape \(shape): leave an open size nil"
                ),
                at: tensor
            )
        }
        return tensor
    }
}
