struct Multiply: ElementwiseBinary {
    let kind = "Mul"
    let defaultName = "mul"

    static func value(_ a: Float, _ b: Float) -> Float { a * b }

    func gradient(ofInput index: Int, at node: Endpoints, _ outer: Tensor) -> Tensor? {
        (outer * node.inputs[1 - index]).summed(like: node.inputs[index])
    }
}

/// Multiplies two tensors element by element, repeating axes of size 1.
///
/// - Parameters:
///   - a: The first factor.
///   - b: The second factor.
///   - name: The name of the node; `mul` by default.
/// - Returns: The products, in the shape that both have after repeating.
public func multiply(_ a: Tensor, _ b: Tensor, name: String? = nil) -> Tensor {
    a.graph.add(Multiply(), [a, b], name: name)
}
