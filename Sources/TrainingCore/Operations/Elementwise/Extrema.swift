struct Maximum: ElementwiseBinary {
    let kind = "Maximum"

    // Where either is NaN, so is the result, as in TensorFlow.
    static func value(_ a: Float, _ b: Float) -> Float { a > b || a != a ? a : b }

    func gradient(ofInput index: Int, at node: Endpoints, _ outer: Tensor) -> Tensor? {
        chosenGradient(ofInput: index, at: node, outer, greaterEqual(node.inputs[0], node.inputs[1]))
    }
}

/// Takes the greater of two elements, repeating axes of size 1; NaN if one of them is.
///
/// Where both are equal, the gradient goes to `a`, as in TensorFlow.
///
/// - Parameters:
///   - a: Any shape.
///   - b: Any shape that fits.
///   - name: The name of the node; `Maximum` by default.
/// - Returns: The greater elements, in the shape that both have after repeating.
public func maximum(_ a: Tensor, _ b: Tensor, name: String? = nil) -> Tensor {
    a.graph.add(Maximum(), [a, b], name: name)
}

/// Takes the greater of each element and a number; NaN of NaN.
///
/// - Parameters:
///   - a: Any shape.
///   - b: The least that a result is to be.
///   - name: The name of the node; `Maximum` by default.
/// - Returns: The greater numbers, in the shape of `a`.
public func maximum(_ a: Tensor, _ b: Float, name: String? = nil) -> Tensor {
    a.graph.add(Maximum(), a, b, name: name)
}

struct Minimum: ElementwiseBinary {
    let kind = "Minimum"

    static func value(_ a: Float, _ b: Float) -> Float { a < b || a != a ? a : b }

    func gradient(ofInput index: Int, at node: Endpoints, _ outer: Tensor) -> Tensor? {
        chosenGradient(ofInput: index, at: node, outer, lessEqual(node.inputs[0], node.inputs[1]))
    }
}

/// Takes the smaller of two elements, repeating axes of size 1; NaN if one of them is.
///
/// Where both are equal, the gradient goes to `a`, as in TensorFlow.
///
/// - Parameters:
///   - a: Any shape.
///   - b: Any shape that fits.
///   - name: The name of the node; `Minimum` by default.
/// - Returns: The smaller elements, in the shape that both have after repeating.
public func minimum(_ a: Tensor, _ b: Tensor, name: String? = nil) -> Tensor {
    a.graph.add(Minimum(), [a, b], name: name)
}

/// Takes the smaller of each element and a number; NaN of NaN.
///
/// - Parameters:
///   - a: Any shape.
///   - b: The most that a result is to be.
///   - name: The name of the node; `Minimum` by default.
/// - Returns: The smaller numbers, in the shape of `a`.
public func minimum(_ a: Tensor, _ b: Float, name: String? = nil) -> Tensor {
    a.graph.add(Minimum(), a, b, name: name)
}

/// The gradient of an operation that takes one of two elements: all of it goes to the one that was taken.
private func chosenGradient(
    ofInput index: Int,
    at node: Endpoints,
    _ outer: Tensor,
    _ isFirst: Tensor
) -> Tensor {
    let zeros = outer.graph.add(Zeros(), [outer], name: nil)
    let chosen = index == 0 ? select(isFirst, outer, zeros) : select(isFirst, zeros, outer)
    return chosen.summed(like: node.inputs[index])
}

/// Limits each element to a range; NaN stays NaN.
///
/// Drawn as TensorFlow's `clip_by_value` is: a `Minimum` inside a `Maximum`. The gradient is 0 outside the range.
///
/// ```swift
/// let safe = log(clip(probabilities, minimum: 1e-7, maximum: 1))
/// ```
///
/// - Parameters:
///   - x: Any shape.
///   - lower: The smallest result.
///   - upper: The largest result, not smaller than `lower`.
///   - name: The name of the node; `clip_by_value` by default.
/// - Returns: The limited elements, in the shape of `x`.
public func clip(_ x: Tensor, minimum lower: Float, maximum upper: Float, name: String? = nil) -> Tensor {
    let graph = x.graph
    let path = graph.claimName(name ?? "clip_by_value")
    func bound(_ value: Float, _ name: String) -> Tensor {
        graph.constant(TensorValue(value), name: .absolute("\(path)/\(name)"))
    }
    let below = graph.add(
        Minimum(),
        [x, bound(upper, "Minimum/y")],
        name: .absolute("\(path)/Minimum")
    )
    let clipped = graph.add(Maximum(), [below, bound(lower, "y")], name: .claimed(path))
    if !(lower <= upper) {
        graph.record(
            TrainingError(
                .invalidArgument,
                node: clipped.name,
                "clip '\(clipped.name)' cannot limit to \(lower) and \(upper): the first must not be greater, and none NaN"
            ),
            at: clipped
        )
    }
    return clipped
}
