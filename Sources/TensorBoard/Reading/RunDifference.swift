/// Where two runs say different things about a tag.
///
/// ```swift
/// let difference = try expected.load().differences(from: LoggedRun("logs/new").load(), tolerance: 1e-6)
/// if !difference.isEmpty { print(difference) }
/// ```
public struct RunDifference: Sendable, Hashable, CustomStringConvertible {
    /// The tag.
    public let tag: String
    /// The step of the first point that differs; `nil` if it is about the tag as a whole.
    public let step: Int?
    /// What differs, as a sentence without its end.
    public let message: String

    /// The sentence with the tag and the step in front.
    public var description: String {
        step.map { "\(tag), step \($0): \(message)" } ?? "\(tag): \(message)"
    }
}

extension RunData {
    /// Compares this run with another by meaning: tags, kinds, steps and values.
    ///
    /// Times, the forms in which writers store the same thing, and the order of tags do not count. NaN equals NaN.
    ///
    /// - Parameters:
    ///   - other: The other run, loaded by the same rules.
    ///   - tolerance: How far two numbers may be apart and still count as equal: by this much, or by this part of the larger
    ///     one's magnitude.
    /// - Returns: One difference at most for each tag, in the order of the tags; empty if the runs are equal.
    public func differences(from other: RunData, tolerance: Double = 0) -> [RunDifference] {
        Set(tags.keys).union(other.tags.keys).sorted().compactMap { name in
            guard let tag = tags[name] else {
                return RunDifference(tag: name, step: nil, message: "only the second run has it")
            }
            guard let otherTag = other.tags[name] else {
                return RunDifference(tag: name, step: nil, message: "only the first run has it")
            }
            guard tag.kind == otherTag.kind else {
                let message = "the first run has \(tag.kind), the second \(otherTag.kind)"
                return RunDifference(tag: name, step: nil, message: message)
            }
            let scalars = (scalars[name, default: LoggedSeries()], other.scalars[name, default: LoggedSeries()])
            let contents = (contents[name, default: LoggedSeries()], other.contents[name, default: LoggedSeries()])
            let difference = scalars.0.difference(from: scalars.1, tag: name) {
                $0.isEqual(to: $1, within: tolerance) ? nil : "\($0) and \($1)"
            }
            return difference
                ?? contents.0.difference(from: contents.1, tag: name) {
                    $0.isEqual(to: $1, within: tolerance) ? nil : "the values differ"
                }
        }
    }
}

extension LoggedSeries {
    /// The first difference from a series, with the number of them.
    ///
    /// - Parameters:
    ///   - other: The other series.
    ///   - tag: The tag of both.
    ///   - describe: Says how two values differ; `nil` if they do not.
    /// - Returns: The difference; `nil` if there is none.
    fileprivate func difference(
        from other: LoggedSeries,
        tag: String,
        describe: (Value, Value) -> String?
    ) -> RunDifference? {
        var first: (step: Int, text: String)?
        var count = 0
        for index in 0..<min(self.count, other.count) {
            guard steps[index] == other.steps[index] else {
                let message = "the second run has step \(other.steps[index]) in its place"
                return RunDifference(tag: tag, step: steps[index], message: message)
            }
            guard let text = describe(values[index], other.values[index]) else { continue }
            count += 1
            if first == nil { first = (steps[index], text) }
        }
        guard self.count == other.count else {
            let message = "the first run has \(self.count) points, the second \(other.count)"
            return RunDifference(tag: tag, step: nil, message: message)
        }
        return first.map { first in
            let rest = count > 1 ? ", and \(count - 1) more of \(self.count) points differ" : ""
            return RunDifference(tag: tag, step: first.step, message: first.text + rest)
        }
    }
}
