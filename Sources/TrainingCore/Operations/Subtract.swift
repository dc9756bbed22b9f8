struct Subtract: ElementwiseBinary {
    let kind = "Sub"
    let defaultName = "sub"

    static func value(_ a: Float, _ b: Float) -> Float { a - b }

    func gradient(ofInput index: Int, at node: Endpoints, _ outer: Tensor) -> Tensor? {
        (index == 0 ? outer : -outer).summed(like: node.inputs[index])
    }
}

/// Subtracts the second tensor from the first, element by element, repeating axes of size 1.
///
/// - Parameters:
///   - a: The minuend.
///   - b: The subtrahend.
///   - name: The name of the node; `sub` by default.
/// - Returns: The differences, in the shape that both have after repeating.
public func subtract(_ a: Tensor, _ b: Tensor, name: String? = nil) -> Tensor {
    a.graph.add(Subtract(), [a, b], name: name)
}
