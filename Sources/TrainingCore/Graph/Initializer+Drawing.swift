extension Initializer {
    /// Draws the nodes that make the initial value, the last of which is the value.
    ///
    /// - Parameter drawing: The drawing of the variable.
    /// - Returns: The nodes, inputs first; none of a mistaken initializer.
    func draw(_ drawing: Drawing) -> [GraphDefinition.Node] {
        let name =
            switch distribution {
            case .fill(_, let name): name
            case .values: "Const"
            case .normal: "random_normal"
            case .truncatedNormal: "truncated_normal"
            case .uniform: "random_uniform"
            }
        return draw(
            drawing,
            as: "\(drawing.name)/Initializer/\(name)",
            attributes: ["_class": .colocated(with: drawing.name)]
        )
    }

    /// Draws the nodes that make the value, the last of which is the value.
    ///
    /// - Parameters:
    ///   - drawing: The drawing of the node that has the value.
    ///   - path: The name of the last node, below which the others stand.
    ///   - attributes: What all nodes have.
    /// - Returns: The nodes, inputs first; none of a mistaken initializer.
    func draw(
        _ drawing: Drawing,
        as path: String,
        attributes: [String: GraphDefinition.AttributeValue]
    ) -> [GraphDefinition.Node] {
        let value = ValueDrawing(drawing: drawing, path: path, shape: shape, attributes: attributes)
        guard problem == nil else { return [] }
        return switch distribution {
        case .fill(let number, _): value.fill(number)
        case .values(let values): Constant.draw(TensorValue(shape: shape, values), named: path, drawing, attributes)
        case .normal(let mean, let deviation):
            value.random("RandomStandardNormal", [("mean", mean), ("stddev", deviation)])
        case .truncatedNormal(let mean, let deviation):
            value.random("TruncatedNormal", [("mean", mean), ("stddev", deviation)])
        case .uniform(let lowerBound, let upperBound):
            value.random("RandomUniform", [("min", lowerBound), ("max", upperBound)])
        }
    }
}

/// Where the nodes that make a value are drawn, and what they share.
private struct ValueDrawing {
    let drawing: Drawing
    /// The name of the node that is the value.
    let path: String
    let shape: [Int]
    /// What all nodes have.
    let attributes: [String: GraphDefinition.AttributeValue]

    private var sizes: TensorValue {
        TensorValue(shape: [shape.count], elements: .int32(shape.map { Int32(clamping: $0) }))
    }

    /// Draws a constant, or what TensorFlow draws instead where one would be too large to show.
    func fill(_ number: Float) -> [GraphDefinition.Node] {
        if let count = TensorShape.elementCount(of: shape), count <= Constant.drawnEqualElements {
            let value = TensorValue(shape: shape, Array(repeating: number, count: count))
            return [node(path, "Const", [], Constant.attributes(of: value))]
        }
        let parts = [part("shape_as_tensor", sizes), part("Const", TensorValue(number))]
        return parts + [node(path, "Fill", parts.map(\.name), ["T": .type(.float), "index_type": .type(.int32)])]
    }

    /// Draws TensorFlow's formula: random numbers times a scale plus an offset.
    func random(_ operation: String, _ parameters: [(name: String, value: Float)]) -> [GraphDefinition.Node] {
        var nodes = [part("shape", sizes)] + parameters.map { part($0.name, TensorValue($0.value)) }
        let random = node(
            "\(path)/\(operation)",
            operation,
            [nodes[0].name],
            ["T": .type(.int32), "dtype": .type(.float), "seed": .int(0), "seed2": .int(0)]
        )
        nodes.append(random)
        var (offset, scale) = (nodes[1].name, nodes[2].name)
        if operation == "RandomUniform" {
            let width = node("\(path)/sub", "Sub", [scale, offset], ["T": .type(.float)], shape: [])
            nodes.append(width)
            scale = width.name
        }
        let product = node("\(path)/mul", "Mul", [random.name, scale], ["T": .type(.float)])
        return nodes + [product, node(path, "AddV2", [product.name, offset], ["T": .type(.float)])]
    }

    private func part(_ name: String, _ value: TensorValue) -> GraphDefinition.Node {
        node("\(path)/\(name)", "Const", [], Constant.attributes(of: value), shape: TensorShape(value.shape))
    }

    private func node(
        _ name: String,
        _ operation: String,
        _ inputs: [String],
        _ own: [String: GraphDefinition.AttributeValue],
        shape: TensorShape? = nil
    ) -> GraphDefinition.Node {
        drawing.node(
            named: name,
            operation,
            inputs,
            shape: shape ?? drawing.shape,
            attributes.merging(own) { _, own in own }
        )
    }
}
