/// A value that never changes.
struct Constant: Operation {
    let kind = "Const"
    let value: TensorValue

    /// The most elements that a graph definition shows, because TensorBoard sends them all to the browser.
    static let drawnElements = 16

    func type(of inputs: [DataType]) -> DataType? { value.dataType }

    func shape(of inputs: [TensorShape]) -> TensorShape { TensorShape(value.shape) }

    func kernel(_ operands: Operands) -> Kernel? {
        let output = operands.output.elements
        let values = value.floats ?? []
        return { _ = output.update(fromContentsOf: values) }
    }

    func attributes(of drawing: Drawing) -> [String: GraphDefinition.AttributeValue] {
        Self.attributes(of: value)
    }

    static func attributes(of value: TensorValue) -> [String: GraphDefinition.AttributeValue] {
        var attributes: [String: GraphDefinition.AttributeValue] = ["dtype": .type(value.dataType)]
        if value.count <= drawnElements { attributes["value"] = .tensor(value) }
        return attributes
    }
}

extension Graph {
    /// Adds a value that never changes.
    ///
    /// - Parameters:
    ///   - value: Elements of type `Float`.
    ///   - name: The name of the node; `Const` by default.
    /// - Returns: The value.
    public func constant(_ value: TensorValue, name: String? = nil) -> Tensor {
        constant(value, name: .scoped(name ?? "Const"))
    }

    func constant(_ value: TensorValue, name: NodeName) -> Tensor {
        if value.floats == nil {
            record(
                TrainingError(.typeMismatch, "a constant must have elements of type float, not \(value.dataType)")
            )
        }
        return add(Constant(value: value), [], name: name)
    }
}
