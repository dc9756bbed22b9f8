/// The sizes of a tensor's axes, as far as they are known.
///
/// ```swift
/// let batch: TensorShape = [nil, 2]   // any number of rows, two columns
/// let scalar: TensorShape = []        // rank 0
/// ```
public struct TensorShape: Sendable, Hashable {
    /// One size an axis, `nil` where the size is not known before the graph runs.
    public var dimensions: [Int?]

    /// Creates a shape from the size of each axis.
    ///
    /// - Parameter dimensions: Sizes of 0 or more; `nil` for an axis of unknown size. Empty for a scalar.
    public init(_ dimensions: [Int?]) {
        self.dimensions = dimensions
    }

    /// The number of axes; 0 for a scalar.
    public var rank: Int { dimensions.count }

    /// Whether every axis has a known size.
    package var isFullyDefined: Bool { dimensions.allSatisfy { $0 != nil } }

    /// The number of elements, 1 for a scalar; `nil` while an axis is unknown or the product overflows.
    public var elementCount: Int? {
        let known = dimensions.compactMap(\.self)
        return known.count == dimensions.count ? Self.elementCount(of: known) : nil
    }

    /// The number of elements of axes that are all known; `nil` if it overflows.
    ///
    /// Not by way of a shape: the conversion of each size to an optional one takes longer than all the rest.
    package static func elementCount(of sizes: [Int]) -> Int? {
        var count = 1
        for size in sizes {
            let (product, overflow) = count.multipliedReportingOverflow(by: size)
            guard !overflow else { return nil }
            count = product
        }
        return count
    }
}

extension TensorShape: ExpressibleByArrayLiteral {
    /// Creates a shape from a literal such as `[nil, 2]`.
    public init(arrayLiteral elements: Int?...) {
        self.init(elements)
    }
}

extension TensorShape: CustomStringConvertible {
    /// The shape as it is written in code, `?` standing for an unknown size: `[?, 2]`.
    public var description: String {
        "[\(dimensions.map { $0.map(String.init) ?? "?" }.joined(separator: ", "))]"
    }
}
