/// A tensor's elements in row-major order, together with their type and shape.
///
/// Nested literals make a tensor of `Float`:
///
/// ```swift
/// let inputs: TensorValue = [[0, 0], [0, 1], [1, 0], [1, 1]]   // shape [4, 2]
/// let column = TensorValue(shape: [4, 1], [0, 1, 1, 0])
/// ```
public struct TensorValue: Sendable, Equatable {
    /// The elements, one case for each supported type.
    public enum Elements: Sendable, Equatable {
        /// `DT_FLOAT`.
        case float([Float])
        /// `DT_DOUBLE`.
        case double([Double])
        /// `DT_HALF`, each element as its 16 bits.
        case half(bits: [UInt16])
        /// `DT_BFLOAT16`, each element as its 16 bits.
        case bfloat16(bits: [UInt16])
        /// `DT_INT8`.
        case int8([Int8])
        /// `DT_INT16`.
        case int16([Int16])
        /// `DT_INT32`.
        case int32([Int32])
        /// `DT_INT64`.
        case int64([Int64])
        /// `DT_UINT8`.
        case uint8([UInt8])
        /// `DT_UINT16`.
        case uint16([UInt16])
        /// `DT_UINT32`.
        case uint32([UInt32])
        /// `DT_UINT64`.
        case uint64([UInt64])
        /// `DT_QINT8`; what the integers stand for is not stored with them.
        case qint8([Int8])
        /// `DT_QINT16`.
        case qint16([Int16])
        /// `DT_QINT32`.
        case qint32([Int32])
        /// `DT_QUINT8`.
        case quint8([UInt8])
        /// `DT_QUINT16`.
        case quint16([UInt16])
        /// `DT_COMPLEX64`, each element as its real and imaginary part.
        case complex64([SIMD2<Float>])
        /// `DT_COMPLEX128`, each element as its real and imaginary part.
        case complex128([SIMD2<Double>])
        /// `DT_BOOL`.
        case bool([Bool])
        /// `DT_STRING`: each element is a sequence of bytes, usually UTF-8 text.
        case string([[UInt8]])
    }

    /// The size of each axis; empty for a scalar.
    public let shape: [Int]

    /// The elements in row-major order.
    public let elements: Elements

    /// Creates a tensor from its elements in row-major order.
    ///
    /// - Parameters:
    ///   - shape: The size of each axis, 0 or more. The product must equal the number of elements.
    ///   - elements: The elements in row-major order.
    /// - Throws: ``SummaryError`` if `shape` does not describe as many elements as there are.
    @_disfavoredOverload
    public init(shape: [Int], elements: Elements) throws(SummaryError) {
        try Self.check(shape, elements.count)
        self.init(shape: shape, elements: elements, isKnownToFit: ())
    }

    /// Creates a tensor of `Float` from its elements in row-major order.
    ///
    /// - Parameters:
    ///   - shape: The size of each axis, 0 or more.
    ///   - elements: As many elements as `shape` describes.
    /// - Throws: ``SummaryError`` if there are more or fewer.
    @_disfavoredOverload
    public init(shape: [Int], _ elements: [Float]) throws(SummaryError) {
        try Self.check(shape, elements.count)
        self.init(shape: shape, elements: .float(elements), isKnownToFit: ())
    }

    /// The same inside this package, where shapes are taken from the elements that they describe.
    ///
    /// The last parameter only tells it apart from the initializer that throws, which all others get.
    package init(shape: [Int], elements: Elements, isKnownToFit: Void = ()) {
        precondition(
            Self.describes(shape, elements.count),
            "a tensor of shape \(shape) cannot be made of \(elements.count) elements"
        )
        self.shape = shape
        self.elements = elements
    }

    package init(shape: [Int], _ elements: [Float], isKnownToFit: Void = ()) {
        self.init(shape: shape, elements: .float(elements), isKnownToFit: ())
    }

    private static func check(_ shape: [Int], _ count: Int) throws(SummaryError) {
        guard !describes(shape, count) else { return }
        throw SummaryError(
            shape.allSatisfy { $0 >= 0 } ? .wrongCount : .invalidShape,
            "a tensor of shape \(shape) cannot be made of \(count) elements; "
                + "give as many as the product of the sizes, each of which is 0 or more"
        )
    }

    private static func describes(_ shape: [Int], _ count: Int) -> Bool {
        shape.allSatisfy { $0 >= 0 } && TensorShape.elementCount(of: shape) == count
    }

    /// Creates a scalar of type `Float`.
    public init(_ scalar: Float) {
        self.init(shape: [], elements: .float([scalar]))
    }

    /// The type of the elements.
    public var dataType: DataType { elements.dataType }

    /// The number of elements.
    public var count: Int { elements.count }

    /// The elements if they are `Float`, else `nil`.
    public var floats: [Float]? {
        guard case .float(let floats) = elements else { return nil }
        return floats
    }
}

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
