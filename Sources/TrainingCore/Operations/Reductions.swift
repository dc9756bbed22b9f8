/// An operation that makes one element from all elements along some axes.
protocol Reduction: Operation {
    /// The axes to reduce, counted from the last one where negative; `nil` for all.
    var axes: [Int]? { get }
    /// Whether reduced axes stay, with size 1.
    var keepDimensions: Bool { get }
    /// Whether the sum is divided by the number of elements.
    static var isMean: Bool { get }
}

extension Reduction {
    func shape(of inputs: [TensorShape]) throws(Mismatch) -> TensorShape {
        let rank = inputs[0].rank
        for axis in axes ?? [] { _ = try axisIndex(axis, rank: rank) }
        let reduced = reducedAxes(rank: rank)
        if let axes, reduced.count < axes.count {
            throw Mismatch(.invalidArgument, "its axes \(axes) name the same axis twice")
        }
        var dimensions: [Int?] = []
        for (axis, dimension) in inputs[0].dimensions.enumerated() {
            if !reduced.contains(axis) {
                dimensions.append(dimension)
            } else if keepDimensions {
                dimensions.append(1)
            }
        }
        return TensorShape(dimensions)
    }

    func kernel(_ operands: Operands) -> Kernel? {
        let input = operands.inputs[0]
        return reducingKernel(input, to: keptShape(input.shape), operands.output.pointer, isMean: Self.isMean)
    }

    func gradient(ofInput index: Int, at node: Endpoints, _ outer: Tensor) -> Tensor? {
        outer.graph.add(ReductionGradient(forward: self), [node.inputs[0], outer], name: nil)
    }

    func attributes(of drawing: Drawing) -> [String: GraphDefinition.AttributeValue] {
        ["T": .type(.float), "Tidx": .type(.int32), "keep_dims": .bool(keepDimensions)]
    }

    func draw(_ drawing: Drawing) -> [GraphDefinition.Node] {
        let axes = axes ?? Array(0..<(drawing.inputs[0].shape?.rank ?? 0))
        let indices = drawing.constant(
            "reduction_indices",
            TensorValue(shape: [axes.count], elements: .int32(axes.map { Int32(clamping: $0) }))
        )
        return [
            indices,
            drawing.node(kind, drawing.values + [indices.name], attributes(of: drawing)),
        ]
    }

    /// The input's shape with size 1 for the reduced axes.
    fileprivate func keptShape(_ input: [Int]) -> [Int] {
        let reduced = reducedAxes(rank: input.count)
        return input.indices.map { reduced.contains($0) ? 1 : input[$0] }
    }

    fileprivate func reducedAxes(rank: Int) -> Set<Int> {
        guard let axes else { return Set(0..<rank) }
        return Set(axes.map { $0 < 0 ? $0 + rank : $0 })
    }
}

/// The index of an axis that is counted from the last one where negative.
func axisIndex(_ axis: Int, rank: Int) throws(Mismatch) -> Int {
    guard rank > 0 else { throw Mismatch(.invalidArgument, "it has no axes, so not axis \(axis)") }
    guard (-rank..<rank).contains(axis) else {
        throw Mismatch(.invalidArgument, "it has no axis \(axis); use one from \(-rank) to \(rank - 1)")
    }
    return axis < 0 ? axis + rank : axis
}

/// Gives the elements that a reduction took together the derivative of what it made from them.
struct ReductionGradient<Forward: Reduction>: Operation {
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

struct Sum: Reduction {
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

struct Mean: Reduction {
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

/// Sums over the axes that broadcasting repeated, so that a gradient gets the shape of the operand it is for.
///
/// Drawn with TensorFlow's nodes for it: `Shape`, `BroadcastGradientArgs`, `Sum` and `Reshape`.
struct SumLike: Operation {
    let kind = "Reshape"

    func shape(of inputs: [TensorShape]) -> TensorShape { inputs[1] }

    func readsValue(ofInput index: Int) -> Bool { index == 0 }

    func aliasedInput(_ inputs: [[Int]], output: [Int]) -> Int? {
        inputs[0] == output ? 0 : nil
    }

    func gradient(ofInput index: Int, at node: Endpoints, _ outer: Tensor) -> Tensor? {
        guard index == 0 else { return nil }
        return outer.graph.add(BroadcastLike(), [outer, node.inputs[0]], name: nil)
    }

    func kernel(_ operands: Operands) -> Kernel? {
        reducingKernel(operands.inputs[0], to: operands.output.shape, operands.output.pointer)
    }

    func draw(_ drawing: Drawing) -> [GraphDefinition.Node] {
        let wanted = drawing.shapePart("Shape", of: drawing.inputs[1])
        let given = drawing.shapePart("Shape_1", of: drawing.inputs[0])
        let axes = drawing.part(
            "BroadcastGradientArgs",
            "BroadcastGradientArgs",
            [wanted.name, given.name],
            ["T": .type(.int32), "_output_shapes": .shapes([[nil], [nil]])]
        )
        let sum = drawing.part(
            "Sum",
            "Sum",
            [drawing.inputs[0].output, axes.name],
            ["T": .type(.float), "Tidx": .type(.int32), "keep_dims": .bool(false)]
        )
        let reshaped = drawing.node(
            kind,
            [sum.name, wanted.name],
            ["T": .type(.float), "Tshape": .type(.int32)]
        )
        return [wanted, given, axes, sum, reshaped]
    }
}

/// Repeats a tensor along axes so that it gets the shape of another one.
struct BroadcastLike: Operation {
    let kind = "BroadcastTo"

    func shape(of inputs: [TensorShape]) -> TensorShape { inputs[1] }

    func readsValue(ofInput index: Int) -> Bool { index == 0 }

    func aliasedInput(_ inputs: [[Int]], output: [Int]) -> Int? {
        inputs[0] == output ? 0 : nil
    }

    func gradient(ofInput index: Int, at node: Endpoints, _ outer: Tensor) -> Tensor? {
        index == 0 ? outer.summed(like: node.inputs[0]) : nil
    }

    func scratchCount(_ inputs: [[Int]], output: [Int]) -> Int { 1 }

    func kernel(_ operands: Operands) -> Kernel? {
        let one = operands.scratch
        let multiply = Multiply.kernel(operands.inputs[0], .init(pointer: one, shape: []), operands.output)
        return {
            one.pointee = 1
            multiply()
        }
    }

    func draw(_ drawing: Drawing) -> [GraphDefinition.Node] {
        let shape = drawing.shapePart("Shape", of: drawing.inputs[1])
        let attributes: [String: GraphDefinition.AttributeValue] = ["T": .type(.float), "Tidx": .type(.int32)]
        return [shape, drawing.node(kind, [drawing.inputs[0].output, shape.name], attributes)]
    }
}

extension Tensor {
    /// The tensor summed to the shape of an operand that was broadcast to it, without a node where that is no change.
    func summed(like operand: Tensor) -> Tensor {
        if let shape, shape.isFullyDefined, shape == operand.shape { return self }
        return graph.add(SumLike(), [self, operand], name: nil)
    }
}

struct ExpandDimensions: Operation {
    let kind = "ExpandDims"
    /// Where the new axis goes, counted from the end of the result where negative.
    let axis: Int

    func shape(of inputs: [TensorShape]) throws(Mismatch) -> TensorShape {
        var dimensions = inputs[0].dimensions
        dimensions.insert(1, at: try axisIndex(axis, rank: inputs[0].rank + 1))
        return TensorShape(dimensions)
    }

    func gradient(ofInput index: Int, at node: Endpoints, _ outer: Tensor) -> Tensor? {
        sum(outer, axes: [axis])
    }

    func aliasedInput(_ inputs: [[Int]], output: [Int]) -> Int? { 0 }

    func draw(_ drawing: Drawing) -> [GraphDefinition.Node] {
        let dimension = drawing.constant("dim", TensorValue(shape: [], elements: .int32([Int32(clamping: axis)])))
        return [
            dimension,
            drawing.node(
                kind,
                drawing.values + [dimension.name],
                ["T": .type(.float), "Tdim": .type(.int32)]
            ),
        ]
    }
}

/// Inserts an axis of size 1.
///
/// - Parameters:
///   - x: Any shape.
///   - axis: The index of the new axis in the result, counted from the end where negative: -1 appends it.
///   - name: The name of the node; `ExpandDims` by default.
/// - Returns: The same elements with one more axis.
public func expandDimensions(_ x: Tensor, axis: Int, name: String? = nil) -> Tensor {
    x.graph.add(ExpandDimensions(axis: axis), [x], name: name)
}
