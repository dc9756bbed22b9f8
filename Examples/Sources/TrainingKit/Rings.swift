import TrainingCore

/// Points on two rings: the inner one of class 0, the outer one of class 1.
struct Rings {
    let points: TensorValue
    let labels: TensorValue

    init(count: Int) throws {
        var points: [Float] = []
        var labels: [Float] = []
        for index in 0..<count {
            let isOuter = index.isMultiple(of: 2)
            // (1 − t², 2t) / (1 + t²) lies on the unit circle.
            let t = 4 * Float(index) / Float(count) - 2
            let scale: Float = (isOuter ? 2 : 1) / (1 + t * t)
            points += [(1 - t * t) * scale, 2 * t * scale]
            labels.append(isOuter ? 1 : 0)
        }
        self.points = try TensorValue(shape: [count, 2], points)
        self.labels = try TensorValue(shape: [count, 1], labels)
    }
}
