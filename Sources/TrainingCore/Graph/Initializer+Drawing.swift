extension Initializer {
    /// Draws the nodes that make the initial value, the last of which is the value.
    ///
    /// - Parameter drawing: The drawing of the variable.
    /// - Returns: The nodes, inputs first; none of a mistaken initializer.
    func draw(_ drawing: Drawing) -> [GraphDefinition.Node] {
        guard problem == nil else { return [] }
        return switch distribution {
        case .fill(let value, let name):
            drawFill(name, value, drawing)
        case .values(let values):
            Constant.draw(
                TensorValue(shape: shape, values),
                named: "\(drawing.name)/Initializer/Const",
                drawing,
                ["_class": .colocated(with: drawing.name)]
            )
        case .normal(let mean, let deviation):
            drawRandom("random_normal", "RandomStandardNormal", [("mean", mean), ("stddev", deviation)], drawing)
        case .truncatedNormal(let mean, let deviation):
            drawRandom("truncated_normal", "TruncatedNormal", [("mean", mean), ("stddev", deviation)], drawing)
        case .uniform(let lowerBound, let upperBound):
            drawRandom("random_uniform", "RandomUniform", [("min", lowerBound), ("max", upperBound)], drawing)
        }
    }

    /// Draws a constant, or what TensorFlow draws instead where one would be too large to show.
    private func drawFill(_ name: String, _ value: Float, _ drawing: Drawing) -> [GraphDefinition.Node] {
        let path = "\(drawing.name)/Initializer/\(name)"
        if let count = TensorShape.elementCount(of: shape), count <= Constant.drawnEqualElements {
            return [constant(path, TensorValue(shape: shape, Array(repeating: value, count: count)), drawing)]
        }
        let parts = [
            constant("\(path)/shape_as_tensor", .int32(shape), drawing),
            constant("\(path)/Const", TensorValue(value), drawing),
        ]
        let attributes: [String: GraphDefinition.AttributeValue] = ["T": .type(.float), "index_type": .type(.int32)]
        return parts + [node(path, "Fill", parts.map(\.name), attributes, drawing)]
    }

    /// Draws TensorFlow's formula: random numbers times a scale plus an offset.
    private func drawRandom(
        _ name: String,
        _ operation: String,
        _ parameters: [(name: String, value: Float)],
        _ drawing: Drawing
    ) -> [GraphDefinition.Node] {
        let path = "\(drawing.name)/Initializer/\(name)"
        var nodes = [constant("\(path)/shape", .int32(shape), drawing)]
        let randomness: [String: GraphDefinition.AttributeValue] = [
            "T": .type(.int32), "dtype": .type(.float), "seed": .int(0), "seed2": .int(0),
        ]
        nodes += parameters.map { constant("\(path)/\($0.name)", TensorValue($0.value), drawing) }
        nodes.append(node("\(path)/\(operation)", operation, [nodes[0].name], randomness, drawing))
        let random = nodes[3].name
        var (offset, scale) = (nodes[1].name, nodes[2].name)
        if operation == "RandomUniform" {
            let width = drawing.node(
                named: "\(path)/sub",
                "Sub",
                [scale, offset],
                shape: [],
                ["T": .type(.float), "_class": .colocated(with: drawing.name)]
            )
            nodes.append(width)
            scale = width.name
        }
        let product = node("\(path)/mul", "Mul", [random, scale], ["T": .type(.float)], drawing)
        return nodes + [product, node(path, "AddV2", [product.name, offset], ["T": .type(.float)], drawing)]
    }

    private func constant(_ name: String, _ value: TensorValue, _ drawing: Drawing) -> GraphDefinition.Node {
        var attributes = Constant.attributes(of: value)
        attributes["_class"] = .colocated(with: drawing.name)
        return drawing.node(named: name, "Const", [], shape: TensorShape(value.shape), attributes)
    }

    private func node(
        _ name: String,
        _ operation: String,
        _ inputs: [String],
        _ attributes: [String: GraphDefinition.AttributeValue],
        _ drawing: Drawing
    ) -> GraphDefinition.Node {
        var attributes = attributes
        attributes["_class"] = .colocated(with: drawing.name)
        return drawing.node(named: name, operation, inputs, shape: drawing.shape, attributes)
    }
}
