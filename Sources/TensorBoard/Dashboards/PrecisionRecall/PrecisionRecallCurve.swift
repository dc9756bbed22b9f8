import EventCoding
public import Summaries

extension SummaryValue {
    /// Creates a precision-recall curve for the PR Curves dashboard, from labels and predictions.
    ///
    /// The thresholds are spread evenly from 0 to 1. A prediction counts as positive at every threshold that it reaches, as
    /// in TensorBoard's own summary; it is put into the interval `⌊prediction · (thresholdCount - 1)⌋` in its own precision.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - labels: Whether each sample is positive.
    ///   - predictions: The probability of each sample, from 0 to 1.
    ///   - weights: How much each sample counts, 0 or more; `nil` for 1. TensorBoard shows whole counts only.
    ///   - thresholdCount: The number of thresholds, from 2 to 2^24.
    /// - Returns: The curve, or an invalid value that names the first sample that is wrong.
    public static func precisionRecallCurve<Prediction: BinaryFloatingPoint>(
        _ tag: some StringProtocol,
        labels: [Bool],
        predictions: [Prediction],
        weights: [Double]? = nil,
        thresholdCount: Int = 201
    ) -> SummaryValue {
        do throws(InvalidCurve) {
            // Of the usual types the compiler makes code of their own, which is much faster than the generic code.
            let counts =
                if let predictions = predictions as? [Float] {
                    try PrecisionRecallCounts(labels, predictions, weights, thresholdCount)
                } else if let predictions = predictions as? [Double] {
                    try PrecisionRecallCounts(labels, predictions, weights, thresholdCount)
                } else {
                    try PrecisionRecallCounts(labels, predictions, weights, thresholdCount)
                }
            return counts.summary(tag)
        } catch {
            return .invalid(tag, error.reason)
        }
    }

    /// Creates a precision-recall curve for the PR Curves dashboard, from labels that are 0 or 1.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - labels: 1 for each positive sample, else 0.
    ///   - predictions: The probability of each sample, from 0 to 1.
    ///   - weights: How much each sample counts, 0 or more; `nil` for 1. TensorBoard shows whole counts only.
    ///   - thresholdCount: The number of thresholds, from 2 to 2^24.
    /// - Returns: The curve, or an invalid value that names the first sample that is wrong.
    public static func precisionRecallCurve<Prediction: BinaryFloatingPoint>(
        _ tag: some StringProtocol,
        labels: [some BinaryInteger],
        predictions: [Prediction],
        weights: [Double]? = nil,
        thresholdCount: Int = 201
    ) -> SummaryValue {
        if let index = labels.firstIndex(where: { $0 != 0 && $0 != 1 }) {
            return .invalid(tag, "label \(index) is \(labels[index]), but a label must be 0 or 1")
        }
        return precisionRecallCurve(
            tag,
            labels: labels.map { $0 == 1 },
            predictions: predictions,
            weights: weights,
            thresholdCount: thresholdCount
        )
    }

    /// Creates a precision-recall curve for the PR Curves dashboard, from counts at evenly spread thresholds from 0 to 1.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - truePositives: For each threshold, the positive samples that reach it.
    ///   - falsePositives: For each threshold, the negative samples that reach it.
    ///   - trueNegatives: For each threshold, the negative samples below it.
    ///   - falseNegatives: For each threshold, the positive samples below it.
    /// - Returns: The curve, or an invalid value if the lists differ in length or hold something that is not a count.
    public static func precisionRecallCurve(
        _ tag: some StringProtocol,
        truePositives: [Double],
        falsePositives: [Double],
        trueNegatives: [Double],
        falseNegatives: [Double]
    ) -> SummaryValue {
        let counts = PrecisionRecallCounts(
            truePositives: truePositives,
            falsePositives: falsePositives,
            trueNegatives: trueNegatives,
            falseNegatives: falseNegatives
        )
        do throws(InvalidCurve) {
            try counts.validate()
            return counts.summary(tag)
        } catch {
            return .invalid(tag, error.reason)
        }
    }

    /// Creates a precision-recall curve for each class against all others, under the tags `tag/class name`.
    ///
    /// - Parameters:
    ///   - tag: What the tags begin with.
    ///   - labels: The index of each sample's class.
    ///   - probabilities: For each sample, the probability of each class, from 0 to 1.
    ///   - classNames: The names of the classes, by index; all different.
    ///   - thresholdCount: The number of thresholds, from 2 to 2^24.
    /// - Returns: The curves, or a single invalid value if the lists do not fit together.
    public static func precisionRecallCurves<Prediction: BinaryFloatingPoint>(
        _ tag: some StringProtocol,
        labels: [Int],
        probabilities: [[Prediction]],
        classNames: [String],
        thresholdCount: Int = 201
    ) -> [SummaryValue] {
        if let index = labels.firstIndex(where: { !classNames.indices.contains($0) }) {
            let reason =
                "label \(index) is \(labels[index]), but there are \(classNames.count) class names; count from 0"
            return [.invalid(tag, reason)]
        }
        if let row = probabilities.firstIndex(where: { $0.count != classNames.count }) {
            let reason =
                "sample \(row) has \(probabilities[row].count) probabilities, but there are \(classNames.count) class "
                + "names; give one probability for each class"
            return [.invalid(tag, reason)]
        }
        if classNames.isEmpty { return [.invalid(tag, "there are no classes; give their names")] }
        var names: Set<String> = []
        if let index = classNames.firstIndex(where: { $0.isEmpty || !names.insert($0).inserted }) {
            let problem = classNames[index].isEmpty ? "no name" : "the name \(classNames[index]) of another"
            return [.invalid(tag, "class \(index) has \(problem); give each a name of its own, for its tag")]
        }
        return classNames.enumerated().map { index, name in
            precisionRecallCurve(
                NameScope(String(tag)).qualify(name),
                labels: labels.map { $0 == index },
                predictions: probabilities.map { $0[index] },
                thresholdCount: thresholdCount
            )
        }
    }
}
