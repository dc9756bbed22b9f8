/// How a learning rate changes from step to step.
///
/// ```swift
/// let schedule = LearningRateSchedule.cosine(from: 0.1, steps: 10_000).warmingUp(steps: 500)
/// let rate = graph.learningRate(schedule, step: graph.globalStep())
/// schedule.rate(at: 0)    // 0.0002
/// ```
public struct LearningRateSchedule: Sendable {
    enum Form {
        case constant
        case piecewise(boundaries: [Int], rates: [Float])
        case step(size: Int, factor: Float)
        case cosine(steps: Int, finalRate: Float)
    }

    let initialRate: Float
    let form: Form
    let warmUpSteps: Int
    /// What is wrong with the settings, in words that follow "cannot be used:".
    let problem: String?

    private init(_ initialRate: Float, _ form: Form, warmUpSteps: Int = 0, problem: String?) {
        self.initialRate = initialRate
        self.form = form
        self.warmUpSteps = warmUpSteps
        let isValid = initialRate > 0 && initialRate.isFinite
        self.problem = isValid ? problem : "its first rate is \(initialRate), but it must be greater than 0 and finite"
    }

    /// The same rate in every step.
    ///
    /// - Parameter rate: Greater than 0.
    /// - Returns: The schedule.
    public static func constant(_ rate: Float) -> LearningRateSchedule {
        LearningRateSchedule(rate, .constant, problem: nil)
    }

    /// Given rates between given steps, as TensorFlow's `piecewise_constant`.
    ///
    /// The first rate up to and including the first boundary, the second one up to and including the second, and so on.
    ///
    /// - Parameters:
    ///   - rates: One more than there are boundaries, each greater than 0.
    ///   - boundaries: Steps, in ascending order.
    /// - Returns: The schedule.
    public static func piecewise(_ rates: [Float], boundaries: [Int]) -> LearningRateSchedule {
        var problem: String?
        if rates.count != boundaries.count + 1 {
            problem = "it has \(rates.count) rates for \(boundaries.count) boundaries, but it needs one rate more"
        } else if let rate = rates.first(where: { !($0 > 0 && $0.isFinite) }) {
            problem = "one of its rates is \(rate), but each must be greater than 0 and finite"
        } else if zip(boundaries, boundaries.dropFirst()).contains(where: { $0 >= $1 }) {
            problem = "its boundaries \(boundaries) must be in ascending order"
        }
        let form = problem == nil ? Form.piecewise(boundaries: boundaries, rates: rates) : .constant
        return LearningRateSchedule(rates.first ?? .nan, form, problem: problem)
    }

    /// A rate that is multiplied by a factor every so many steps.
    ///
    /// rate · factor^⌊step / size⌋, as torch's `StepLR` and TensorFlow's `exponential_decay` with `staircase`.
    ///
    /// - Parameters:
    ///   - rate: The rate of the first steps, greater than 0.
    ///   - size: After how many steps the rate changes, 1 or more.
    ///   - factor: Greater than 0.
    /// - Returns: The schedule.
    public static func step(from rate: Float, every size: Int, factor: Float = 0.1) -> LearningRateSchedule {
        let isValid = size > 0 && factor > 0 && factor.isFinite
        return LearningRateSchedule(
            rate,
            isValid ? .step(size: size, factor: factor) : .constant,
            problem: isValid ? nil : "its steps of \(size) and its factor \(factor) must be greater than 0"
        )
    }

    /// A rate that falls along half a wave of the cosine, and stays at the final rate after the last step.
    ///
    /// final + (rate − final) · (1 + cos(π · step / steps)) / 2, as torch's `CosineAnnealingLR` and TensorFlow's
    /// `cosine_decay`.
    ///
    /// - Parameters:
    ///   - rate: The rate of the first step, greater than 0.
    ///   - steps: How many steps it falls, 1 or more.
    ///   - finalRate: 0 or more.
    /// - Returns: The schedule.
    public static func cosine(from rate: Float, steps: Int, to finalRate: Float = 0) -> LearningRateSchedule {
        let isValid = steps > 0 && finalRate >= 0 && finalRate.isFinite
        return LearningRateSchedule(
            rate,
            isValid ? .cosine(steps: steps, finalRate: finalRate) : .constant,
            problem: isValid ? nil : "its \(steps) steps must be 1 or more, and its final rate \(finalRate) 0 or more"
        )
    }

    /// The schedule after a linear rise.
    ///
    /// The first rate · (step + 1) / steps, as torch's `LinearLR` with `start_factor=1/steps, total_iters=steps-1`; then
    /// the schedule as if its step 0 were now.
    ///
    /// - Parameter steps: How many steps the rise takes, 0 or more.
    /// - Returns: The schedule.
    public func warmingUp(steps: Int) -> LearningRateSchedule {
        let problem = steps < 0 ? "its warm-up has \(steps) steps, but it must have 0 or more" : problem
        return LearningRateSchedule(initialRate, form, warmUpSteps: steps, problem: problem)
    }

    /// The rate in one step.
    ///
    /// - Parameter step: 0 for the first.
    /// - Returns: The rate.
    public func rate(at step: Int) -> Float { Float(rate(at: Double(step))) }

    func rate(at step: Double) -> Double {
        let initialRate = Double(initialRate)
        if step < Double(warmUpSteps) { return initialRate * (step + 1) / Double(warmUpSteps) }
        let step = step - Double(warmUpSteps)
        switch form {
        case .constant: return initialRate
        case .piecewise(let boundaries, let rates):
            return Double(rates[boundaries.firstIndex { step <= Double($0) } ?? boundaries.count])
        case .step(let size, let factor):
            return initialRate * power(Double(factor), (step / Double(size)).rounded(.down))
        case .cosine(let steps, let finalRate):
            let part = min(step / Double(steps), 1)
            let height = (1 + TrainingCore.cosine(halfTurns: part)) / 2
            return Double(finalRate) + (initialRate - Double(finalRate)) * height
        }
    }

    /// A power with a whole exponent of 0 or more.
    private func power(_ base: Double, _ exponent: Double) -> Double {
        // Larger exponents give no other results.
        var (result, square, rest) = (1.0, base, UInt64(min(max(exponent, 0), 0x1p60)))
        while rest > 0 {
            if rest & 1 == 1 { result *= square }
            square *= square
            rest >>= 1
        }
        return result
    }
}
