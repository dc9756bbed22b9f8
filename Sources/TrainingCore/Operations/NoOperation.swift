/// Does nothing itself, but makes other operations run.
struct NoOperation: Operation {
    let kind = "NoOp"

    func type(of inputs: [DataType]) -> DataType? { nil }

    func shape(of inputs: [TensorShape]) -> TensorShape { [] }
}
