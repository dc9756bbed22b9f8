/// A histogram as it stands in a file: rows of two edges and a count.
public struct LoggedHistogram: Sendable, Hashable {
    /// One row.
    public struct Bucket: Sendable, Hashable {
        /// The lower edge.
        public var lowerBound: Double
        /// The upper edge.
        public var upperBound: Double
        /// The number of values between the edges, which need not be whole.
        public var count: Double

        /// Creates a row.
        ///
        /// - Parameters:
        ///   - lowerBound: The lower edge.
        ///   - upperBound: The upper edge.
        ///   - count: The number of values between the edges.
        public init(lowerBound: Double, upperBound: Double, count: Double) {
            self.lowerBound = lowerBound
            self.upperBound = upperBound
            self.count = count
        }
    }

    /// The rows, usually from the smallest value to the largest.
    public var buckets: [Bucket]

    /// Creates a histogram from its rows.
    public init(buckets: [Bucket]) {
        self.buckets = buckets
    }
}
