/// A combination of truth values, element by element.
protocol LogicalBinary: ElementwiseBinary {}

extension LogicalBinary {
    func type(of inputs: [DataType]) throws(Mismatch) -> DataType? {
        try requireTruthValues(inputs)
        return .bool
    }

    /// TensorFlow's operation takes truth values only, so no attribute says so.
    func attributes(of drawing: Drawing) -> [String: GraphDefinition.AttributeValue] { [:] }
}

struct LogicalAnd: LogicalBinary {
    let kind = "LogicalAnd"

    static func value(_ a: Float, _ b: Float) -> Float { a * b }
}

/// Whether both elements are true, repeating axes of size 1.
///
/// - Parameters:
///   - a: Truth values.
///   - b: Truth values.
///   - name: The name of the node; `LogicalAnd` by default.
/// - Returns: Truth values.
public func logicalAnd(_ a: Tensor, _ b: Tensor, name: String? = nil) -> Tensor {
    a.graph.add(LogicalAnd(), [a, b], name: name)
}

struct LogicalOr: LogicalBinary {
    let kind = "LogicalOr"

    static func value(_ a: Float, _ b: Float) -> Float { a + b > 0 ? 1 : 0 }
}

/// Whether one element at least is true, repeating axes of size 1.
///
/// - Parameters:
///   - a: Truth values.
///   - b: Truth values.
///   - name: The name of the node; `LogicalOr` by default.
/// - Returns: Truth values.
public func logicalOr(_ a: Tensor, _ b: Tensor, name: String? = nil) -> Tensor {
    a.graph.add(LogicalOr(), [a, b], name: name)
}

struct LogicalNot: ElementwiseFormula {
    let kind = "LogicalNot"

    func type(of inputs: [DataType]) throws(Mismatch) -> DataType? {
        try requireTruthValues(inputs)
        return .bool
    }

    static func value(_ x: Float) -> Float { 1 - x }

    func attributes(of drawing: Drawing) -> [String: GraphDefinition.AttributeValue] { [:] }
}

/// Whether each element is false.
///
/// - Parameters:
///   - x: Truth values.
///   - name: The name of the node; `LogicalNot` by default.
/// - Returns: Truth values, in the shape of `x`.
public func logicalNot(_ x: Tensor, name: String? = nil) -> Tensor {
    x.graph.add(LogicalNot(), [x], name: name)
}
