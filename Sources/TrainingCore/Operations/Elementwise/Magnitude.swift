struct Magnitude: ElementwiseFormula {
    let kind = "Abs"

    static func value(_ x: Float) -> Float { x.magnitude }

    func gradient(ofInput index: Int, at node: Endpoints, _ outer: Tensor) -> Tensor? {
        outer * sign(node.inputs[0])
    }
}

/// Drops the sign of each element.
///
/// - Parameters:
///   - x: Any shape.
///   - name: The name of the node; `Abs` by default.
/// - Returns: The result, in the shape of `x`; its derivative at 0 is taken to be 0.
public func abs(_ x: Tensor, name: String? = nil) -> Tensor {
    x.graph.add(Magnitude(), [x], name: name)
}

struct Sign: ElementwiseFormula {
    let kind = "Sign"

    static func value(_ x: Float) -> Float { x > 0 ? 1 : x < 0 ? -1 : x == 0 ? 0 : x }

    /// The sign is constant on either side of 0, so its derivative is 0, not absent.
    func gradient(ofInput index: Int, at node: Endpoints, _ outer: Tensor) -> Tensor? {
        outer.graph.add(Zeros(), [node.inputs[0]], name: nil)
    }
}

/// Replaces each element by -1, 0 or 1: its sign.
///
/// NaN stays NaN.
///
/// - Parameters:
///   - x: Any shape.
///   - name: The name of the node; `Sign` by default.
/// - Returns: The result, in the shape of `x`; its derivative is 0.
public func sign(_ x: Tensor, name: String? = nil) -> Tensor {
    x.graph.add(Sign(), [x], name: name)
}
