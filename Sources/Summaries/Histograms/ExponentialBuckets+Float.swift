/// Counting `Float` values, the commonest in training, with one addition in place of a comparison.
extension ExponentialBuckets {
    /// The number of slots: one a bucket, then one for -0 and one for each bucket of negative values.
    ///
    /// The buckets of negative values are numbered by magnitude there, so that in both halves a larger representation
    /// never has a smaller slot. The first slot, whose bucket no value lies in, is for NaN and infinities.
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
            guard nearest.isFinite else { return 0 &- start }
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
        slotCount - bucket
    }

    /// Counters of the slots of values.
    ///
    /// Each slot has two, for values in turn: a counter must be stored before the next value can be added to it, and
    /// neighbours are often alike.
    struct SlotCounters {
        fileprivate let offsets: UnsafePointer<UInt32>
        fileprivate let counts: UnsafeMutablePointer<UInt32>
        fileprivate let otherCounts: UnsafeMutablePointer<UInt32>

        /// Counts a value.
        @inline(__always)
        func count(_ value: Float) { counts[slot(of: value)] &+= 1 }

        /// Counts two values.
        @inline(__always)
        func count(_ first: Float, _ second: Float) {
            counts[slot(of: first)] &+= 1
            otherCounts[slot(of: second)] &+= 1
        }

        @inline(__always)
        private func slot(of value: Float) -> Int {
            Int(truncatingIfNeeded: (value.bitPattern &+ offsets[Cell.index(of: value)]) >> Cell.shift)
        }
    }

    /// Counts values by their slots.
    ///
    /// - Parameters:
    ///   - count: Counts the values, less than 2³² in all.
    ///   - receive: Takes the number of values in each bucket.
    @inline(__always)
    static func withSlotCounters(_ count: (SlotCounters) -> Void, receive: (UnsafeBufferPointer<UInt32>) -> Void) {
        let slotCount = slotCount
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 2 * slotCount) { counts in
            counts.initialize(repeating: 0)
            slotOffsets.withUnsafeBufferPointer { offsets in
                guard let offsets = offsets.baseAddress, let counts = counts.baseAddress else { return }
                count(SlotCounters(offsets: offsets, counts: counts, otherCounts: counts + slotCount))
            }
            for slot in 0..<slotCount { counts[slot] &+= counts[slotCount &+ slot] }
            let zero = zero
            for bucket in 1...zero { counts[bucket] &+= counts[negativeSlot(of: bucket)] }
            // Those are not finite.
            counts[0] = 0
            receive(UnsafeBufferPointer(rebasing: counts[..<self.count]))
        }
    }
}
