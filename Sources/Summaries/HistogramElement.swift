/// A number that a ``Histogram`` can count without first converting the whole collection.
public protocol HistogramElement: Sendable {
    /// The number as a `Double`.
    var histogramValue: Double { get }
}

extension Float: HistogramElement {
    /// The number as a `Double`.
    @inlinable public var histogramValue: Double { Double(self) }
}

extension Double: HistogramElement {
    /// The number itself.
    @inlinable public var histogramValue: Double { self }
}
