import Platform
import TensorBoard
import TrainingCore

/// Points on three arms of a spiral, which no line can part: what the gallery's classifier learns.
struct SpiralData: Sendable {
    /// One name an arm.
    static let classNames = ["orange", "green", "violet"]

    /// The arms stay inside this square around the middle.
    static let extent: Float = 1.15

    /// Where the points are, of shape [n, 2].
    let points: TensorValue
    /// The arm of each point.
    let classes: [Int]

    /// Draws points evenly along the arms, with some noise.
    ///
    /// - Parameters:
    ///   - countPerClass: How many points each arm has.
    ///   - seed: Gives the noise, the same in every run.
    ///   - name: What the points are for; points for different uses are unrelated.
    init(countPerClass: Int, seed: UInt64, name: String) {
        var random = RandomStream(seed: seed, name: name)
        var points: [Float] = []
        var classes: [Int] = []
        for index in 0..<countPerClass {
            for arm in Self.classNames.indices {
                let radius = (Double(index) + 0.5) / Double(countPerClass)
                let turn = 0.75 * radius + Double(arm) / Double(Self.classNames.count) + 0.08 * random.nextNormal()
                points += [Float(radius * cos(2 * .pi * turn)), Float(radius * sin(2 * .pi * turn))]
                classes.append(arm)
            }
        }
        self.points = TensorValue(shape: [classes.count, 2], points)
        self.classes = classes
    }

    /// One row a point, 1 at its arm.
    var labels: TensorValue {
        let count = Self.classNames.count
        var rows = [Float](repeating: 0, count: classes.count * count)
        for (row, arm) in classes.enumerated() { rows[row * count + arm] = 1 }
        return TensorValue(shape: [classes.count, count], rows)
    }
}
