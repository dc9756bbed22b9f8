extension LoggedSeries where Value == Double {
    /// The points that keep the shape of the curve best.
    ///
    /// The largest-triangle-three-buckets method: the first and the last point stay, the others are divided into groups of
    /// equal size, and of each group the point stays that spans the largest triangle with the one chosen before and the
    /// mean of the next group. Source: S. Steinarsson, "Downsampling Time Series for Visual Representation", 2013.
    ///
    /// Values that are not finite have no place in a triangle; they stay besides.
    ///
    /// - Parameter count: How many of the finite points to keep, at least 2.
    /// - Returns: The indices of the points that stay, ascending.
    public func shapeKeepingIndices(count: Int) -> [Int] {
        precondition(count >= 2, "A curve keeps its shape with two points at least.")
        let finite = values.indices.filter { values[$0].isFinite }
        guard finite.count > count else { return Array(values.indices) }
        var kept = values.indices.filter { !values[$0].isFinite }
        var last = finite[0]
        kept += [last, finite[finite.count - 1]]
        // The groups are of the points between the first and the last.
        let inner = finite.count - 2
        let groups = count - 2
        let start = { (group: Int) in 1 + group * inner / max(1, groups) }
        for group in 0..<groups {
            let next = finite[start(group + 1)..<(group + 1 < groups ? start(group + 2) : finite.count)]
            let meanStep = next.reduce(0) { $0 + Double(steps[$1]) } / Double(next.count)
            let meanValue = next.reduce(0) { $0 + values[$1] / Double(next.count) }
            var largest = -1.0
            var chosen = finite[start(group)]
            for index in finite[start(group)..<start(group + 1)] {
                let area = abs(
                    (Double(steps[last]) - meanStep) * (values[index] - values[last])
                        - (Double(steps[last]) - Double(steps[index])) * (meanValue - values[last])
                )
                if area > largest { (largest, chosen) = (area, index) }
            }
            kept.append(chosen)
            last = chosen
        }
        return kept.sorted()
    }
}
