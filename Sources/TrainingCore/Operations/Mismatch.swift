/// Why an operation cannot take its inputs, in words that follow "cannot take 'X' of shape …:".
struct Mismatch: Error {
    let code: TrainingError.Code
    let message: String

    init(_ code: TrainingError.Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// Shapes that do not fit.
    init(_ message: String) {
        self.init(.shapeMismatch, message)
    }
}

extension TrainingError {
    /// Says which node cannot take which inputs.
    ///
    /// - Parameters:
    ///   - mismatch: What was expected.
    ///   - operation: The node's operation.
    ///   - name: The node's name.
    ///   - inputs: The nodes that it reads.
    ///   - shapes: The inputs' shapes.
    init(
        _ mismatch: Mismatch,
        _ operation: any Operation,
        named name: String,
        _ inputs: [Node],
        shapes: [TensorShape?]
    ) {
        let descriptions = zip(inputs, shapes).map { input, shape in
            var text = "'\(input.name)'"
            if let shape { text += " of shape \(shape)" }
            if let type = input.type, type != .float { text += " of type \(type)" }
            return text
        }
        self.init(
            mismatch.code,
            node: name,
            "\(operation.kind) '\(name)' cannot take \(descriptions.joined(separator: " and ")): \(mismatch.message)"
        )
    }
}
