/// The factor that brings a tensor, or several, to a norm: limit / √squares where that is less than 1, else 1.
///
/// It takes the sum of the squares and not its root, whose derivative at 0 is infinite.
private struct ClippingScale: ElementwiseBinary {
    let kind = "Mul"
    let defaultName = "scale"

    static func value(_ squares: Float, _ limit: Float) -> Float {
        guard squares <= limit * limit else {
            // A norm that is infinite gives NaN, as TensorFlow has it: zeros would hide it.
            let norm = squares.squareRoot()
            return limit / norm + (norm - norm)
        }
        return 1
    }

    func gradient(ofInput index: Int, at node: Endpoints, _ outer: Tensor) -> Tensor? {
        guard index == 0 else { return nil }
        return outer * outer.graph.add(ClippingSlope(), node.inputs, name: nil)
    }

    func draw(_ drawing: Drawing) -> [GraphDefinition.Node] {
        let (squares, limit) = (drawing.inputs[0], drawing.inputs[1])
        let float: [String: GraphDefinition.AttributeValue] = ["T": .type(.float)]
        let norm = drawing.part("Sqrt", "Sqrt", [squares.output], float, shape: [])
        let one = drawing.constant("truediv/x", 1)
        let inverses = [norm.name, limit.output].enumerated().map { number, value in
            drawing.part(number == 0 ? "truediv" : "truediv_1", "RealDiv", [one.name, value], float, shape: [])
        }
        let smaller = drawing.part("Minimum", "Minimum", inverses.map(\.name), float, shape: [])
        return [norm, one] + inverses + [smaller, drawing.node(kind, [limit.output, smaller.name], float)]
    }
}

/// The derivative of ``ClippingScale`` by the sum of the squares.
private struct ClippingSlope: ElementwiseBinary {
    let kind = "Select"
    let defaultName = "slope"

    static func value(_ squares: Float, _ limit: Float) -> Float {
        squares > limit * limit ? -0.5 * limit / (squares * squares.squareRoot()) : 0
    }

    func draw(_ drawing: Drawing) -> [GraphDefinition.Node] {
        let (squares, limit) = (drawing.inputs[0], drawing.inputs[1])
        let float: [String: GraphDefinition.AttributeValue] = ["T": .type(.float)]
        let bound = drawing.part("Square", "Square", [limit.output], float, shape: [])
        let isClipped = drawing.part("Greater", "Greater", [squares.output, bound.name], float, shape: [])
        let norm = drawing.part("Sqrt", "Sqrt", [squares.output], float, shape: [])
        let cube = drawing.part("mul", "Mul", [squares.output, norm.name], float, shape: [])
        let quotient = drawing.part("truediv", "RealDiv", [limit.output, cube.name], float, shape: [])
        let factor = drawing.constant("mul_1/x", -0.5)
        let slope = drawing.part("mul_1", "Mul", [factor.name, quotient.name], float, shape: [])
        let zero = drawing.constant("zero", 0)
        let result = drawing.node(kind, [isClipped.name, slope.name, zero.name], float)
        return [bound, isClipped, norm, cube, quotient, factor, slope, zero, result]
    }
}

extension Graph {
    /// Adds the norm of several tensors together: the root of the sum of the squares of all elements.
    ///
    /// - Parameters:
    ///   - tensors: Any shapes; the norm of none is 0.
    ///   - name: The name of the scope; `global_norm` by default.
    /// - Returns: A scalar.
    public func globalNorm(_ tensors: [Tensor], name: String? = nil) -> Tensor {
        nameScope(name ?? "global_norm") { sqrt(sumOfSquares(tensors), name: "global_norm") }
    }

    /// Scales several tensors together so that their common norm is not greater than a limit.
    ///
    /// As TensorFlow's `clip_by_global_norm`: t · limit / max(norm, limit). Below the limit nothing changes, and a norm
    /// that is not finite makes all elements NaN.
    ///
    /// ```swift
    /// let (clipped, norm) = graph.clipByGlobalNorm(derivatives, 1)
    /// graph.scalar("gradient_norm", norm)
    /// let pairs = zip(clipped, variables).map { (gradient: $0, variable: $1) }
    /// let train = Adam().apply(pairs, in: graph, name: "train")
    /// ```
    ///
    /// - Parameters:
    ///   - tensors: Any shapes.
    ///   - limit: The largest norm, greater than 0.
    ///   - name: The name of the scope; `clip_by_global_norm` by default.
    /// - Returns: The scaled tensors, and the norm that they had.
    public func clipByGlobalNorm(
        _ tensors: [Tensor],
        _ limit: Float,
        name: String? = nil
    ) -> (clipped: [Tensor], norm: Tensor) {
        nameScope(name ?? "clip_by_global_norm") {
            let squares = sumOfSquares(tensors)
            let scale = clippingScale(squares, limit)
            return (tensors.map { $0 * scale }, sqrt(squares, name: "global_norm"))
        }
    }

    private func sumOfSquares(_ tensors: [Tensor]) -> Tensor {
        let sums = tensors.map { sum(square($0)) }
        return switch sums.count {
        case 0: constant(0)
        case 1: sums[0]
        default: add(AddN(), sums, name: nil)
        }
    }

    fileprivate func clippingScale(_ squares: Tensor, _ limit: Float) -> Tensor {
        let range = Float.leastNonzeroMagnitude..<(.infinity)
        return add(
            ClippingScale(),
            [squares, hyperparameter("clip_norm", limit, in: range, of: "clipping")],
            name: nil
        )
    }
}

/// Scales a tensor so that its norm is not greater than a limit, as TensorFlow's `clip_by_norm`.
///
/// - Parameters:
///   - x: Any shape.
///   - limit: The largest norm, greater than 0.
///   - name: The name of the scope; `clip_by_norm` by default.
/// - Returns: The tensor, scaled.
public func clipByNorm(_ x: Tensor, _ limit: Float, name: String? = nil) -> Tensor {
    x.graph.nameScope(name ?? "clip_by_norm") { x * x.graph.clippingScale(sum(square(x)), limit) }
}
