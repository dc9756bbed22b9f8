import CommandLineSupport
import Platform
import TrainingCore

/// What a sweep goes through: values for some settings, each with all others or at random.
struct SweepSpace: Sendable {
    /// A setting and its values.
    struct Axis: Sendable {
        /// The hyperparameter.
        let name: String
        /// What it is called in tables and names of runs, which have little room.
        let label: String
        let values: [String]
        /// Whether values between the smallest and the largest make sense, as for a learning rate.
        var isContinuous = false
    }

    /// The value of a setting that is left to the lab.
    static let standard = "default"

    /// The value of each setting, in the order of the axes.
    typealias Point = [String]

    var axes: [Axis]
    var seeds: [UInt64]

    /// The settings that have several values.
    var differing: Set<String> {
        Set(axes.filter { $0.values.count > 1 }.map(\.name) + (seeds.count > 1 ? ["seed"] : []))
    }

    /// Every combination of values.
    var grid: [Point] {
        axes.reduce([[]]) { points, axis in points.flatMap { point in axis.values.map { point + [$0] } } }
    }

    /// Combinations of values at random; those of a learning rate are drawn evenly on a logarithmic scale between the
    /// smallest and the largest.
    ///
    /// - Parameters:
    ///   - count: How many.
    ///   - seed: What they depend on; the same on every machine.
    /// - Returns: The points.
    func random(_ count: Int, seed: UInt64) -> [Point] {
        (0..<count).map { index in
            var random = RandomStream(seed: seed, name: "trial \(index)")
            return axes.map { axis in
                let uniform = random.nextUniform()
                let numbers = axis.values.compactMap { Double($0) }.sorted()
                guard axis.isContinuous, let lowest = numbers.first, let highest = numbers.last, lowest < highest else {
                    return axis.values[Int(uniform * Double(axis.values.count))]
                }
                return (lowest * pow(highest / lowest, uniform)).text(significantDigits: 3)
            }
        }
    }

    /// What tells a point from the others, such as `rate 0.01, units 64`.
    func setting(_ point: Point) -> String {
        let parts = zip(axes, point).filter { axis, _ in axis.values.count > 1 }.map { "\($0.label) \($1)" }
        return parts.isEmpty ? "defaults" : parts.joined(separator: ", ")
    }

    /// A name for the run of a point, such as `03-rate0.01-seed2`.
    func name(_ point: Point, number: Int, of count: Int, seed: UInt64) -> String {
        let digits = "\(number)"
        let padding = String(repeating: "0", count: max(0, "\(count)".count - digits.count))
        let parts = zip(axes, point).filter { axis, _ in axis.values.count > 1 }
            .map { "\($0.label)\($1.replacing(",", with: "x"))" }
        return ([padding + digits] + parts + (seeds.count > 1 ? ["seed\(seed)"] : [])).joined(separator: "-")
    }
}
