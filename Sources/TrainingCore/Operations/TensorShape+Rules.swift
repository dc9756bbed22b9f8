extension TensorShape {
    /// The shape of an operation on two tensors that are repeated along axes of size 1.
    func broadcast(with other: TensorShape) throws(Mismatch) -> TensorShape {
        var dimensions: [Int?] = []
        for axis in 0..<max(rank, other.rank) {
            let a = axis < rank ? self.dimensions[rank - 1 - axis] : 1
            let b = axis < other.rank ? other.dimensions[other.rank - 1 - axis] : 1
            switch (a, b) {
            case (1, let size), (let size, 1): dimensions.append(size)
            case (nil, let size), (let size, nil): dimensions.append(size)
            case (let a, let b) where a == b: dimensions.append(a)
            default: throw Mismatch("sizes must be equal or 1, counted from the last axis")
            }
        }
        return TensorShape(dimensions.reversed())
    }

    /// What is known about a shape of which two descriptions exist.
    func merged(with other: TensorShape) throws(Mismatch) -> TensorShape {
        guard rank == other.rank, zip(dimensions, other.dimensions).allSatisfy({ $0 == nil || $1 == nil || $0 == $1 })
        else { throw Mismatch("both must have the same shape") }
        return TensorShape(zip(dimensions, other.dimensions).map { $0 ?? $1 })
    }
}
