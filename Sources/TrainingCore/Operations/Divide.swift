struct Divide: ElementwiseBinary {
    let kind = "RealDiv"
    let defaultName = "truediv"

    static func value(_ a: Float, _ b: Float) -> Float { a / b }

    func gradient(ofInput index: Int, at node: Endpoints, _ outer: Tensor) -> Tensor? {
        let quotient = outer / node.inputs[1]
        return (index == 0 ? quotient : -quotient * node.output).summed(like: node.inputs[index])
    }
}

/// Divides the first tensor by the second, element by element, repeating axes of size 1.
///
/// - Parameters:
///   - a: The dividend.
///   - b: The divisor.
///   - name: The name of the node; `truediv` by default.
/// - Returns: The quotients, in the shape that both have after repeating.
public func divide(_ a: Tensor, _ b: Tensor, name: String? = nil) -> Tensor {
    a.graph.add(Divide(), [a, b], name: name)
}
