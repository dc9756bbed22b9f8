/// The numbers of elements that are contiguous in memory, as in arrays, slices, buffers and spans.
///
/// Elements may be numbers, vectors or arrays again.
@usableFromInline
enum NumericBuffer<Element: NumericData> {
    /// Calls `body` with the numbers of all elements, in place if the elements are numbers.
    @inlinable
    static func withScalars<Result, Failure: Error>(
        _ elements: UnsafeBufferPointer<Element>,
        _ body: (UnsafeBufferPointer<Element.Scalar>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        if Element.self == Element.Scalar.self {
            let numbers = UnsafeRawBufferPointer(elements).assumingMemoryBound(to: Element.Scalar.self)
            return try body(numbers)
        }
        return try gathering(elements, body)
    }

    /// Calls `body` with a copy of the numbers of all elements.
    @usableFromInline
    static func gathering<Result, Failure: Error>(
        _ elements: UnsafeBufferPointer<Element>,
        _ body: (UnsafeBufferPointer<Element.Scalar>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        var scalars: [Element.Scalar] = []
        append(elements, to: &scalars)
        return try scalars.span.withUnsafeBufferPointer(body)
    }

    /// Appends the numbers of all elements.
    @usableFromInline
    static func append(_ elements: UnsafeBufferPointer<Element>, to scalars: inout [Element.Scalar]) {
        if Element.self == Element.Scalar.self {
            scalars += UnsafeRawBufferPointer(elements).assumingMemoryBound(to: Element.Scalar.self)
        } else {
            for element in elements { element.appendScalars(to: &scalars) }
        }
    }

    /// The size of each axis; `nil` if the elements differ in shape.
    @usableFromInline
    static func shape(of elements: UnsafeBufferPointer<Element>) -> [Int]? {
        if Element.self == Element.Scalar.self { return [elements.count] }
        guard let first = elements.first else { return [0] }
        guard let inner = first.numericShape else { return nil }
        for element in elements where element.numericShape != inner { return nil }
        return [elements.count] + inner
    }
}

// One implementation for arrays, slices and buffers, another for vectors.

extension NumericData where Self: Collection, Element: NumericData {
    /// The size of each axis; `nil` if rows differ in length.
    public var numericShape: [Int]? {
        withContiguousStorageIfAvailable(NumericBuffer.shape) ?? nil
    }

    /// Calls `body` with all numbers, in place if the elements are numbers.
    @inlinable
    public func withScalars<Result, Failure: Error>(
        _ body: (UnsafeBufferPointer<Element.Scalar>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        // The standard library's method throws untyped errors only.
        var result: Swift.Result<Result, Failure>?
        withContiguousStorageIfAvailable { elements in
            do throws(Failure) {
                result = .success(try NumericBuffer.withScalars(elements, body))
            } catch {
                result = .failure(error)
            }
        }
        guard let result else { preconditionFailure("\(Self.self) does not store its elements contiguously") }
        return try result.get()
    }

    /// Appends all numbers.
    public func appendScalars(to scalars: inout [Element.Scalar]) {
        withContiguousStorageIfAvailable { NumericBuffer.append($0, to: &scalars) }
    }
}

extension Array: NumericData where Element: NumericData {}
extension ArraySlice: NumericData where Element: NumericData {}
extension ContiguousArray: NumericData where Element: NumericData {}
extension UnsafeBufferPointer: NumericData where Element: NumericData {}
extension UnsafeMutableBufferPointer: NumericData where Element: NumericData {}

extension Span: NumericData where Element: NumericData {
    /// The size of each axis; `nil` if rows differ in length.
    public var numericShape: [Int]? {
        withUnsafeBufferPointer(NumericBuffer.shape)
    }

    /// Calls `body` with all numbers, in place if the elements are numbers.
    @inlinable
    public func withScalars<Result, Failure: Error>(
        _ body: (UnsafeBufferPointer<Element.Scalar>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try withUnsafeBufferPointer { elements throws(Failure) in
            try NumericBuffer.withScalars(elements, body)
        }
    }

    /// Appends all numbers.
    public func appendScalars(to scalars: inout [Element.Scalar]) {
        withUnsafeBufferPointer { NumericBuffer.append($0, to: &scalars) }
    }
}

extension NumericData where Self: SIMD {
    /// One axis with all numbers of the vector.
    public var numericShape: [Int]? { [scalarCount] }

    /// Appends the numbers of the vector.
    public func appendScalars(to scalars: inout [Scalar]) {
        for index in indices { scalars.append(self[index]) }
    }
}

extension SIMD2: NumericData where Scalar: NumericScalar {}
extension SIMD3: NumericData where Scalar: NumericScalar {}
extension SIMD4: NumericData where Scalar: NumericScalar {}
extension SIMD8: NumericData where Scalar: NumericScalar {}
