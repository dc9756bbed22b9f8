/// A reduction that keeps one of the elements.
protocol ExtremeReduction: Reduction {
    /// What chooses between two elements.
    associatedtype Choice: ElementwiseBinary
    /// What any element is chosen before: the result where there is none.
    static var start: Float { get }
}

extension ExtremeReduction {
    func kernel(_ operands: Operands) -> Kernel? {
        let (input, output) = (operands.inputs[0], operands.output)
        let loops = StridedLoops(input.shape, arrays: [input.shape, keptShape(input.shape)])
        let (elements, source, target) = (output.elements, input.pointer, output.pointer)
        return {
            elements.update(repeating: Self.start)
            loops.run { places, count, strides in
                let (next, best) = (source + places[0], target + places[1])
                if strides[1] == 0 {
                    best.pointee = Choice.value(best.pointee, Self.extreme(next, count, strides[0]))
                } else if strides[0] == 1, strides[1] == 1 {
                    for index in 0..<count { best[index] = Choice.value(best[index], next[index]) }
                } else {
                    for index in 0..<count {
                        best[index * strides[1]] = Choice.value(best[index * strides[1]], next[index * strides[0]])
                    }
                }
            }
        }
    }

    /// Four choices at once: each would wait for the one before (measured: a third of the time).
    private static func extreme(_ elements: UnsafeMutablePointer<Float>, _ count: Int, _ stride: Int) -> Float {
        var (a, b, c, d) = (start, start, start, start)
        let whole = count & ~3
        var next = elements
        for _ in 0..<whole / 4 {
            a = Choice.value(a, next[0])
            b = Choice.value(b, next[stride])
            c = Choice.value(c, next[2 * stride])
            d = Choice.value(d, next[3 * stride])
            next += 4 * stride
        }
        for index in whole..<count { a = Choice.value(a, elements[index * stride]) }
        return Choice.value(Choice.value(a, b), Choice.value(c, d))
    }

    /// Elements that are equally extreme share the gradient, as in TensorFlow.
    func gradient(ofInput index: Int, at node: Endpoints, _ outer: Tensor) -> Tensor? {
        let x = node.inputs[0]
        guard let rank = x.shape?.rank else { return nil }
        func restored(_ tensor: Tensor) -> Tensor {
            guard !keepDimensions else { return tensor }
            return reducedAxes(rank: rank).sorted().reduce(tensor) { expandDimensions($0, axis: $1) }
        }
        let isExtreme = cast(equal(restored(node.output), x), to: .float)
        let share = isExtreme / sum(isExtreme, axes: axes, keepDimensions: true)
        return share * restored(outer)
    }
}

struct ReduceMaximum: ExtremeReduction {
    typealias Choice = Maximum
    let kind = "Max"
    let axes: [Int]?
    let keepDimensions: Bool
    static let start = -Float.infinity
}

/// Finds the largest element along some axes; NaN if one is, negative infinity if there are none.
///
/// ``maximum(_:_:name:)-(_,Tensor,_)`` is for two tensors.
///
/// - Parameters:
///   - x: Any shape.
///   - axes: The axes to search along, counted from the last one where negative; all by default.
///   - keepDimensions: Whether the axes stay, with size 1.
///   - name: The name of the node; `Max` by default.
/// - Returns: The largest elements, in the shape of `x` without the axes. Equal ones share the gradient.
public func max(_ x: Tensor, axes: [Int]? = nil, keepDimensions: Bool = false, name: String? = nil) -> Tensor {
    x.graph.add(ReduceMaximum(axes: axes, keepDimensions: keepDimensions), [x], name: name)
}

struct ReduceMinimum: ExtremeReduction {
    typealias Choice = Minimum
    let kind = "Min"
    let axes: [Int]?
    let keepDimensions: Bool
    static let start = Float.infinity
}

/// Finds the smallest element along some axes; NaN if one is, infinity if there are none.
///
/// ``minimum(_:_:name:)-(_,Tensor,_)`` is for two tensors.
///
/// - Parameters:
///   - x: Any shape.
///   - axes: The axes to search along, counted from the last one where negative; all by default.
///   - keepDimensions: Whether the axes stay, with size 1.
///   - name: The name of the node; `Min` by default.
/// - Returns: The smallest elements, in the shape of `x` without the axes. Equal ones share the gradient.
public func min(_ x: Tensor, axes: [Int]? = nil, keepDimensions: Bool = false, name: String? = nil) -> Tensor {
    x.graph.add(ReduceMinimum(axes: axes, keepDimensions: keepDimensions), [x], name: name)
}
