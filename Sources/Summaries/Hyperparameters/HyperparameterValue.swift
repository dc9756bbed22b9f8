/// A hyperparameter's value: a text, a number or a truth value, the kinds that TensorBoard can compare.
///
/// ```swift
/// let values: [String: HyperparameterValue] = ["learning_rate": 0.1, "model": "network", "shuffles": true]
/// ```
public enum HyperparameterValue: Sendable, Hashable {
    /// A text.
    case string(String)
    /// A number; TensorBoard has no integers.
    case number(Double)
    /// A truth value.
    case bool(Bool)

    /// Creates a number, of a narrow type as the `Double` that reads like it: the `Float` 0.1 stays 0.1 and is not
    /// 0.10000000149.
    public init(_ value: some BinaryFloatingPoint) {
        let isExact = value is Double
        self = .number(isExact ? Double(value) : Double("\(value)") ?? Double(value))
    }

    /// Creates a truth value.
    public init(_ value: Bool) {
        self = .bool(value)
    }

    /// Creates a text.
    public init(_ value: some StringProtocol) {
        self = .string(String(value))
    }

    /// Creates a number of an integer, or a text if a `Double` cannot hold it exactly.
    public init(_ value: some BinaryInteger) {
        self = Double(exactly: value).map(Self.number) ?? .string(String(value))
    }
}

extension HyperparameterValue: CustomStringConvertible {
    /// The value as a person would write it.
    public var description: String {
        switch self {
        case .string(let text): text
        case .number(let number): Int(exactly: number).map(String.init) ?? number.description
        case .bool(let truth): truth.description
        }
    }
}

extension HyperparameterValue: ExpressibleByStringInterpolation {
    /// Creates a text.
    public init(stringLiteral value: String) {
        self = .string(value)
    }
}

extension HyperparameterValue: ExpressibleByFloatLiteral {
    /// Creates a number.
    public init(floatLiteral value: Double) {
        self = .number(value)
    }
}

extension HyperparameterValue: ExpressibleByIntegerLiteral {
    /// Creates a number.
    public init(integerLiteral value: Int) {
        self.init(value)
    }
}

extension HyperparameterValue: ExpressibleByBooleanLiteral {
    /// Creates a truth value.
    public init(booleanLiteral value: Bool) {
        self = .bool(value)
    }
}
