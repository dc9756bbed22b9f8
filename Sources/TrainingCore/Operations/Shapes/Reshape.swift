struct Reshape: Operation {
    let kind = "Reshape"
    /// The new sizes; at most one is `nil` or -1 and is what the number of elements leaves.
    let sizes: TensorShape

    private var dimensions: [Int?] { sizes.dimensions.map { $0 == -1 ? nil : $0 } }

    func type(of inputs: [DataType]) throws(Mismatch) -> DataType? { try Identity().type(of: inputs) }

    func shape(of inputs: [TensorShape]) throws(Mismatch) -> TensorShape {
        var dimensions = dimensions
        let known = dimensions.compactMap(\.self)
        guard dimensions.count - known.count <= 1, known.allSatisfy({ $0 >= 0 }) else {
            throw Mismatch(.invalidArgument, "its new shape \(sizes) may leave one size open, and none may be negative")
        }
        guard let product = TensorShape.elementCount(of: known) else {
            throw Mismatch(.tooLarge, "its new shape \(sizes) has too many elements")
        }
        guard let count = inputs[0].elementCount else { return TensorShape(dimensions) }
        if let open = dimensions.firstIndex(of: nil) {
            // Of nothing, nothing is left; any other size would do as well.
            guard product == 0 ? count == 0 : count.isMultiple(of: product) else {
                throw Mismatch("its \(count) elements cannot be put into the shape \(sizes)")
            }
            dimensions[open] = product == 0 ? 0 : count / product
        } else if product != count {
            throw Mismatch("its \(count) elements cannot be put into the shape \(sizes)")
        }
        return TensorShape(dimensions)
    }

    func gradient(ofInput index: Int, at node: Endpoints, _ outer: Tensor) -> Tensor? {
        outer.graph.add(ReshapeLike(), [outer, node.inputs[0]], name: nil)
    }

    func aliasedInput(_ inputs: [[Int]], output: [Int]) -> Int? { 0 }

    func draw(_ drawing: Drawing) -> [GraphDefinition.Node] {
        let shape = drawing.constant("shape", .int32(dimensions.map { $0 ?? -1 }))
        return [
            shape,
            drawing.node(
                kind,
                drawing.values + [shape.name],
                ["T": .type(drawing.inputs[0].type), "Tshape": .type(.int32)]
            ),
        ]
    }
}

/// Puts the elements, in their order, into another shape.
///
/// ```swift
/// let rows = reshape(images, [nil, 784])   // shape [?, 28, 28] becomes [?, 784]
/// ```
///
/// - Parameters:
///   - x: Any shape and type.
///   - shape: The new sizes with the same product. One may be `nil` (or -1, as in TensorFlow): what is left.
///   - name: The name of the node; `Reshape` by default.
/// - Returns: The same elements in the new shape.
public func reshape(_ x: Tensor, _ shape: TensorShape, name: String? = nil) -> Tensor {
    x.graph.add(Reshape(sizes: shape), [x], name: name)
}

/// Puts the elements of the first input into the shape of the second.
struct ReshapeLike: Operation {
    let kind = "Reshape"

    func shape(of inputs: [TensorShape]) throws(Mismatch) -> TensorShape { inputs[1] }

    func readsValue(ofInput index: Int) -> Bool { index == 0 }

    func aliasedInput(_ inputs: [[Int]], output: [Int]) -> Int? { 0 }

    func gradient(ofInput index: Int, at node: Endpoints, _ outer: Tensor) -> Tensor? {
        index == 0 ? outer.graph.add(self, [outer, node.inputs[0]], name: nil) : nil
    }

    func draw(_ drawing: Drawing) -> [GraphDefinition.Node] {
        let shape = drawing.shapePart("Shape", of: drawing.inputs[1])
        return [
            shape,
            drawing.node(
                kind,
                [drawing.inputs[0].output, shape.name],
                ["T": .type(.float), "Tshape": .type(.int32)]
            ),
        ]
    }
}
