/// A precision-recall curve at one step.
struct PrecisionRecallPoint: Decodable, Equatable, Sendable {
    let step: Int
    let precision: [Double]
    let recall: [Double]
    let thresholds: [Double]
}
