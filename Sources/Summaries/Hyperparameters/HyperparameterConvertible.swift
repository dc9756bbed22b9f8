/// A value that can be logged as a hyperparameter: a number, a truth value, a text, an optional one of these.
///
/// So a dictionary of variables of different types needs no conversions:
///
/// ```swift
/// writer.hyperparameters(["lr": learningRate, "layers": count, "model": name, "shuffles": true])
/// ```
///
/// An enumeration with raw values conforms by saying so: `enum Optimizer: String, HyperparameterConvertible { … }`.
public protocol HyperparameterConvertible {
    /// The value; `nil` to leave the hyperparameter out.
    var hyperparameterValue: HyperparameterValue? { get }
}

extension HyperparameterConvertible where Self: BinaryInteger {
    /// The number, or a text if a `Double` cannot hold it exactly.
    public var hyperparameterValue: HyperparameterValue? { HyperparameterValue(self) }
}

extension HyperparameterConvertible where Self: BinaryFloatingPoint {
    /// The number.
    public var hyperparameterValue: HyperparameterValue? { HyperparameterValue(self) }
}

extension HyperparameterConvertible where Self: StringProtocol {
    /// The text.
    public var hyperparameterValue: HyperparameterValue? { .string(String(self)) }
}

extension HyperparameterConvertible where Self: RawRepresentable, RawValue: HyperparameterConvertible {
    /// What the raw value stands for.
    public var hyperparameterValue: HyperparameterValue? { rawValue.hyperparameterValue }
}

extension HyperparameterValue: HyperparameterConvertible {
    /// The value itself.
    public var hyperparameterValue: HyperparameterValue? { self }
}

extension Bool: HyperparameterConvertible {
    /// The truth value.
    public var hyperparameterValue: HyperparameterValue? { .bool(self) }
}

extension Optional: HyperparameterConvertible where Wrapped: HyperparameterConvertible {
    /// The value, if there is one.
    public var hyperparameterValue: HyperparameterValue? { flatMap(\.hyperparameterValue) }
}

extension String: HyperparameterConvertible {}
extension Substring: HyperparameterConvertible {}
extension Double: HyperparameterConvertible {}
extension Float: HyperparameterConvertible {}
#if !((os(macOS) || targetEnvironment(macCatalyst)) && arch(x86_64))
extension Float16: HyperparameterConvertible {}
#endif
extension Int: HyperparameterConvertible {}
extension Int8: HyperparameterConvertible {}
extension Int16: HyperparameterConvertible {}
extension Int32: HyperparameterConvertible {}
extension Int64: HyperparameterConvertible {}
extension UInt: HyperparameterConvertible {}
extension UInt8: HyperparameterConvertible {}
extension UInt16: HyperparameterConvertible {}
extension UInt32: HyperparameterConvertible {}
extension UInt64: HyperparameterConvertible {}
