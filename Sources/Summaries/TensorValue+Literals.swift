extension TensorValue: ExpressibleByFloatLiteral {
    /// Creates a scalar of type `Float`.
    public init(floatLiteral value: Float) {
        self.init(value)
    }
}

extension TensorValue: ExpressibleByIntegerLiteral {
    /// Creates a scalar of type `Float`.
    public init(integerLiteral value: Int) {
        self.init(Float(value))
    }
}

extension TensorValue: ExpressibleByArrayLiteral {
    /// Stacks tensors of `Float` of one shape along a new first axis, so that nested literals make a matrix.
    ///
    /// - Precondition: All elements have the same shape and are tensors of `Float`.
    public init(arrayLiteral elements: TensorValue...) {
        let inner = elements.first?.shape ?? []
        var floats: [Float] = []
        for (index, element) in elements.enumerated() {
            guard element.shape == inner, let row = element.floats else {
                preconditionFailure(
                    "element \(index) of the literal has shape \(element.shape), the elements before it \(inner)"
                )
            }
            floats += row
        }
        self.init(shape: [elements.count] + inner, floats)
    }
}
