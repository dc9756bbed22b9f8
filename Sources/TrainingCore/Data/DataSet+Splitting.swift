extension DataSet {
    /// Parts without a common example, such as one to learn from and one to test with.
    ///
    /// ```swift
    /// let parts = try data.split([0.6, 0.2, 0.2], seed: 1, stratified: true)
    /// ```
    ///
    /// The same seed gives the same parts on every machine. Numbers of examples are rounded so that no example is left
    /// over when the fractions add up to 1.
    ///
    /// - Parameters:
    ///   - fractions: The share of each part, greater than 0, 1 in all at most.
    ///   - seed: What the choice depends on.
    ///   - stratified: Whether each part gets its share of each class, which small data sets need.
    /// - Returns: A part for each fraction.
    /// - Throws: ``TrainingError/Code/invalidData`` for other fractions, and if a part would have no example.
    public func split(_ fractions: [Double], seed: UInt64, stratified: Bool = false) throws(TrainingError) -> [DataSet]
    {
        let total = fractions.reduce(0, +)
        guard !fractions.isEmpty, fractions.allSatisfy({ $0 > 0 }), total <= 1 + 1e-9 else {
            throw TrainingError(
                .invalidData,
                "\(fractions) cannot be the shares of a split: give numbers above 0 that add up to 1 at most"
            )
        }
        let order = Self.shuffledIndices(count, seed: seed, name: "split")
        let groups = stratified ? grouped(order) : [order]
        // Ends are rounded together over all groups: small classes must not each lose what rounding takes.
        var parts = [[Int]](repeating: [], count: fractions.count)
        var ends: [Double] = []
        for fraction in fractions { ends.append((ends.last ?? 0) + fraction) }
        var before = 0
        for group in groups {
            var start = 0
            for (part, end) in ends.enumerated() {
                let cut = Self.cut(end, group.count, before)
                parts[part] += group[start..<max(start, cut)]
                start = max(start, cut)
            }
            before += group.count
        }
        if let empty = parts.firstIndex(where: \.isEmpty) {
            throw TrainingError(
                .invalidData,
                "part \(empty) of a split by \(fractions) would be empty: there are only \(count) examples"
            )
        }
        // A part in the order of its classes would be a trap for who takes batches without shuffling.
        return parts.enumerated().map { part, indices in
            rows(stratified ? Self.shuffled(indices, seed: seed, name: "part \(part)") : indices)
        }
    }

    /// How many of a group's examples lie before a share's end, so that the sum over the groups so far is right.
    private static func cut(_ share: Double, _ count: Int, _ before: Int) -> Int {
        let upTo = { (examples: Int) in Int((share * Double(examples)).rounded()) }
        return min(count, upTo(before + count) - upTo(before))
    }

    /// Indices by class, the classes in their order.
    private func grouped(_ order: [Int]) -> [[Int]] {
        // One number an example is its class itself; of several, the largest tells it.
        let keys = labelRows.width == 1 ? labelRows.elements.map(Double.init) : classes.map(Double.init)
        var groups: [Double: [Int]] = [:]
        for index in order { groups[keys[index], default: []].append(index) }
        return groups.sorted { $0.key < $1.key }.map(\.value)
    }
}
