/// A reduction that adds up elements.
protocol SummingReduction: Reduction {
    /// Whether the sum is divided by the number of elements.
    static var isMean: Bool { get }
}

extension SummingReduction {
    func kernel(_ operands: Operands) -> Kernel? {
        let input = operands.inputs[0]
        return reducingKernel(input, to: keptShape(input.shape), operands.output.pointer, isMean: Self.isMean)
    }

    func gradient(ofInput index: Int, at node: Endpoints, _ outer: Tensor) -> Tensor? {
        outer.graph.add(SummingGradient(forward: self), [node.inputs[0], outer], name: nil)
    }
}

struct Sum: SummingReduction {
    let kind = "Sum"
    let axes: [Int]?
    let keepDimensions: Bool
    static let isMean = false
}

/// Adds the elements along some axes.
///
/// - Parameters:
///   - x: Any shape.
///   - axes: The axes to sum over, counted from the last one where negative; all by default.
///   - keepDimensions: Whether the axes stay, with size 1.
///   - name: The name of the node; `Sum` by default.
/// - Returns: The sums, in the shape of `x` without the axes.
public func sum(_ x: Tensor, axes: [Int]? = nil, keepDimensions: Bool = false, name: String? = nil) -> Tensor {
    x.graph.add(Sum(axes: axes, keepDimensions: keepDimensions), [x], name: name)
}

struct Mean: SummingReduction {
    let kind = "Mean"
    let axes: [Int]?
    let keepDimensions: Bool
    static let isMean = true
}

/// Averages the elements along some axes; NaN if there are none.
///
/// - Parameters:
///   - x: Any shape.
///   - axes: The axes to average over, counted from the last one where negative; all by default.
///   - keepDimensions: Whether the axes stay, with size 1.
///   - name: The name of the node; `Mean` by default.
/// - Returns: The averages, in the shape of `x` without the axes.
public func mean(_ x: Tensor, axes: [Int]? = nil, keepDimensions: Bool = false, name: String? = nil) -> Tensor {
    x.graph.add(Mean(axes: axes, keepDimensions: keepDimensions), [x], name: name)
}

/// Gives the elements that a reduction took together the derivative of what it made from them.
struct SummingGradient<Forward: SummingReduction>: Operation {
    let forward: Forward

    let kind = "BroadcastTo"
    let defaultName = Forward.isMean ? "truediv" : "BroadcastTo"

    func shape(of inputs: [TensorShape]) -> TensorShape { inputs[0] }

    func readsValue(ofInput index: Int) -> Bool { index == 1 }

    func gradient(ofInput index: Int, at node: Endpoints, _ outer: Tensor) -> Tensor? {
        index == 1 ? outer.graph.add(forward, [outer], name: nil) : nil
    }

    func scratchCount(_ inputs: [[Int]], output: [Int]) -> Int { 1 }

    func kernel(_ operands: Operands) -> Kernel? {
        let keptShape = forward.keptShape(operands.output.shape)
        let divisor = Operands.Buffer(pointer: operands.scratch, shape: [])
        let count = Forward.isMean ? Float(operands.output.count) / Float(keptShape.reduce(1, *)) : 1
        let outer = Operands.Buffer(pointer: operands.inputs[1].pointer, shape: keptShape)
        let divide = Divide.kernel(outer, divisor, operands.output)
        // Scratch memory is the kernel's own only while it runs.
        return {
            divisor.pointer.pointee = count
            divide()
        }
    }

    /// Drawn as TensorFlow computes it: the outer derivative with its axes back, repeated, and for a mean divided by how
    /// many elements one was made from.
    func draw(_ drawing: Drawing) -> [GraphDefinition.Node] {
        let (input, outer) = (drawing.inputs[0], drawing.inputs[1])
        var nodes: [GraphDefinition.Node] = []
        var value = outer.output
        let rank = input.shape?.rank ?? 0
        if !forward.keepDimensions {
            // Axes that are missing in front come back by broadcasting.
            let reduced = forward.reducedAxes(rank: rank).sorted()
            let leading = zip(reduced, 0...).prefix { $0 == $1 }.count
            var shape = outer.shape
            for axis in reduced.dropFirst(leading) {
                shape = shape.map { shape in
                    let dimensions = shape.dimensions
                    return TensorShape(dimensions.prefix(axis - leading) + [1] + dimensions.dropFirst(axis - leading))
                }
                let dimension = drawing.constant("dim_\(axis)", .int32(axis - leading))
                let expanded = drawing.part(
                    "ExpandDims_\(axis)",
                    "ExpandDims",
                    [value, dimension.name],
                    ["T": .type(.float), "Tdim": .type(.int32)],
                    shape: shape
                )
                nodes += [dimension, expanded]
                value = expanded.name
            }
        }
        let shape = drawing.shapePart("Shape", of: input)
        let attributes: [String: GraphDefinition.AttributeValue] = ["T": .type(.float), "Tidx": .type(.int32)]
        nodes.append(shape)
        guard Forward.isMean else { return nodes + [drawing.node("BroadcastTo", [value, shape.name], attributes)] }
        let repeated = drawing.part("BroadcastTo", "BroadcastTo", [value, shape.name], attributes, shape: input.shape)
        let sizes = zip(["Size", "Size_1"], [input, outer]).map { name, tensor in
            drawing.part(
                name,
                "Size",
                [tensor.output],
                ["T": .type(.float), "out_type": .type(.int32)],
                shape: []
            )
        }
        let quotient = drawing.part("floordiv", "FloorDiv", sizes.map(\.name), ["T": .type(.int32)], shape: [])
        let count = drawing.part(
            "Cast",
            "Cast",
            [quotient.name],
            ["SrcT": .type(.int32), "DstT": .type(.float), "Truncate": .bool(false)],
            shape: []
        )
        nodes += [repeated] + sizes + [quotient, count]
        return nodes + [drawing.node("RealDiv", [repeated.name, count.name], ["T": .type(.float)])]
    }
}
