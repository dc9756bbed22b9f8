extension LoggedHistogram {
    /// The same values in bins of equal width, as TensorBoard's Histograms dashboard shows them.
    ///
    /// What a row counts is divided among the bins that it overlaps, in proportion to the overlap. A row without width, as
    /// one of a single value, counts in the bin where it is.
    ///
    /// - Parameter count: The number of bins, at least 1; TensorBoard shows 30.
    /// - Returns: The bins from the lowest to the highest; one bin without width if all values are equal, and none where
    ///   there is no finite row that counts anything.
    public func binned(count: Int) -> [Bucket] {
        precondition(count >= 1, "A histogram is shown in a bin or more.")
        let rows = buckets.filter { $0.count > 0 && $0.count.isFinite && $0.upperBound >= $0.lowerBound }
            .filter { $0.lowerBound.isFinite && $0.upperBound.isFinite }
        guard let lower = rows.map(\.lowerBound).min(), let upper = rows.map(\.upperBound).max() else { return [] }
        let width = upper / Double(count) - lower / Double(count)
        guard width > 0 else {
            return [Bucket(lowerBound: lower, upperBound: upper, count: rows.reduce(0) { $0 + $1.count })]
        }
        // Each edge from its index, so that errors of rounding do not add up.
        let edges = (0...count).map { $0 == count ? upper : lower + width * Double($0) }
        var bins = (0..<count).map { Bucket(lowerBound: edges[$0], upperBound: edges[$0 + 1], count: 0) }
        func index(of value: Double) -> Int {
            let position = value / width - lower / width
            // Of numbers that differ in their last digits alone, the quotients may be too large for an integer.
            return position >= 0 ? Int(min(position.rounded(.down), Double(count - 1))) : 0
        }
        for row in rows {
            let rowWidth = row.upperBound - row.lowerBound
            let (first, last) = (index(of: row.lowerBound), index(of: row.upperBound))
            guard rowWidth > 0, first < last else {
                bins[first].count += row.count
                continue
            }
            for bin in first...last {
                let overlap = min(row.upperBound, bins[bin].upperBound) - max(row.lowerBound, bins[bin].lowerBound)
                bins[bin].count += row.count * max(0, overlap / rowWidth)
            }
        }
        return bins
    }
}
