struct Greater: ElementwiseBinary {
    let kind = "Greater"

    func type(of inputs: [DataType]) throws(Mismatch) -> DataType? {
        try requireFloat(inputs)
        return .bool
    }

    static func value(_ a: Float, _ b: Float) -> Float { a > b ? 1 : 0 }
}

/// Whether each element of the first tensor is greater than that of the second, repeating axes of size 1.
///
/// - Parameters:
///   - a: The left side.
///   - b: The right side.
///   - name: The name of the node; `Greater` by default.
/// - Returns: Truth values; ``cast(_:to:name:)`` makes numbers of them.
public func greater(_ a: Tensor, _ b: Tensor, name: String? = nil) -> Tensor {
    a.graph.add(Greater(), [a, b], name: name)
}

/// Whether each element is greater than a number.
///
/// - Parameters:
///   - a: The left side.
///   - b: The right side.
///   - name: The name of the node; `Greater` by default.
/// - Returns: Truth values; ``cast(_:to:name:)`` makes numbers of them.
public func greater(_ a: Tensor, _ b: Float, name: String? = nil) -> Tensor {
    a.graph.add(Greater(), a, b, name: name)
}
