extension Histogram {
    /// One row of a histogram: how many values lie between two edges.
    public struct Bucket: Sendable, Hashable {
        /// The lower edge, which belongs to the bucket.
        public var lowerBound: Double
        /// The upper edge, which belongs to the next bucket (to this one in the last row).
        public var upperBound: Double
        /// The number of values between the edges.
        public var count: Int

        package init(lowerBound: Double, upperBound: Double, count: Int) {
            self.lowerBound = lowerBound
            self.upperBound = upperBound
            self.count = count
        }
    }

    /// The rows from the smallest value to the largest, without gaps or overlaps; empty if there is no value.
    ///
    /// With given edges or a given number of bins these are the rows, empty ones included. With the default buckets
    /// adjacent empty ones are one row; the first edge is the smallest value and the last edge the largest one, not the
    /// limits of the buckets.
    public var buckets: [Bucket] {
        var buckets: [Bucket] = []
        buckets.reserveCapacity(bucketCount)
        forEachBucket { buckets.append(Bucket(lowerBound: $0, upperBound: $1, count: $2)) }
        return buckets
    }

    /// The number of ``buckets``.
    package var bucketCount: Int {
        if !edges.isEmpty { return edges.count - 1 }
        return entries.withUnsafeBufferPointer { entries in
            var rows = entries.count
            var index = 1
            while index < entries.count {
                rows &+= entries[index].bucket > entries[index &- 1].bucket &+ 1 ? 1 : 0
                index &+= 1
            }
            return rows
        }
    }

    /// Writes ``buckets`` as rows of three little-endian doubles: left edge, right edge, count.
    ///
    /// - Parameter rows: 24 bytes for each of ``bucketCount``.
    package func writeBuckets(to rows: UnsafeMutableRawBufferPointer) {
        var place = 0
        forEachBucket { lowerBound, upperBound, count in
            rows.storeBytes(of: lowerBound.bitPattern.littleEndian, toByteOffset: place, as: UInt64.self)
            rows.storeBytes(of: upperBound.bitPattern.littleEndian, toByteOffset: place &+ 8, as: UInt64.self)
            rows.storeBytes(of: Double(count).bitPattern.littleEndian, toByteOffset: place &+ 16, as: UInt64.self)
            place &+= 24
        }
    }

    /// Calls `body` with the edges and the count of each row.
    @inline(__always)
    private func forEachBucket(_ body: (_ lowerBound: Double, _ upperBound: Double, _ count: Int) -> Void) {
        guard edges.isEmpty else {
            var next = entries[...]
            for row in 0..<(edges.count - 1) {
                let count = next.first?.bucket == row ? next.removeFirst().count : 0
                body(edges[row], edges[row + 1], count)
            }
            return
        }
        ExponentialBuckets.limits.withUnsafeBufferPointer { limits in
            entries.withUnsafeBufferPointer { entries in
                var edge = smallest
                for index in entries.indices {
                    let entry = entries[index]
                    let lower = index == 0 ? smallest : limits[entry.bucket - 1]
                    if lower > edge { body(edge, lower, 0) }
                    let upper = index == entries.count - 1 ? largest : limits[entry.bucket]
                    body(lower, upper, entry.count)
                    edge = upper
                }
            }
        }
    }
}
