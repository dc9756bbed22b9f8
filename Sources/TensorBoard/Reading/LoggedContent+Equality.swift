import Summaries

extension Double {
    /// Whether two numbers are at most a tolerance apart, or that part of the larger magnitude; NaN equals NaN.
    func isEqual(to other: Double, within tolerance: Double) -> Bool {
        if self == other || (isNaN && other.isNaN) { return true }
        // An infinity is not near anything, whatever the tolerance.
        guard isFinite, other.isFinite else { return false }
        return abs(self - other) <= tolerance * max(1, max(magnitude, other.magnitude))
    }
}

extension LoggedContent {
    /// Whether two values mean the same, numbers within a tolerance; the times of sessions do not count.
    func isEqual(to other: LoggedContent, within tolerance: Double) -> Bool {
        switch (self, other) {
        case (.scalar(let number), .scalar(let otherNumber)):
            number.isEqual(to: otherNumber, within: tolerance)
        case (.histogram(let histogram), .histogram(let otherHistogram)):
            histogram.numbers.isEqual(to: otherHistogram.numbers, within: tolerance)
        case (.precisionRecallCurve(let curve), .precisionRecallCurve(let otherCurve)):
            zip(curve.rows, otherCurve.rows).allSatisfy { $0.isEqual(to: $1, within: tolerance) }
        case (.hyperparameters(let record), .hyperparameters(let otherRecord)):
            record.withoutTimes == otherRecord.withoutTimes
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
    fileprivate var withoutTimes: HyperparameterRecord {
        switch self {
        case .sessionStart(let values, let group, _): .sessionStart(values, group: group, time: 0)
        case .sessionEnd(let outcome, _): .sessionEnd(outcome, time: 0)
        case .experiment: self
        }
    }
}
