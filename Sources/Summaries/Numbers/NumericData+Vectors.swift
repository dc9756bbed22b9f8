// Each vector type has code of its own: Swift 6.3.1 emits invalid code for one extension of `SIMD` that serves all.

extension SIMD2: NumericData where Scalar: NumericScalar {
    /// One axis of 2 numbers.
    public var numericShape: [Int]? { [2] }

    /// Calls `body` with the numbers of the vector.
    public func withScalars<Result, Failure: Error>(
        _ body: (UnsafeBufferPointer<Scalar>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try scalars.span.withUnsafeBufferPointer(body)
    }

    /// Puts the numbers of the vector behind others.
    public func appendScalars(to scalars: inout [Scalar]) {
        for index in 0..<2 { scalars.append(self[index]) }
    }
}

extension SIMD3: NumericData where Scalar: NumericScalar {
    /// One axis of 3 numbers.
    public var numericShape: [Int]? { [3] }

    /// Calls `body` with the numbers of the vector.
    public func withScalars<Result, Failure: Error>(
        _ body: (UnsafeBufferPointer<Scalar>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try scalars.span.withUnsafeBufferPointer(body)
    }

    /// Puts the numbers of the vector behind others.
    public func appendScalars(to scalars: inout [Scalar]) {
        for index in 0..<3 { scalars.append(self[index]) }
    }
}

extension SIMD4: NumericData where Scalar: NumericScalar {
    /// One axis of 4 numbers.
    public var numericShape: [Int]? { [4] }

    /// Calls `body` with the numbers of the vector.
    public func withScalars<Result, Failure: Error>(
        _ body: (UnsafeBufferPointer<Scalar>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try scalars.span.withUnsafeBufferPointer(body)
    }

    /// Puts the numbers of the vector behind others.
    public func appendScalars(to scalars: inout [Scalar]) {
        for index in 0..<4 { scalars.append(self[index]) }
    }
}

extension SIMD8: NumericData where Scalar: NumericScalar {
    /// One axis of 8 numbers.
    public var numericShape: [Int]? { [8] }

    /// Calls `body` with the numbers of the vector.
    public func withScalars<Result, Failure: Error>(
        _ body: (UnsafeBufferPointer<Scalar>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try scalars.span.withUnsafeBufferPointer(body)
    }

    /// Puts the numbers of the vector behind others.
    public func appendScalars(to scalars: inout [Scalar]) {
        for index in 0..<8 { scalars.append(self[index]) }
    }
}

extension SIMD16: NumericData where Scalar: NumericScalar {
    /// One axis of 16 numbers.
    public var numericShape: [Int]? { [16] }

    /// Calls `body` with the numbers of the vector.
    public func withScalars<Result, Failure: Error>(
        _ body: (UnsafeBufferPointer<Scalar>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try scalars.span.withUnsafeBufferPointer(body)
    }

    /// Puts the numbers of the vector behind others.
    public func appendScalars(to scalars: inout [Scalar]) {
        for index in 0..<16 { scalars.append(self[index]) }
    }
}

extension SIMD32: NumericData where Scalar: NumericScalar {
    /// One axis of 32 numbers.
    public var numericShape: [Int]? { [32] }

    /// Calls `body` with the numbers of the vector.
    public func withScalars<Result, Failure: Error>(
        _ body: (UnsafeBufferPointer<Scalar>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try scalars.span.withUnsafeBufferPointer(body)
    }

    /// Puts the numbers of the vector behind others.
    public func appendScalars(to scalars: inout [Scalar]) {
        for index in 0..<32 { scalars.append(self[index]) }
    }
}

extension SIMD64: NumericData where Scalar: NumericScalar {
    /// One axis of 64 numbers.
    public var numericShape: [Int]? { [64] }

    /// Calls `body` with the numbers of the vector.
    public func withScalars<Result, Failure: Error>(
        _ body: (UnsafeBufferPointer<Scalar>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try scalars.span.withUnsafeBufferPointer(body)
    }

    /// Puts the numbers of the vector behind others.
    public func appendScalars(to scalars: inout [Scalar]) {
        for index in 0..<64 { scalars.append(self[index]) }
    }
}
