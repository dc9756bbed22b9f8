import EventCoding
import EventFiles
import Summaries

/// A difference between two runs in one tag.
///
/// ```swift
/// let difference = try expected.load().differences(from: LoggedRun("logs/new").load(), tolerance: 1e-6)
/// if !difference.isEmpty { print(difference) }
/// ```
public struct RunDifference: Sendable, Hashable, CustomStringConvertible {
    /// The tag.
    public let tag: String
    /// The step of the first point that differs; `nil` if the tag as a whole does.
    public let step: Int?
    /// What differs, in a sentence that begins in lower case and has no full stop.
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
        (tags.keys + other.tags.keys).uniqueNames().compactMap { name in
            guard let tag = tags[name] else {
                return RunDifference(tag: name, step: nil, message: "only the second run has this tag")
            }
            guard let otherTag = other.tags[name] else {
                return RunDifference(tag: name, step: nil, message: "only the first run has this tag")
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
    ///   - describe: Returns how two values differ, or `nil` if they do not.
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
                let message = "the second run has step \(other.steps[index]) instead"
                return RunDifference(tag: tag, step: steps[index], message: message)
            }
            guard let text = describe(values[index], other.values[index]) else { continue }
            count += 1
            if first == nil { first = (steps[index], text) }
        }
        guard self.count == other.count else {
            let message = "the first run has \(self.count.counted("point")), the second \(other.count)"
            return RunDifference(tag: tag, step: nil, message: message)
        }
        return first.map { first in
            let rest = count > 1 ? ", and \(count - 1) more of \(self.count) points differ" : ""
            return RunDifference(tag: tag, step: first.step, message: first.text + rest)
        }
    }
}

extension Double {
    /// Whether two numbers are at most a tolerance apart, or that part of the larger magnitude; NaN equals NaN.
    func isEqual(to other: Double, within tolerance: Double) -> Bool {
        if self == other || (isNaN && other.isNaN) { return true }
        // An infinity is near nothing, whatever the tolerance.
        guard isFinite, other.isFinite else { return false }
        return abs(self - other) <= tolerance * max(1, max(magnitude, other.magnitude))
    }
}

extension LoggedContent {
    /// Whether two values have the same meaning, numbers within a tolerance, apart from the times of sessions.
    func isEqual(to other: LoggedContent, within tolerance: Double) -> Bool {
        switch (self, other) {
        case (.scalar(let number), .scalar(let otherNumber)):
            number.isEqual(to: otherNumber, within: tolerance)
        case (.histogram(let histogram), .histogram(let otherHistogram)):
            histogram.numbers.isEqual(to: otherHistogram.numbers, within: tolerance)
        case (.precisionRecallCurve(let curve), .precisionRecallCurve(let otherCurve)):
            zip(curve.rows, otherCurve.rows).allSatisfy { $0.isEqual(to: $1, within: tolerance) }
        case (.hyperparameters(let record), .hyperparameters(let otherRecord)):
            record.withoutTime == otherRecord.withoutTime
        case (.tensor(let tensor), .tensor(let otherTensor)):
            tensor.isEqual(to: otherTensor, within: tolerance)
        case (.mesh(let part), .mesh(let otherPart)):
            part.name == otherPart.name && part.part == otherPart.part
                && part.configuration == otherPart.configuration
                && part.tensor.isEqual(to: otherPart.tensor, within: tolerance)
        default: self == other
        }
    }
}

extension [Double] {
    fileprivate func isEqual(to other: [Double], within tolerance: Double) -> Bool {
        count == other.count && zip(self, other).allSatisfy { $0.isEqual(to: $1, within: tolerance) }
    }
}

extension TensorValue {
    fileprivate func isEqual(to other: TensorValue, within tolerance: Double) -> Bool {
        guard shape == other.shape, dataType == other.dataType else { return false }
        guard let numbers, let others = other.numbers else { return self == other }
        return numbers.isEqual(to: others, within: tolerance)
    }
}

extension LoggedHistogram {
    fileprivate var numbers: [Double] { buckets.flatMap { [$0.lowerBound, $0.upperBound, $0.count] } }
}

extension LoggedPrecisionRecallCurve {
    fileprivate var rows: [[Double]] {
        [truePositives, falsePositives, trueNegatives, falseNegatives, precision, recall]
    }
}

extension HyperparameterRecord {
    /// The same record at the time 0.
    var withoutTime: HyperparameterRecord {
        switch self {
        case .sessionStart(let values, let group, _): .sessionStart(values, group: group, time: 0)
        case .sessionEnd(let outcome, _): .sessionEnd(outcome, time: 0)
        case .experiment: self
        }
    }
}
