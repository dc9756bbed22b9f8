struct Add: ElementwiseBinary {
    let kind = "AddV2"
    let defaultName = "add"

    static func value(_ a: Float, _ b: Float) -> Float { a + b }

    func gradient(ofInput index: Int, at node: Endpoints, _ outer: Tensor) -> Tensor? {
        outer.summed(like: node.inputs[index])
    }
}

/// Adds two tensors element by element, repeating axes of size 1.
///
/// - Parameters:
///   - a: The first summand.
///   - b: The second summand.
///   - name: The name of the node; `add` by default.
/// - Returns: The sums, in the shape that both have after repeating.
public func add(_ a: Tensor, _ b: Tensor, name: String? = nil) -> Tensor {
    a.graph.add(Add(), [a, b], name: name)
}
