/// A comparison of each element of one tensor with that of another.
protocol Comparison: ElementwiseBinary {}

extension Comparison {
    func type(of inputs: [DataType]) throws(Mismatch) -> DataType? {
        try requireNumbers(inputs)
        try requireOneType(inputs)
        return .bool
    }
}

struct Equal: Comparison {
    let kind = "Equal"

    func type(of inputs: [DataType]) throws(Mismatch) -> DataType? {
        try requireElements(inputs)
        try requireOneType(inputs)
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

struct NotEqual: Comparison {
    let kind = "NotEqual"

    func type(of inputs: [DataType]) throws(Mismatch) -> DataType? { try Equal().type(of: inputs) }

    static func value(_ a: Float, _ b: Float) -> Float { a != b ? 1 : 0 }
}

/// Whether each element of the first tensor differs from that of the second, repeating axes of size 1.
///
/// - Parameters:
///   - a: Any type.
///   - b: The same type.
///   - name: The name of the node; `NotEqual` by default.
/// - Returns: Truth values: true wherever there is a NaN.
public func notEqual(_ a: Tensor, _ b: Tensor, name: String? = nil) -> Tensor {
    a.graph.add(NotEqual(), [a, b], name: name)
}

struct Greater: Comparison {
    let kind = "Greater"

    static func value(_ a: Float, _ b: Float) -> Float { a > b ? 1 : 0 }
}

/// Whether each element of the first tensor is greater than that of the second, repeating axes of size 1.
///
/// - Parameters:
///   - a: Numbers.
///   - b: Numbers of the same type.
///   - name: The name of the node; `Greater` by default.
/// - Returns: Truth values; ``cast(_:to:name:)`` makes numbers of them.
public func greater(_ a: Tensor, _ b: Tensor, name: String? = nil) -> Tensor {
    a.graph.add(Greater(), [a, b], name: name)
}

/// Whether each element is greater than a number.
///
/// - Parameters:
///   - a: Numbers of type `Float`.
///   - b: The right side.
///   - name: The name of the node; `Greater` by default.
/// - Returns: Truth values; ``cast(_:to:name:)`` makes numbers of them.
public func greater(_ a: Tensor, _ b: Float, name: String? = nil) -> Tensor {
    a.graph.add(Greater(), a, b, name: name)
}

struct GreaterEqual: Comparison {
    let kind = "GreaterEqual"

    static func value(_ a: Float, _ b: Float) -> Float { a >= b ? 1 : 0 }
}

/// Whether each element of the first tensor is greater than that of the second or equal, repeating axes of size 1.
///
/// - Parameters:
///   - a: Numbers.
///   - b: Numbers of the same type.
///   - name: The name of the node; `GreaterEqual` by default.
/// - Returns: Truth values; ``cast(_:to:name:)`` makes numbers of them.
public func greaterEqual(_ a: Tensor, _ b: Tensor, name: String? = nil) -> Tensor {
    a.graph.add(GreaterEqual(), [a, b], name: name)
}

struct Less: Comparison {
    let kind = "Less"

    static func value(_ a: Float, _ b: Float) -> Float { a < b ? 1 : 0 }
}

/// Whether each element of the first tensor is less than that of the second, repeating axes of size 1.
///
/// - Parameters:
///   - a: Numbers.
///   - b: Numbers of the same type.
///   - name: The name of the node; `Less` by default.
/// - Returns: Truth values; ``cast(_:to:name:)`` makes numbers of them.
public func less(_ a: Tensor, _ b: Tensor, name: String? = nil) -> Tensor {
    a.graph.add(Less(), [a, b], name: name)
}

struct LessEqual: Comparison {
    let kind = "LessEqual"

    static func value(_ a: Float, _ b: Float) -> Float { a <= b ? 1 : 0 }
}

/// Whether each element of the first tensor is less than that of the second or equal, repeating axes of size 1.
///
/// - Parameters:
///   - a: Numbers.
///   - b: Numbers of the same type.
///   - name: The name of the node; `LessEqual` by default.
/// - Returns: Truth values; ``cast(_:to:name:)`` makes numbers of them.
public func lessEqual(_ a: Tensor, _ b: Tensor, name: String? = nil) -> Tensor {
    a.graph.add(LessEqual(), [a, b], name: name)
}
