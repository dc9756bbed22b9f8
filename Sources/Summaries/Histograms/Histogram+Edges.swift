extension Histogram {
    /// Creates a histogram of given counts, as a library or another process has counted them.
    ///
    /// Each value is taken to be in the middle of its row for ``sum`` and ``sumOfSquares``. Edges and counts that do not
    /// fit together are reported when the histogram is logged.
    ///
    /// ```swift
    /// writer.histogram("ages", Histogram(edges: [0, 18, 65, 120], counts: [12, 70, 21]), step: 0)
    /// ```
    ///
    /// - Parameters:
    ///   - edges: The finite edges of the rows in ascending order, one more than counts.
    ///   - counts: The number of values between two edges, 0 or more; the lower edge belongs to the row.
    public init(edges: [Double], counts: [Int]) {
        self.init()
        problem = Self.problem(of: edges, counts)
        if problem == nil { setRows(edges, counts) }
    }

    private static func problem(of edges: [Double], _ counts: [Int]) -> String? {
        if counts.isEmpty || edges.count != counts.count + 1 {
            return "the histogram has \(edges.count) edges for \(counts.count) counts; give one edge more than counts"
        }
        if let index = edges.firstIndex(where: { !$0.isFinite }) {
            return "edge \(index) of the histogram is \(edges[index]); give finite edges"
        }
        if let index = edges.indices.dropFirst().first(where: { edges[$0] <= edges[$0 - 1] }) {
            return "edge \(index) of the histogram, \(edges[index]), is not above the edge before it, "
                + "\(edges[index - 1]); give edges in ascending order"
        }
        if let index = counts.firstIndex(where: { $0 < 0 }) {
            return "count \(index) of the histogram is \(counts[index]); give counts of 0 or more"
        }
        return nil
    }

    private mutating func setRows(_ edges: [Double], _ counts: [Int]) {
        self.edges = edges
        for (row, count) in counts.enumerated() where count > 0 {
            entries.append(Entry(bucket: row, count: count))
            smallest = min(smallest, edges[row])
            largest = edges[row + 1]
            self.count += count
            let middle = middle(of: row)
            sum += middle * Double(count)
            sumOfSquares += middle * middle * Double(count)
        }
    }

    private func middle(of row: Int) -> Double { edges[row] / 2 + edges[row + 1] / 2 }

    /// Counts values anew, that were counted into the default buckets, into bins of equal width.
    ///
    /// - Parameters:
    ///   - values: The values that the histogram holds.
    ///   - bins: The number of bins, from 1 to 100,000.
    @usableFromInline
    mutating func divide<Number: NumericScalar>(_ values: UnsafeBufferPointer<Number>, into bins: Int) {
        guard (1...100_000).contains(bins) else {
            problem = "a histogram cannot have \(bins) bins; give 1 to 100,000"
            return
        }
        guard count > 0 else { return }
        let margin = smallest < largest ? 0 : max(0.5, smallest.magnitude.ulp)
        let (lower, upper) = ((smallest - margin) / 2, (largest + margin) / 2)
        var counts = [Int](repeating: 0, count: bins)
        for value in values.doubles where value.isFinite {
            let bin = Int((value / 2 - lower) / (upper - lower) * Double(bins))
            counts[min(max(bin, 0), bins - 1)] += 1
        }
        edges = (0...bins).map { bin in
            let fraction = Double(bin) / Double(bins)
            return 2 * (lower * (1 - fraction) + upper * fraction)
        }
        entries = counts.enumerated().filter { $0.element > 0 }.map { Entry(bucket: $0.offset, count: $0.element) }
    }

    /// Goes over from given edges to the default buckets, where each row counts at its middle.
    mutating func useDefaultBuckets() {
        guard !edges.isEmpty else { return }
        let rows = entries
        entries = []
        ExponentialBuckets.withCells { cells in
            for row in rows { append(ExponentialBuckets.bucket(of: middle(of: row.bucket), cells: cells), row.count) }
        }
        edges = []
    }
}
