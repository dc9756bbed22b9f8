/// What an operation needs to know of its node in order to draw it in a graph definition.
struct Drawing {
    struct Input {
        /// The name of the node.
        let name: String
        /// The name under which its value is read, which for a variable is that of its `read` node.
        let output: String
        let type: DataType
        let shape: TensorShape?
    }

    var name: String
    let inputs: [Input]
    let controls: [String]
    let type: DataType?
    let shape: TensorShape?

    /// The names under which the inputs' values are read.
    var values: [String] { inputs.map(\.output) }

    /// Draws the operation's own node.
    ///
    /// - Parameters:
    ///   - operation: TensorFlow's name of the operation.
    ///   - inputs: The names of the nodes read.
    ///   - attributes: All attributes but `_output_shapes`.
    /// - Returns: The node.
    func node(
        _ operation: String,
        _ inputs: [String],
        _ attributes: [String: GraphDefinition.AttributeValue] = [:]
    ) -> GraphDefinition.Node {
        let controls = controls.sorted().map { "^\($0)" }
        return node(named: name, operation, inputs + controls, shape: shape, attributes)
    }

    /// Draws a node that TensorFlow draws together with the operation's own.
    ///
    /// - Parameters:
    ///   - name: The full name.
    ///   - operation: TensorFlow's name of the operation.
    ///   - inputs: The names of the nodes read.
    ///   - shape: The shape of the output; `nil` if it is unknown or there is none.
    ///   - attributes: All attributes but `_output_shapes`.
    /// - Returns: The node.
    func node(
        named name: String,
        _ operation: String,
        _ inputs: [String],
        shape: TensorShape?,
        _ attributes: [String: GraphDefinition.AttributeValue] = [:]
    ) -> GraphDefinition.Node {
        var attributes = attributes
        if let shape { attributes["_output_shapes"] = .shapes([shape]) }
        return GraphDefinition.Node(name: name, operation: operation, inputs: inputs, attributes: attributes)
    }

    /// Draws a node inside the operation's own, for what TensorFlow computes in several steps.
    func part(
        _ suffix: String,
        _ operation: String,
        _ inputs: [String],
        _ attributes: [String: GraphDefinition.AttributeValue],
        shape: TensorShape? = nil
    ) -> GraphDefinition.Node {
        node(named: "\(name)/\(suffix)", operation, inputs, shape: shape, attributes)
    }

    /// Draws the node that takes the shape of an input.
    func shapePart(_ suffix: String, of input: Input) -> GraphDefinition.Node {
        part(
            suffix,
            "Shape",
            [input.output],
            ["T": .type(input.type), "out_type": .type(.int32)],
            shape: input.shape.map { [$0.rank] }
        )
    }

    /// Draws the nodes that take the size of an input on one axis.
    ///
    /// - Parameters:
    ///   - input: The input.
    ///   - axis: The index of the axis.
    /// - Returns: The name of the node that gives the size as a scalar, and all nodes.
    func sizeParts(of input: Input, axis: Int) -> (name: String, nodes: [GraphDefinition.Node]) {
        let shape = shapePart("Shape", of: input)
        let bounds = zip(["stack", "stack_1", "stack_2"], [axis, axis + 1, 1])
            .map { constant("strided_slice/\($0)", .int32([$1])) }
        let size = part(
            "strided_slice",
            "StridedSlice",
            [shape.name] + bounds.map(\.name),
            ["T": .type(.int32), "Index": .type(.int32), "shrink_axis_mask": .int(1)],
            shape: []
        )
        return (size.name, [shape] + bounds + [size])
    }

    /// Draws a constant that belongs to the node, for example `Mean/reduction_indices`.
    func constant(_ suffix: String, _ value: TensorValue) -> GraphDefinition.Node {
        node(named: "\(name)/\(suffix)", "Const", [], shape: TensorShape(value.shape), Constant.attributes(of: value))
    }
}

extension TensorValue {
    /// A scalar of type `Int32`, as TensorFlow takes an axis.
    static func int32(_ value: Int) -> TensorValue {
        TensorValue(shape: [], elements: .int32([Int32(clamping: value)]))
    }

    /// A vector of type `Int32`, as TensorFlow takes axes and sizes.
    static func int32(_ values: [Int]) -> TensorValue {
        TensorValue(shape: [values.count], elements: .int32(values.map { Int32(clamping: $0) }))
    }
}

extension GraphDefinition.AttributeValue {
    /// The attribute `_class` of a node that is to be placed where a variable is.
    static func colocated(with variable: String) -> GraphDefinition.AttributeValue {
        .strings(["loc:@\(variable)"])
    }
}
