/// Numbers in memory, as logging calls take them: an array, a slice, a buffer, a span, a vector, or nested arrays.
///
/// ```swift
/// writer.histogram("weights", weights.span, step: step)               // Span<Float>
/// writer.heatmap("kernel", [[0.1, 0.2], [0.3, 0.4]], step: step)      // [[Double]]
/// writer.histogram("gradients", [layer1, layer2], step: step)         // [[Float]], rows of any length
/// ```
///
/// A type of your own that holds its numbers in one piece of memory can conform too.
public protocol NumericData: SendableMetatype, ~Escapable {
    /// The type of the numbers.
    associatedtype Scalar: NumericScalar

    /// The size of each axis, the slowest first; `nil` if rows differ in length.
    var numericShape: [Int]? { get }

    /// Calls `body` with all numbers in row-major order; by default with a copy.
    ///
    /// - Parameter body: Reads the numbers; the buffer is valid during the call only.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws.
    func withScalars<Result, Failure: Error>(
        _ body: (UnsafeBufferPointer<Scalar>) throws(Failure) -> Result
    ) throws(Failure) -> Result

    /// Appends all numbers in row-major order.
    func appendScalars(to scalars: inout [Scalar])
}

/// A number type of the standard library.
public protocol NumericScalar: NumericData, Sendable where Scalar == Self {
    /// Converts numbers; exact where `Float` is.
    ///
    /// - Parameters:
    ///   - values: The numbers.
    ///   - target: Memory for as many.
    static func convert(_ values: UnsafeBufferPointer<Self>, to target: UnsafeMutableBufferPointer<Float>)

    /// Converts numbers; exact up to 2^53.
    ///
    /// - Parameters:
    ///   - values: The numbers.
    ///   - target: Memory for as many.
    static func convert(_ values: UnsafeBufferPointer<Self>, to target: UnsafeMutableBufferPointer<Double>)
}

extension NumericData where Self: ~Escapable {
    /// Calls `body` with a copy of all numbers.
    public func withScalars<Result, Failure: Error>(
        _ body: (UnsafeBufferPointer<Scalar>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try scalars.span.withUnsafeBufferPointer(body)
    }
}

extension NumericScalar {
    /// No axes.
    public var numericShape: [Int]? { [] }

    /// Appends the number.
    public func appendScalars(to scalars: inout [Self]) { scalars.append(self) }
}

extension NumericScalar {
    /// Whether the type is one of integers, whose full scale in an image is 255 and not 1.
    package static var isInteger: Bool { self is any BinaryInteger.Type }
}

extension NumericScalar where Self: BinaryFloatingPoint {
    /// Converts numbers.
    public static func convert(_ values: UnsafeBufferPointer<Self>, to target: UnsafeMutableBufferPointer<Float>) {
        for index in values.indices { target[index] = Float(values[index]) }
    }

    /// Converts numbers.
    public static func convert(_ values: UnsafeBufferPointer<Self>, to target: UnsafeMutableBufferPointer<Double>) {
        for index in values.indices { target[index] = Double(values[index]) }
    }
}

extension NumericScalar where Self: BinaryInteger {
    /// Converts numbers.
    public static func convert(_ values: UnsafeBufferPointer<Self>, to target: UnsafeMutableBufferPointer<Float>) {
        for index in values.indices { target[index] = Float(values[index]) }
    }

    /// Converts numbers.
    public static func convert(_ values: UnsafeBufferPointer<Self>, to target: UnsafeMutableBufferPointer<Double>) {
        for index in values.indices { target[index] = Double(values[index]) }
    }
}

extension Float: NumericScalar {}
extension Double: NumericScalar {}
#if !((os(macOS) || targetEnvironment(macCatalyst)) && arch(x86_64))
extension Float16: NumericScalar {}
#endif
extension Int: NumericScalar {}
extension Int8: NumericScalar {}
extension Int16: NumericScalar {}
extension Int32: NumericScalar {}
extension Int64: NumericScalar {}
extension UInt: NumericScalar {}
extension UInt8: NumericScalar {}
extension UInt16: NumericScalar {}
extension UInt32: NumericScalar {}
extension UInt64: NumericScalar {}

extension NumericData where Self: ~Escapable {
    /// All numbers, copied.
    package var scalars: [Scalar] {
        var scalars: [Scalar] = []
        appendScalars(to: &scalars)
        return scalars
    }

    /// All numbers as `Float`; an array of `Float` is not copied.
    package var floats: [Float] {
        withScalars { values in
            [Float](unsafeUninitializedCapacity: values.count) { target, count in
                if Scalar.self == Float.self {
                    values.withMemoryRebound(to: Float.self) { _ = target.initialize(fromContentsOf: $0) }
                } else {
                    Scalar.convert(values, to: UnsafeMutableBufferPointer(rebasing: target[..<values.count]))
                }
                count = values.count
            }
        }
    }

    /// All numbers as `Double`.
    package var doubles: [Double] {
        withScalars { values in
            [Double](unsafeUninitializedCapacity: values.count) { target, count in
                if Scalar.self == Double.self {
                    values.withMemoryRebound(to: Double.self) { _ = target.initialize(fromContentsOf: $0) }
                } else {
                    Scalar.convert(values, to: UnsafeMutableBufferPointer(rebasing: target[..<values.count]))
                }
                count = values.count
            }
        }
    }
}
