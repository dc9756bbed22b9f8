struct Equal: ElementwiseBinary {
    let kind = "Equal"

    func type(of inputs: [DataType]) throws(Mismatch) -> DataType? {
        try requireElements(inputs)
        guard inputs[0] == inputs[1] else {
            throw Mismatch(.typeMismatch, "both must have the same type; convert one with cast")
        }
        return .bool
    }

    static func value(_ a: Float, _ b: Float) -> Float { a == b ? 1 : 0 }
}

/// Whether each element of the first tensor equals that of the second, repeating axes of size 1.
///
/// - Parameters:
///   - a: Any type.
///   - b: The same type.
///   - name: The name of the node; `Equal` by default.
/// - Returns: Truth values; ``cast(_:to:name:)`` makes numbers of them.
public func equal(_ a: Tensor, _ b: Tensor, name: String? = nil) -> Tensor {
    a.graph.add(Equal(), [a, b], name: name)
}
