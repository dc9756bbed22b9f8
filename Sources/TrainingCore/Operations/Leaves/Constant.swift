/// A value that never changes.
struct Constant: Operation {
    let kind = "Const"
    let value: TensorValue

    func type(of inputs: [DataType]) -> DataType? { value.dataType }

    func shape(of inputs: [TensorShape]) -> TensorShape { TensorShape(value.shape) }

    func kernel(_ operands: Operands) -> Kernel? {
        let output = operands.output.elements
        return { [value] in value.write(to: output) }
    }
}

extension Graph {
    /// Adds a value that never changes.
    ///
    /// - Parameters:
    ///   - value: Elements of type `Float`, `Bool`, `Int32` or `Int64`. Integers are held as `Float`: those beyond 2^24
    ///     that it cannot hold exactly are a mistake.
    ///   - name: The name of the node; `Const` by default.
    /// - Returns: The value.
    public func constant(_ value: TensorValue, name: String? = nil) -> Tensor {
        constant(value, name: .scoped(name ?? "Const"))
    }

    func constant(_ value: TensorValue, name: NodeName) -> Tensor {
        let tensor = add(Constant(value: value), [], name: name)
        if !DataType.computable.contains(value.dataType) {
            record(
                TrainingError(
                    .typeMismatch,
                    node: tensor.name,
                    "constant '\(tensor.name)' cannot be of type \(value.dataType): use float, bool, int32 or int64"
                ),
                at: tensor
            )
        } else if let integer = value.firstInexactInteger {
            record(TrainingError(.invalidArgument, inexact: integer, in: tensor.name), at: tensor)
        }
        return tensor
    }
}
