import EventCoding
import Summaries

/// Why there is no curve, as the end of a sentence.
struct InvalidCurve: Error {
    let reason: String

    init(_ reason: String) { self.reason = reason }
}

/// How many samples are classified rightly and wrongly at each threshold.
struct PrecisionRecallCounts {
    let truePositives: [Double]
    let falsePositives: [Double]
    let trueNegatives: [Double]
    let falseNegatives: [Double]

    /// TensorBoard stores the curve in 32-bit floating point, which cannot tell more thresholds apart.
    private static let largestThresholdCount = 1 << 24
    /// Keeps the ratios of no samples at 0; TensorBoard's constant.
    private static let smallestDivisor = 1e-7
}

extension PrecisionRecallCounts {
    /// Counts samples.
    ///
    /// - Parameters:
    ///   - labels: Whether each sample is positive.
    ///   - predictions: The probability of each sample.
    ///   - weights: How much each sample counts; `nil` for 1.
    ///   - thresholdCount: The number of thresholds.
    /// - Throws: The first thing that is wrong.
    init<Prediction: BinaryFloatingPoint>(
        _ labels: [Bool],
        _ predictions: [Prediction],
        _ weights: [Double]?,
        _ thresholdCount: Int
    ) throws(InvalidCurve) {
        guard (2...Self.largestThresholdCount).contains(thresholdCount) else {
            throw InvalidCurve(
                "\(thresholdCount) thresholds were asked for; ask for 2 to \(Self.largestThresholdCount)"
            )
        }
        guard labels.count == predictions.count, weights.map({ $0.count == labels.count }) ?? true else {
            let weighted = weights.map { " and \($0.count) weights" } ?? ""
            throw InvalidCurve(
                "there are \(labels.count) labels, \(predictions.count) predictions\(weighted); give as many of each"
            )
        }
        if labels.isEmpty { throw InvalidCurve("there are no samples; log a curve when there are some") }
        // In buckets between two thresholds each.
        var positives = [Double](repeating: 0, count: thresholdCount)
        var negatives = positives
        for (index, prediction) in predictions.enumerated() {
            guard prediction >= 0, prediction <= 1 else {
                throw InvalidCurve("prediction \(index) is \(prediction), but it must be from 0 to 1")
            }
            let weight = weights?[index] ?? 1
            guard weight >= 0, weight.isFinite else {
                throw InvalidCurve("weight \(index) is \(weight), but it must be 0 or more, and finite")
            }
            let bucket = Self.bucket(prediction, thresholdCount)
            if labels[index] { positives[bucket] += weight } else { negatives[bucket] += weight }
        }
        Self.accumulateFromTheEnd(&positives)
        Self.accumulateFromTheEnd(&negatives)
        let (positiveCount, negativeCount) = (positives[0], negatives[0])
        self.init(
            truePositives: positives,
            falsePositives: negatives,
            trueNegatives: negatives.map { negativeCount - $0 },
            falseNegatives: positives.map { positiveCount - $0 }
        )
        try validate()
    }

    /// The last threshold that the prediction reaches, by the formula of TensorBoard's summary, rounding included.
    private static func bucket<Prediction: BinaryFloatingPoint>(_ prediction: Prediction, _ thresholdCount: Int) -> Int
    {
        // Only `Double` and wider are more precise than `Float`; narrower types cannot hold every number of thresholds.
        Prediction.significandBitCount > Float.significandBitCount
            ? Int(Double(prediction) * Double(thresholdCount - 1))
            : Int(Float(prediction) * Float(thresholdCount - 1))
    }

    private static func accumulateFromTheEnd(_ counts: inout [Double]) {
        for index in counts.indices.dropLast().reversed() { counts[index] += counts[index + 1] }
    }

    /// - Throws: What is wrong if these are not counts at the same thresholds.
    func validate() throws(InvalidCurve) {
        let rows = [truePositives, falsePositives, trueNegatives, falseNegatives]
        let lengths = rows.map(\.count)
        guard lengths.allSatisfy({ $0 == lengths[0] }) else {
            throw InvalidCurve("the four lists have \(lengths) counts; give one count for each threshold")
        }
        guard (2...Self.largestThresholdCount).contains(lengths[0]) else {
            throw InvalidCurve(
                "there are counts for \(lengths[0]) thresholds; give them for 2 to \(Self.largestThresholdCount)"
            )
        }
        for row in rows {
            // One infinite count, and TensorBoard shows no curve of the tag at all.
            if let index = row.firstIndex(where: { !($0 >= 0 && $0 <= Double(Float.greatestFiniteMagnitude)) }) {
                throw InvalidCurve(
                    "the count at threshold \(index) is \(row[index]), but it must be 0 or more, and finite"
                )
            }
        }
    }

    /// The curve, as rows of true and false positives, true and false negatives, precision and recall.
    func summary(_ tag: some StringProtocol) -> SummaryValue {
        let precision = Self.ratios(truePositives, falsePositives)
        let recall = Self.ratios(truePositives, falseNegatives)
        let rows = [truePositives, falsePositives, trueNegatives, falseNegatives, precision, recall]
        return SummaryValue(
            tag: String(tag),
            payload: .tensor(TensorValue(shape: [6, truePositives.count], rows.flatMap { $0.map { Float($0) } })),
            metadata: SummaryMetadata(
                pluginName: PluginName.precisionRecallCurves,
                pluginContent: PluginContent.precisionRecallCurve(thresholdCount: truePositives.count),
                dataClass: .tensor
            )
        )
    }

    /// The part that the first has in the sum of both, at each threshold.
    private static func ratios(_ part: [Double], _ rest: [Double]) -> [Double] {
        zip(part, rest).map { part, rest in part / max(smallestDivisor, part + rest) }
    }
}
