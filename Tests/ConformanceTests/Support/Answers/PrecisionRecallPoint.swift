/// A precision-recall curve at one step.
struct PrecisionRecallPoint: Decodable, Equatable, Sendable {
    let step: Int
    let precision: [Double]
    let recall: [Double]
    let thresholds: [Double]
    let truePositives: [Int]
    let falsePositives: [Int]
    let trueNegatives: [Int]
    let falseNegatives: [Int]

    private enum CodingKeys: String, CodingKey {
        case step, precision, recall, thresholds
        case truePositives = "true_positives"
        case falsePositives = "false_positives"
        case trueNegatives = "true_negatives"
        case falseNegatives = "false_negatives"
    }
}
