public import Summaries

extension SummaryTarget {
    /// Logs a precision-recall curve from labels and predictions; see
    /// ``SummaryValue/precisionRecallCurve(_:labels:predictions:weights:thresholdCount:)-(_,[Bool],_,_,_)``.
    public func precisionRecallCurve<each Step>(
        _ tag: some StringProtocol,
        labels: [Bool],
        predictions: [some BinaryFloatingPoint],
        weights: [Double]? = nil,
        thresholdCount: Int = 201,
        step: repeat each Step,
        wallTime: Double? = nil
    ) where Position == StepArguments<repeat each Step> {
        log(
            .precisionRecallCurve(
                tag,
                labels: labels,
                predictions: predictions,
                weights: weights,
                thresholdCount: thresholdCount
            ),
            at: Position(repeat each step),
            wallTime
        )
    }

    /// Logs a precision-recall curve from labels that are 0 or 1; see
    /// ``SummaryValue/precisionRecallCurve(_:labels:predictions:weights:thresholdCount:)-(_,[BinaryInteger],_,_,_)``.
    public func precisionRecallCurve<each Step>(
        _ tag: some StringProtocol,
        labels: [some BinaryInteger],
        predictions: [some BinaryFloatingPoint],
        weights: [Double]? = nil,
        thresholdCount: Int = 201,
        step: repeat each Step,
        wallTime: Double? = nil
    ) where Position == StepArguments<repeat each Step> {
        log(
            .precisionRecallCurve(
                tag,
                labels: labels,
                predictions: predictions,
                weights: weights,
                thresholdCount: thresholdCount
            ),
            at: Position(repeat each step),
            wallTime
        )
    }

    /// Logs a precision-recall curve from counts; see
    /// ``SummaryValue/precisionRecallCurve(_:truePositives:falsePositives:trueNegatives:falseNegatives:)``.
    public func precisionRecallCurve<each Step>(
        _ tag: some StringProtocol,
        truePositives: [Double],
        falsePositives: [Double],
        trueNegatives: [Double],
        falseNegatives: [Double],
        step: repeat each Step,
        wallTime: Double? = nil
    ) where Position == StepArguments<repeat each Step> {
        log(
            .precisionRecallCurve(
                tag,
                truePositives: truePositives,
                falsePositives: falsePositives,
                trueNegatives: trueNegatives,
                falseNegatives: falseNegatives
            ),
            at: Position(repeat each step),
            wallTime
        )
    }

    /// Logs a precision-recall curve for each class; see
    /// ``SummaryValue/precisionRecallCurves(_:labels:probabilities:classNames:thresholdCount:)``.
    public func precisionRecallCurves<each Step>(
        _ tag: some StringProtocol,
        labels: [Int],
        probabilities: [[some BinaryFloatingPoint]],
        classNames: [String],
        thresholdCount: Int = 201,
        step: repeat each Step,
        wallTime: Double? = nil
    ) where Position == StepArguments<repeat each Step> {
        log(
            each: SummaryValue.precisionRecallCurves(
                tag,
                labels: labels,
                probabilities: probabilities,
                classNames: classNames,
                thresholdCount: thresholdCount
            ),
            at: Position(repeat each step),
            wallTime
        )
    }
}
