/// What arrays, slices, buffers and spans have in common: elements side by side in memory.
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

    /// Puts the numbers of all elements behind others.
    @usableFromInline
    static func append(_ elements: UnsafeBufferPointer<Element>, to scalars: inout [Element.Scalar]) {
        if Element.self == Element.Scalar.self {
            scalars += UnsafeRawBufferPointer(elements).assumingMemoryBound(to: Element.Scalar.self)
        } else {
            for element in elements { element.appendScalars(to: &scalars) }
        }
    }

    /// The size of each axis; `nil` if the elements differ.
    @usableFromInline
    static func shape(of elements: UnsafeBufferPointer<Element>) -> [Int]? {
        if Element.self == Element.Scalar.self { return [elements.count] }
        guard let first = elements.first else { return [0] }
        guard let inner = first.numericShape else { return nil }
        for element in elements where element.numericShape != inner { return nil }
        return [elements.count] + inner
    }
}

extension Array: NumericData where Element: NumericData {
    /// The type of the numbers.
    public typealias Scalar = Element.Scalar

    /// The size of each axis; `nil` if rows differ in length.
    public var numericShape: [Int]? {
        span.withUnsafeBufferPointer(NumericBuffer.shape)
    }

    /// Calls `body` with all numbers, in place if the elements are numbers.
    @inlinable
    public func withScalars<Result, Failure: Error>(
        _ body: (UnsafeBufferPointer<Element.Scalar>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try span.withUnsafeBufferPointer { elements throws(Failure) in
            try NumericBuffer.withScalars(elements, body)
        }
    }

    /// Puts all numbers behind others.
    public func appendScalars(to scalars: inout [Element.Scalar]) {
        span.withUnsafeBufferPointer { NumericBuffer.append($0, to: &scalars) }
    }
}

extension ArraySlice: NumericData where Element: NumericData {
    /// The type of the numbers.
    public typealias Scalar = Element.Scalar

    /// The size of each axis; `nil` if rows differ in length.
    public var numericShape: [Int]? {
        span.withUnsafeBufferPointer(NumericBuffer.shape)
    }

    /// Calls `body` with all numbers, in place if the elements are numbers.
    @inlinable
    public func withScalars<Result, Failure: Error>(
        _ body: (UnsafeBufferPointer<Element.Scalar>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try span.withUnsafeBufferPointer { elements throws(Failure) in
            try NumericBuffer.withScalars(elements, body)
        }
    }

    /// Puts all numbers behind others.
    public func appendScalars(to scalars: inout [Element.Scalar]) {
        span.withUnsafeBufferPointer { NumericBuffer.append($0, to: &scalars) }
    }
}

extension ContiguousArray: NumericData where Element: NumericData {
    /// The type of the numbers.
    public typealias Scalar = Element.Scalar

    /// The size of each axis; `nil` if rows differ in length.
    public var numericShape: [Int]? {
        span.withUnsafeBufferPointer(NumericBuffer.shape)
    }

    /// Calls `body` with all numbers, in place if the elements are numbers.
    @inlinable
    public func withScalars<Result, Failure: Error>(
        _ body: (UnsafeBufferPointer<Element.Scalar>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try span.withUnsafeBufferPointer { elements throws(Failure) in
            try NumericBuffer.withScalars(elements, body)
        }
    }

    /// Puts all numbers behind others.
    public func appendScalars(to scalars: inout [Element.Scalar]) {
        span.withUnsafeBufferPointer { NumericBuffer.append($0, to: &scalars) }
    }
}

extension Span: NumericData where Element: NumericData {
    /// The type of the numbers.
    public typealias Scalar = Element.Scalar

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

    /// Puts all numbers behind others.
    public func appendScalars(to scalars: inout [Element.Scalar]) {
        withUnsafeBufferPointer { NumericBuffer.append($0, to: &scalars) }
    }
}

extension UnsafeBufferPointer: NumericData where Element: NumericData {
    /// The type of the numbers.
    public typealias Scalar = Element.Scalar

    /// The size of each axis; `nil` if rows differ in length.
    public var numericShape: [Int]? {
        span.withUnsafeBufferPointer(NumericBuffer.shape)
    }

    /// Calls `body` with all numbers, in place if the elements are numbers.
    @inlinable
    public func withScalars<Result, Failure: Error>(
        _ body: (UnsafeBufferPointer<Element.Scalar>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try span.withUnsafeBufferPointer { elements throws(Failure) in
            try NumericBuffer.withScalars(elements, body)
        }
    }

    /// Puts all numbers behind others.
    public func appendScalars(to scalars: inout [Element.Scalar]) {
        span.withUnsafeBufferPointer { NumericBuffer.append($0, to: &scalars) }
    }
}

extension UnsafeMutableBufferPointer: NumericData where Element: NumericData {
    /// The type of the numbers.
    public typealias Scalar = Element.Scalar

    /// The size of each axis; `nil` if rows differ in length.
    public var numericShape: [Int]? {
        span.withUnsafeBufferPointer(NumericBuffer.shape)
    }

    /// Calls `body` with all numbers, in place if the elements are numbers.
    @inlinable
    public func withScalars<Result, Failure: Error>(
        _ body: (UnsafeBufferPointer<Element.Scalar>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try span.withUnsafeBufferPointer { elements throws(Failure) in
            try NumericBuffer.withScalars(elements, body)
        }
    }

    /// Puts all numbers behind others.
    public func appendScalars(to scalars: inout [Element.Scalar]) {
        span.withUnsafeBufferPointer { NumericBuffer.append($0, to: &scalars) }
    }
}
