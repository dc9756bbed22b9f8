import TensorBoard
import TrainingCore

/// How a network does on one part of the digits.
struct DigitsEvaluation {
    let part: DigitsData.Part
    /// The probability of each digit for each image.
    let probabilities: [[Float]]
    /// The mean cross entropy in nats.
    let loss: Float
    /// The share of the images whose digit is right, from 0 to 1.
    let accuracy: Float

    /// Asks the network for all images of a part.
    ///
    /// - Throws: `TrainingError` if the graph cannot be run.
    init(_ part: DigitsData.Part, _ built: DigitsModel.Built, _ session: Session) throws(TrainingError) {
        let result = try session.run(
            built.probabilities,
            built.loss,
            built.accuracy,
            feeding: [built.x: part.data.features, built.y: part.data.labels, built.isTraining: 0],
            summaries: false
        )
        let values = result[built.probabilities]?.floats ?? []
        self.part = part
        probabilities = stride(from: 0, to: values.count, by: DigitsData.classCount).map {
            Array(values[$0..<$0 + DigitsData.classCount])
        }
        loss = result.scalar(built.loss) ?? .nan
        accuracy = result.scalar(built.accuracy) ?? .nan
    }

    /// The likeliest digit of each image.
    var predictions: [Int] { probabilities.map { row in row.indices.max { row[$0] < row[$1] } ?? 0 } }

    /// How sure the network is of each image.
    var certainties: [Float] { probabilities.map { $0.max() ?? .nan } }

    /// How many images of each digit, by row, were taken for each digit, by column.
    var confusion: [[Int]] {
        var counts = [[Int]](
            repeating: [Int](repeating: 0, count: DigitsData.classCount),
            count: DigitsData.classCount
        )
        for (truth, prediction) in zip(part.classes, predictions) { counts[truth][prediction] += 1 }
        return counts
    }

    /// The images that are taken for another digit, the worst mistake first.
    var mistakes: [Int] {
        let predictions = predictions
        return part.classes.indices.filter { predictions[$0] != part.classes[$0] }
            .sorted { probabilities[$0][part.classes[$0]] < probabilities[$1][part.classes[$1]] }
    }
}
