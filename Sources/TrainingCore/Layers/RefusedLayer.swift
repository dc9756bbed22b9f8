/// What stands for a layer that cannot be made, so that a graph knows the mistake.
private struct RefusedLayer: Operation {
    let kind: String
    let mismatch: Mismatch

    func shape(of inputs: [TensorShape]) throws(Mismatch) -> TensorShape { throw mismatch }
}

extension Graph {
    /// Adds a node that keeps the mistake of a layer.
    ///
    /// - Parameters:
    ///   - x: The input of the layer.
    ///   - kind: TensorFlow's name of the operation that cannot be made.
    ///   - message: What was expected, in words that follow "cannot take 'X':".
    ///   - code: The kind of the mistake.
    /// - Returns: A tensor that no run can compute.
    func refuse(
        _ x: Tensor,
        _ kind: String,
        _ message: String,
        _ code: TrainingError.Code = .shapeMismatch
    ) -> Tensor {
        add(RefusedLayer(kind: kind, mismatch: Mismatch(code, message)), [x], name: nil)
    }

    /// Adds the bias of a layer, which begins at 0.
    func addingBias(to sums: Tensor, _ units: Int) -> Tensor {
        TrainingCore.add(sums, variable("bias", .zeros([units])), name: "BiasAdd")
    }
}
