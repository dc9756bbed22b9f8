import TensorBoard

/// How the classifier does on points that it has never seen.
struct Evaluation {
    let data: SpiralData
    /// The probability of each arm for each point.
    let probabilities: [[Float]]
    let loss: Float

    init(_ data: SpiralData, probabilities: TensorValue?, loss: Float) {
        let count = SpiralData.classNames.count
        let values = probabilities?.floats ?? []
        self.data = data
        self.probabilities = stride(from: 0, to: values.count, by: count).map { Array(values[$0..<$0 + count]) }
        self.loss = loss
    }

    /// The likeliest arm of each point.
    var predictions: [Int] {
        probabilities.map { row in row.indices.max { row[$0] < row[$1] } ?? 0 }
    }

    /// How sure the classifier is of each point.
    var certainties: [Float] { probabilities.map { $0.max() ?? 0 } }

    /// The part of the points whose arm is right, from 0 to 1.
    var accuracy: Float {
        let right = zip(predictions, data.classes).count { $0 == $1 }
        return Float(right) / Float(max(data.classes.count, 1))
    }

    /// How many points of each arm, by row, were taken for each arm, by column.
    var confusion: [[Int]] {
        let arms = SpiralData.classNames.indices
        var counts = arms.map { _ in arms.map { _ in 0 } }
        for (truth, prediction) in zip(data.classes, predictions) { counts[truth][prediction] += 1 }
        return counts
    }

    /// The points, those at the front of which the classifier is least sure.
    var leastCertainFirst: [Int] {
        let certainties = certainties
        return certainties.indices.sorted { certainties[$0] < certainties[$1] }
    }

    /// A number below which a part of the certainties lies.
    func certainty(atQuantile quantile: Double) -> Float {
        let sorted = certainties.sorted()
        return sorted.isEmpty ? .nan : sorted[Int(Double(sorted.count - 1) * quantile)]
    }

    /// Certainty and accuracy of the points in ten groups from the least certain; groups without points are left out.
    var reliability: (certainty: [Float], accuracy: [Float]) {
        var groups = [(count: Float, certainty: Float, right: Float)](repeating: (0, 0, 0), count: 10)
        for (index, certainty) in certainties.enumerated() {
            let group = min(Int(certainty * 10), 9)
            groups[group].count += 1
            groups[group].certainty += certainty
            groups[group].right += predictions[index] == data.classes[index] ? 1 : 0
        }
        let filled = groups.filter { $0.count > 0 }
        return (filled.map { $0.certainty / $0.count }, filled.map { $0.right / $0.count })
    }
}
