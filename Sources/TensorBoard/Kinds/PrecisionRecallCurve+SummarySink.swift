public import Summaries

extension SummarySink {
    /// Takes a precision-recall curve for the PR Curves dashboard, from labels and predictions.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - labels: Whether each sample is positive.
    ///   - predictions: The probability of each sample, from 0 to 1.
    ///   - weights: How much each sample counts, 0 or more; `nil` for 1.
    ///   - thresholdCount: The number of thresholds, from 2 to 2^24.
    ///   - step: The position on the slider.
    public func precisionRecallCurve(
        _ tag: String,
        labels: [Bool],
        predictions: [some BinaryFloatingPoint],
        weights: [Double]? = nil,
        thresholdCount: Int = 201,
        step: Int
    ) {
        let curve = SummaryValue.precisionRecallCurve(
            tag,
            labels: labels,
            predictions: predictions,
            weights: weights,
            thresholdCount: thresholdCount
        )
        summary(curve, step: step)
    }

    /// Takes a precision-recall curve for the PR Curves dashboard, from labels that are 0 or 1.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - labels: 1 for each positive sample, else 0.
    ///   - predictions: The probability of each sample, from 0 to 1.
    ///   - weights: How much each sample counts, 0 or more; `nil` for 1.
    ///   - thresholdCount: The number of thresholds, from 2 to 2^24.
    ///   - step: The position on the slider.
    public func precisionRecallCurve(
        _ tag: String,
        labels: [some BinaryInteger],
        predictions: [some BinaryFloatingPoint],
        weights: [Double]? = nil,
        thresholdCount: Int = 201,
        step: Int
    ) {
        let curve = SummaryValue.precisionRecallCurve(
            tag,
            labels: labels,
            predictions: predictions,
            weights: weights,
            thresholdCount: thresholdCount
        )
        summary(curve, step: step)
    }

    /// Takes a precision-recall curve for the PR Curves dashboard, from counts at evenly spread thresholds.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - truePositives: For each threshold, the positive samples that reach it.
    ///   - falsePositives: For each threshold, the negative samples that reach it.
    ///   - trueNegatives: For each threshold, the negative samples below it.
    ///   - falseNegatives: For each threshold, the positive samples below it.
    ///   - step: The position on the slider.
    public func precisionRecallCurve(
        _ tag: String,
        truePositives: [Double],
        falsePositives: [Double],
        trueNegatives: [Double],
        falseNegatives: [Double],
        step: Int
    ) {
        let curve = SummaryValue.precisionRecallCurve(
            tag,
            truePositives: truePositives,
            falsePositives: falsePositives,
            trueNegatives: trueNegatives,
            falseNegatives: falseNegatives
        )
        summary(curve, step: step)
    }

    /// Takes a precision-recall curve for each class against all others, under the tags `tag/class name`.
    ///
    /// - Parameters:
    ///   - tag: What the tags begin with.
    ///   - labels: The index of each sample's class.
    ///   - probabilities: For each sample, the probability of each class, from 0 to 1.
    ///   - classNames: The names of the classes, by index; all different.
    ///   - thresholdCount: The number of thresholds, from 2 to 2^24.
    ///   - step: The position on the slider.
    public func precisionRecallCurves(
        _ tag: String,
        labels: [Int],
        probabilities: [[some BinaryFloatingPoint]],
        classNames: [String],
        thresholdCount: Int = 201,
        step: Int
    ) {
        let curves = SummaryValue.precisionRecallCurves(
            tag,
            labels: labels,
            probabilities: probabilities,
            classNames: classNames,
            thresholdCount: thresholdCount
        )
        add(curves, step: step)
    }
}
