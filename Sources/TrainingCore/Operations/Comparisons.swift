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

struct Cast: Operation {
    let kind = "Cast"
    let target: DataType

    func type(of inputs: [DataType]) throws(Mismatch) -> DataType? {
        let convertible: [DataType] = [.float, .bool, .int32, .int64]
        guard convertible.contains(target), convertible.contains(inputs[0]) else {
            throw Mismatch(.typeMismatch, "only float, bool, int32 and int64 values can be converted")
        }
        return target
    }

    func shape(of inputs: [TensorShape]) -> TensorShape { inputs[0] }

    func gradient(ofInput index: Int, at node: Endpoints, _ outer: Tensor) -> Tensor? {
        node.inputs[0].dataType == .float && target == .float ? outer : nil
    }

    func kernel(_ operands: Operands) -> Kernel? {
        let (input, output, count) = (operands.inputs[0].pointer, operands.output.pointer, operands.output.count)
        return switch target {
        case .bool: { for index in 0..<count { output[index] = input[index] == 0 ? 0 : 1 } }
        case .float: { output.update(from: input, count: count) }
        default: { for index in 0..<count { output[index] = input[index].rounded(.towardZero) } }
        }
    }

    func attributes(of drawing: Drawing) -> [String: GraphDefinition.AttributeValue] {
        ["SrcT": .type(drawing.inputs[0].type), "DstT": .type(target)]
    }
}

/// Converts the elements to another type: truth values to 0 and 1, numbers to integers toward zero.
///
/// - Parameters:
///   - x: Numbers or truth values.
///   - type: `.float`, `.bool`, `.int32` or `.int64`. Integers beyond 2^24 are rounded to 24 bits.
///   - name: The name of the node; `Cast` by default.
/// - Returns: The converted elements, in the shape of `x`.
public func cast(_ x: Tensor, to type: DataType, name: String? = nil) -> Tensor {
    x.graph.add(Cast(target: type), [x], name: name)
}

struct ArgMax: Operation {
    let kind = "ArgMax"
    let axis: Int

    func type(of inputs: [DataType]) throws(Mismatch) -> DataType? {
        try requireFloat(inputs)
        return .int64
    }

    func shape(of inputs: [TensorShape]) throws(Mismatch) -> TensorShape {
        var dimensions = inputs[0].dimensions
        let removed = dimensions.remove(at: try axisIndex(axis, rank: inputs[0].rank))
        guard removed != 0 else { throw Mismatch("axis \(axis) has no element to choose") }
        return TensorShape(dimensions)
    }

    func kernel(_ operands: Operands) -> Kernel? {
        let shape = operands.inputs[0].shape
        let index = axis < 0 ? axis + shape.count : axis
        let (count, stride) = (shape[index], shape[(index + 1)...].reduce(1, *))
        let outerCount = shape[..<index].reduce(1, *)
        let (input, output) = (operands.inputs[0].pointer, operands.output.pointer)
        return {
            for outer in 0..<outerCount {
                for inner in 0..<stride {
                    let first = input + outer * count * stride + inner
                    // From below every number, so that NaN is passed over wherever it stands.
                    var (best, largest) = (0, -Float.infinity)
                    for index in 0..<count where first[index * stride] > largest {
                        (best, largest) = (index, first[index * stride])
                    }
                    output[outer * stride + inner] = Float(best)
                }
            }
        }
    }

    func draw(_ drawing: Drawing) -> [GraphDefinition.Node] {
        let dimension = drawing.constant("dimension", TensorValue(shape: [], elements: .int32([Int32(clamping: axis)])))
        return [
            dimension,
            drawing.node(
                kind,
                drawing.values + [dimension.name],
                ["T": .type(.float), "Tidx": .type(.int32), "output_type": .type(.int64)]
            ),
        ]
    }
}

/// Finds the index of the largest element along an axis, the first one among equals.
///
/// NaN is passed over, as in TensorFlow; the index is 0 where there is nothing else.
///
/// - Parameters:
///   - x: Rank 1 or more, up to 2^24 elements on the axis.
///   - axis: The axis to search along, counted from the last one where negative.
///   - name: The name of the node; `ArgMax` by default.
/// - Returns: Indices, in the shape without the axis.
public func argMax(_ x: Tensor, axis: Int, name: String? = nil) -> Tensor {
    x.graph.add(ArgMax(axis: axis), [x], name: name)
}
