/// A precision-recall curve as it stands in a file: one number a threshold, the thresholds evenly spread from 0 to 1.
public struct LoggedPrecisionRecallCurve: Sendable, Hashable {
    /// The positive samples that reach the threshold.
    public var truePositives: [Double]
    /// The negative samples that reach the threshold.
    public var falsePositives: [Double]
    /// The negative samples below the threshold.
    public var trueNegatives: [Double]
    /// The positive samples below the threshold.
    public var falseNegatives: [Double]
    /// The part of the samples that reach the threshold that is positive.
    public var precision: [Double]
    /// The part of the positive samples that reaches the threshold.
    public var recall: [Double]

    /// Creates a curve.
    ///
    /// - Parameters:
    ///   - truePositives: The positive samples that reach each threshold.
    ///   - falsePositives: The negative samples that reach it.
    ///   - trueNegatives: The negative samples below it.
    ///   - falseNegatives: The positive samples below it.
    ///   - precision: The part of the samples that reach it that is positive.
    ///   - recall: The part of the positive samples that reaches it.
    public init(
        truePositives: [Double],
        falsePositives: [Double],
        trueNegatives: [Double],
        falseNegatives: [Double],
        precision: [Double],
        recall: [Double]
    ) {
        self.truePositives = truePositives
        self.falsePositives = falsePositives
        self.trueNegatives = trueNegatives
        self.falseNegatives = falseNegatives
        self.precision = precision
        self.recall = recall
    }
}
