extension Tensor {
    /// Adds two tensors, repeating axes of size 1.
    public static func + (a: Tensor, b: Tensor) -> Tensor { add(a, b) }
    /// Subtracts one tensor from another, repeating axes of size 1.
    public static func - (a: Tensor, b: Tensor) -> Tensor { subtract(a, b) }
    /// Multiplies two tensors element by element, repeating axes of size 1.
    public static func * (a: Tensor, b: Tensor) -> Tensor { multiply(a, b) }
    /// Divides one tensor by another element by element, repeating axes of size 1.
    public static func / (a: Tensor, b: Tensor) -> Tensor { divide(a, b) }
    /// Negates each element.
    public static prefix func - (x: Tensor) -> Tensor { neg(x) }

    /// Adds a number to each element.
    public static func + (a: Tensor, b: Float) -> Tensor { a.graph.add(Add(), a, b) }
    /// Subtracts a number from each element.
    public static func - (a: Tensor, b: Float) -> Tensor { a.graph.add(Subtract(), a, b) }
    /// Multiplies each element by a number.
    public static func * (a: Tensor, b: Float) -> Tensor { a.graph.add(Multiply(), a, b) }
    /// Divides each element by a number.
    public static func / (a: Tensor, b: Float) -> Tensor { a.graph.add(Divide(), a, b) }

    /// Adds each element to a number.
    public static func + (a: Float, b: Tensor) -> Tensor { b.graph.add(Add(), a, b) }
    /// Subtracts each element from a number.
    public static func - (a: Float, b: Tensor) -> Tensor { b.graph.add(Subtract(), a, b) }
    /// Multiplies a number by each element.
    public static func * (a: Float, b: Tensor) -> Tensor { b.graph.add(Multiply(), a, b) }
    /// Divides a number by each element.
    public static func / (a: Float, b: Tensor) -> Tensor { b.graph.add(Divide(), a, b) }
}

extension Graph {
    /// Adds an operation on a tensor and a number; the number becomes a constant inside the node, such as `sub/y`.
    func add(_ operation: some ElementwiseBinary, _ a: Tensor, _ b: Float, name: String? = nil) -> Tensor {
        let name = claimName(name ?? operation.defaultName)
        let b = constant(TensorValue(b), name: .absolute("\(name)/y"))
        return add(operation, [a, b], name: .claimed(name))
    }

    /// Adds an operation on a number and a tensor; the number becomes a constant inside the node, such as `sub/x`.
    func add(_ operation: some ElementwiseBinary, _ a: Float, _ b: Tensor, name: String? = nil) -> Tensor {
        let name = claimName(name ?? operation.defaultName)
        let a = constant(TensorValue(a), name: .absolute("\(name)/x"))
        return add(operation, [a, b], name: .claimed(name))
    }
}
