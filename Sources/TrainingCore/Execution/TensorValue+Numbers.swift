extension DataType {
    /// The types that a graph computes with.
    ///
    /// Memory holds the elements of each as `Float`.
    static let computable: [DataType] = [.float, .bool, .int32, .int64]
}

extension TensorValue {
    /// The first integer that a `Float` does not hold exactly: those beyond 2^24 with too many binary digits.
    var firstInexactInteger: Int64? {
        switch elements {
        case .int32(let integers): integers.first { Float(exactly: $0) == nil }.map(Int64.init)
        case .int64(let integers): integers.first { Float(exactly: $0) == nil }
        default: nil
        }
    }

    /// Writes the elements as numbers.
    ///
    /// - Parameter target: Room for as many elements. Nothing is written of a type that graphs do not compute with.
    func write(to target: UnsafeMutableBufferPointer<Float>) {
        switch elements {
        case .float(let numbers): _ = target.update(fromContentsOf: numbers)
        case .int32(let integers): for (index, integer) in integers.enumerated() { target[index] = Float(integer) }
        case .int64(let integers): for (index, integer) in integers.enumerated() { target[index] = Float(integer) }
        case .bool(let truths): for (index, truth) in truths.enumerated() { target[index] = truth ? 1 : 0 }
        default: break
        }
    }
}
