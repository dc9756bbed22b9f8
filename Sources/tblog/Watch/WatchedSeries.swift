import TensorBoardLogs

/// The points of a scalar in bounded memory, however long the run is: enough of them to draw its curve.
///
/// Of each group of points the lowest and the highest are kept. The groups become twice as long whenever there are too many.
struct WatchedSeries {
    struct Point: Equatable {
        var step: Int
        var wallTime: Double
        var value: Double
    }

    /// The points of complete groups, two of each.
    private var kept: [Point] = []
    /// What is kept of the group that is not complete.
    private var open: [Point] = []
    private var openCount = 0
    private var groupSize = 2
    private(set) var last: Point?
    private(set) var lowest: Point?
    private(set) var highest: Point?

    /// Twice the dots of the widest usual chart.
    static let limit = 1024

    /// The points to draw, in the order of their steps.
    var points: [Point] {
        // Steps grow, and NaN is not equal to itself.
        guard let last, (open.last ?? kept.last)?.step != last.step else { return kept + open }
        return kept + open + [last]
    }

    /// Adds a point, and purges those at its step and later ones, as TensorBoard's fast loader does.
    mutating func append(_ point: Point) {
        if let last, point.step <= last.step { purgePoints(from: point.step) }
        last = point
        note(point)
        open.append(point)
        openCount += 1
        if open.count > 2 { open = Self.extremes(of: open) }
        guard openCount == groupSize else { return }
        kept += open
        (open, openCount) = ([], 0)
        guard kept.count >= Self.limit else { return }
        kept = stride(from: 0, to: kept.count, by: 4).flatMap { start in
            Self.extremes(of: Array(kept[start..<min(start + 4, kept.count)]))
        }
        groupSize *= 2
    }

    /// The best point, of those that are not NaN.
    func best(_ goal: SeriesGoal) -> Point? { goal == .lowest ? lowest : highest }

    private mutating func note(_ point: Point) {
        guard !point.value.isNaN else { return }
        if point.value < lowest?.value ?? .infinity || lowest == nil { lowest = point }
        if point.value > highest?.value ?? -.infinity || highest == nil { highest = point }
    }

    private mutating func purgePoints(from step: Int) {
        kept = (kept + open).filter { $0.step < step }
        (open, openCount, last, lowest, highest) = ([], 0, nil, nil, nil)
        for point in kept { note(point) }
        last = kept.last
    }

    /// The lowest and the highest of some points, in their order.
    private static func extremes(of points: [Point]) -> [Point] {
        guard points.count > 2 else { return points }
        // NaN is neither below nor above; where all are, the first and the last stand for them.
        let numbers = points.indices.filter { !points[$0].value.isNaN }
        let low = numbers.min { points[$0].value < points[$1].value } ?? 0
        var high = numbers.max { points[$0].value < points[$1].value } ?? points.count - 1
        if high == low { high = low == points.count - 1 ? 0 : points.count - 1 }
        return [points[min(low, high)], points[max(low, high)]]
    }
}
