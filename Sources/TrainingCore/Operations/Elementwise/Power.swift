struct Power: ElementwiseBinary {
    let kind = "Pow"

    /// From e^(b log|a|) in double precision: the same bits on every machine, and exact where the result is a short number.
    static func value(_ a: Float, _ b: Float) -> Float {
        if b == 0 || a == 1 { return 1 }
        if a.isNaN || b.isNaN { return .nan }
        let magnitude = a.magnitude
        let isInteger = b.rounded(.towardZero) == b
        // From 2^24 on all floats are even integers.
        let isOdd = isInteger && b.magnitude < 0x1p24 && Int32(b) & 1 == 1
        let size: Float
        if magnitude == 0 || magnitude == .infinity || b.magnitude == .infinity {
            if magnitude == 1 { return 1 }
            size = (magnitude > 1) == (b > 0) ? .infinity : 0
        } else {
            guard a > 0 || isInteger else { return .nan }
            size = Float(exponential(Double(b) * logarithm(Double(magnitude))))
        }
        return a.sign == .minus && isOdd ? -size : size
    }

    func gradient(ofInput index: Int, at node: Endpoints, _ outer: Tensor) -> Tensor? {
        let (a, b) = (node.inputs[0], node.inputs[1])
        if index == 0 { return (outer * b * pow(a, b - 1)).summed(like: a) }
        // Where a is not positive, the derivative by b is taken to be 0, as in TensorFlow.
        let isPositive = a > 0
        let safe = select(isPositive, a, a.graph.add(Ones(), [a], name: nil))
        let zeros = a.graph.add(Zeros(), [a], name: nil)
        return (outer * node.output * select(isPositive, log(safe), zeros)).summed(like: b)
    }
}

/// Raises each element of the first tensor to the power of that of the second, repeating axes of size 1.
///
/// A negative base gives NaN unless the exponent is a whole number. The derivative by the exponent is taken to be 0
/// where the base is not positive, as in TensorFlow.
///
/// - Parameters:
///   - a: The base.
///   - b: The exponent.
///   - name: The name of the node; `Pow` by default.
/// - Returns: The powers, in the shape that both have after repeating.
public func pow(_ a: Tensor, _ b: Tensor, name: String? = nil) -> Tensor {
    a.graph.add(Power(), [a, b], name: name)
}

/// Raises each element to a power.
///
/// - Parameters:
///   - a: The base.
///   - b: The exponent.
///   - name: The name of the node; `Pow` by default.
/// - Returns: The powers, in the shape of `a`: NaN of negative elements unless the exponent is a whole number.
public func pow(_ a: Tensor, _ b: Float, name: String? = nil) -> Tensor {
    a.graph.add(Power(), a, b, name: name)
}
