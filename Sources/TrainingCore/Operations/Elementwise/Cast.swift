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
