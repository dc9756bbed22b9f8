/// Counting `Float` values, the commonest in training, with one addition in place of a comparison.
extension ExponentialBuckets {
    /// The number of slots: one a bucket, then one for -0 and one for each bucket of negative values.
    ///
    /// The buckets of negative values are numbered by magnitude there, so that in both halves a larger representation
    /// never has a smaller slot.
    static let slotCount = count + zero

    /// For each cell, what to add to the representation of a `Float` so that its leading bits are the slot.
    ///
    /// The addition replaces the number of the cell by the slot of the cell's smallest magnitude, and carries into the
    /// next slot from the first magnitude on that lies in the next bucket.
    private static let slotOffsets: [UInt32] = withCells { cells in
        let cellWidth = UInt32(1) << Cell.shift
        return cells.indices.map { index in
            let start = UInt32(index) << Cell.shift
            let nearest = Float(bitPattern: start)
            let bucket = bucket(of: Double(nearest), cells: cells)
            let isNegative = nearest.sign == .minus
            let next = firstMagnitude(beyond: cells[index].limit, isNegative: isNegative)
            let crossing = (isNegative ? -next : next).bitPattern &- start
            let carry = crossing > 0 && crossing < cellWidth ? cellWidth - crossing : 0
            return UInt32(isNegative ? negativeSlot(of: bucket) : bucket) << Cell.shift &+ carry &- start
        }
    }

    /// The smallest magnitude of a `Float` that lies on the other side of a limit, seen from zero.
    private static func firstMagnitude(beyond limit: Double, isNegative: Bool) -> Float {
        let magnitude = Float(limit.magnitude)
        // Mirrored, a bucket is open below and closed above: a negative value on a limit lies on the near side.
        let isNear = isNegative ? Double(magnitude) <= limit.magnitude : Double(magnitude) < limit.magnitude
        return isNear ? magnitude.nextUp : magnitude
    }

    private static func negativeSlot(of bucket: Int) -> Int {
        count + zero - bucket
    }

    /// Counts finite values by their slot.
    @inline(__always)
    static func count(_ values: UnsafeBufferPointer<Float>, intoSlots counts: UnsafeMutableBufferPointer<Int>) {
        slotOffsets.withUnsafeBufferPointer { offsets in
            for value in values {
                let bits = value.bitPattern
                counts[Int(truncatingIfNeeded: (bits &+ offsets[Cell.index(of: value)]) >> Cell.shift)] &+= 1
            }
        }
    }

    /// Moves the counts of the slots that are not buckets to their buckets.
    static func fold(slots counts: UnsafeMutableBufferPointer<Int>) {
        for bucket in 1...zero {
            counts[bucket] += counts[negativeSlot(of: bucket)]
        }
    }
}
