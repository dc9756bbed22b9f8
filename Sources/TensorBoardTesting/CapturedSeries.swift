/// The values of one tag with their steps, in the order of the calls; see ``CapturedSummaries``.
///
/// ```swift
/// let loss = log.scalars("loss")
/// #expect(loss.steps == Array(0..<100) && loss.values.isDecreasing)
/// ```
public struct CapturedSeries<Value: Sendable>: Sendable {
    /// The name of the series.
    public let tag: String
    /// The steps, in the order of the calls.
    public let steps: [Int]
    /// The values, in the order of the calls.
    public let values: [Value]

    init(_ tag: String, _ points: [(step: Int, value: Value)]) {
        self.tag = tag
        steps = points.map(\.step)
        values = points.map(\.value)
    }

    /// The number of values.
    public var count: Int { values.count }

    /// Whether there is no value.
    public var isEmpty: Bool { values.isEmpty }

    /// The value that was logged last; `nil` if there is none.
    public var last: Value? { values.last }

    /// The value that was logged last at a step; `nil` if there is none.
    public subscript(step: Int) -> Value? {
        steps.lastIndex(of: step).map { values[$0] }
    }
}

extension CapturedSeries: CustomStringConvertible {
    /// The tag and the values with their steps, the middle of a long series left out.
    public var description: String {
        guard !isEmpty else { return "\(tag): no values" }
        let points = zip(steps, values).map { "\($0): \($1)" }
        let shown = points.count <= 12 ? points : points.prefix(6) + ["…"] + points.suffix(5)
        return "\(tag): \(shown.joined(separator: ", "))"
    }
}

extension Collection where Element: Comparable {
    /// Whether each element is smaller than the one before; `true` for less than two.
    public var isDecreasing: Bool { zip(self, dropFirst()).allSatisfy { $0 > $1 } }

    /// Whether each element is larger than the one before; `true` for less than two.
    public var isIncreasing: Bool { zip(self, dropFirst()).allSatisfy { $0 < $1 } }
}

extension Collection where Element: FloatingPoint {
    /// Whether no element is NaN or infinite.
    public var areFinite: Bool { allSatisfy(\.isFinite) }
}
