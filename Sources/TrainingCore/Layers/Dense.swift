/// Adds a layer in which every output is a weighted sum of all inputs: activation(x · kernel + bias).
///
/// In a scope with TensorFlow's names: `dense/kernel`, `dense/bias`, `dense_1/kernel`, ….
///
/// ```swift
/// let hidden = dense(x, units: 64, activation: .relu, initializer: Initializer.he)
/// let logits = dense(hidden, units: 10)
/// ```
///
/// - Parameters:
///   - x: Shape `[rows, inputs]`, of which the inputs are known.
///   - units: How many outputs there are, 1 or more.
///   - activation: What to do with the sums; nothing by default.
///   - usesBias: Whether to add a bias, which begins at 0.
///   - initializer: Makes the initial kernel from its shape `[inputs, units]`; ``Initializer/xavier(_:)`` by default.
///   - name: The name of the scope; `dense` by default.
/// - Returns: Shape `[rows, units]`.
public func dense(
    _ x: Tensor,
    units: Int,
    activation: Activation = .linear,
    usesBias: Bool = true,
    initializer: ([Int]) -> Initializer = Initializer.xavier,
    name: String? = nil
) -> Tensor {
    let graph = x.graph
    return graph.nameScope(name ?? "dense") {
        guard units > 0 else {
            return graph.refuse(x, "MatMul", "it must have 1 unit or more, not \(units)", .invalidArgument)
        }
        guard let shape = x.shape, shape.rank == 2, let inputs = shape.dimensions[1] else {
            return graph.refuse(
                x,
                "MatMul",
                "a dense layer takes a matrix (rank 2) with a known number of columns; see flatten"
            )
        }
        let product = matmul(x, graph.variable("kernel", initializer([inputs, units])))
        return activation(usesBias ? graph.addingBias(to: product, units) : product)
    }
}

/// Puts all elements of each example side by side.
///
/// - Parameters:
///   - x: Rank 1 or more, with the examples on the first axis; the other sizes are known.
///   - name: The name of the scope; `flatten` by default.
/// - Returns: Shape `[examples, elements]`.
public func flatten(_ x: Tensor, name: String? = nil) -> Tensor {
    x.graph.nameScope(name ?? "flatten") { x.graph.add(Flatten(), [x], name: "Reshape") }
}

struct Flatten: Operation {
    let kind = "Reshape"

    func shape(of inputs: [TensorShape]) throws(Mismatch) -> TensorShape {
        guard inputs[0].rank > 0 else { throw Mismatch("it needs an axis of examples") }
        let examples = inputs[0].dimensions[0]
        guard let count = TensorShape(Array(inputs[0].dimensions.dropFirst())).elementCount else {
            throw Mismatch("all its sizes but the first must be known when the graph is built")
        }
        return [examples, count]
    }

    func aliasedInput(_ inputs: [[Int]], output: [Int]) -> Int? { 0 }

    func gradient(ofInput index: Int, at node: Endpoints, _ outer: Tensor) -> Tensor? {
        outer.graph.add(Unflatten(), [outer, node.inputs[0]], name: nil)
    }

    func draw(_ drawing: Drawing) -> [GraphDefinition.Node] {
        let count = drawing.shape?.dimensions.last.flatMap(\.self) ?? -1
        let sizes = drawing.constant(
            "shape",
            TensorValue(shape: [2], elements: .int32([-1, Int32(clamping: count)]))
        )
        let attributes: [String: GraphDefinition.AttributeValue] = ["T": .type(.float), "Tshape": .type(.int32)]
        return [sizes, drawing.node(kind, drawing.values + [sizes.name], attributes)]
    }
}

/// Gives the elements of the first tensor the shape of the second.
struct Unflatten: Operation {
    let kind = "Reshape"

    func shape(of inputs: [TensorShape]) -> TensorShape { inputs[1] }

    func readsValue(ofInput index: Int) -> Bool { index == 0 }

    func aliasedInput(_ inputs: [[Int]], output: [Int]) -> Int? { 0 }

    func gradient(ofInput index: Int, at node: Endpoints, _ outer: Tensor) -> Tensor? {
        index == 0 ? outer.graph.add(Flatten(), [outer], name: nil) : nil
    }

    func draw(_ drawing: Drawing) -> [GraphDefinition.Node] {
        let shape = drawing.shapePart("Shape", of: drawing.inputs[1])
        let attributes: [String: GraphDefinition.AttributeValue] = ["T": .type(.float), "Tshape": .type(.int32)]
        return [shape, drawing.node(kind, [drawing.inputs[0].output, shape.name], attributes)]
    }
}
