/// A number that a ``Histogram`` can count without first converting the whole collection.
///
/// The floating-point and integer types of the standard library conform. Your own may too:
///
/// ```swift
/// struct Celsius: HistogramElement {
///     var degrees: Double
///     var histogramValue: Double { degrees }
/// }
/// ```
public protocol HistogramElement: Sendable {
    /// The number as a `Double`.
    var histogramValue: Double { get }
}

extension HistogramElement where Self: BinaryFloatingPoint {
    /// The number as a `Double`.
    @inlinable public var histogramValue: Double { Double(self) }
}

extension HistogramElement where Self: BinaryInteger {
    /// The number as a `Double`, exact up to 2^53 and else the nearest.
    @inlinable public var histogramValue: Double { Double(self) }
}

extension Float: HistogramElement {
    /// The number as a `Double`.
    @inlinable public var histogramValue: Double { Double(self) }
}

extension Double: HistogramElement {
    /// The number itself.
    @inlinable public var histogramValue: Double { self }
}

#if !((os(macOS) || targetEnvironment(macCatalyst)) && arch(x86_64))
extension Float16: HistogramElement {
    /// The number as a `Double`.
    @inlinable public var histogramValue: Double { Double(self) }
}
#endif

extension Int: HistogramElement {}
extension Int8: HistogramElement {}
extension Int16: HistogramElement {}
extension Int32: HistogramElement {}
extension Int64: HistogramElement {}
extension UInt: HistogramElement {}
extension UInt8: HistogramElement {}
extension UInt16: HistogramElement {}
extension UInt32: HistogramElement {}
extension UInt64: HistogramElement {}
