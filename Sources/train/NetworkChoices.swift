import ArgumentParser
import TrainingCore

/// What hidden layers put their sums through.
enum ActivationKind: String, Sendable, CaseIterable, ExpressibleByArgument {
    case sigmoid
    case tanh
    case relu

    static var list: String { allCases.map(\.rawValue).joined(separator: ", ") }

    func callAsFunction(_ x: Tensor) -> Tensor {
        switch self {
        case .sigmoid: TrainingCore.sigmoid(x)
        case .tanh: TrainingCore.tanh(x)
        case .relu: TrainingCore.relu(x)
        }
    }
}

/// Where weights and biases start.
enum InitializerKind: String, Sendable, CaseIterable, ExpressibleByArgument {
    /// The lecture's: all from the standard normal distribution.
    case normal
    /// Glorot's, for sigmoid and tanh, with biases of 0.
    case xavier
    /// He's, for relu, with biases of 0.
    case he
    /// All 0, so that the units of a layer stay alike.
    case zeros

    static var list: String { allCases.map(\.rawValue).joined(separator: ", ") }

    func weights(_ shape: [Int]) -> Initializer {
        switch self {
        case .normal: .randomNormal(shape)
        case .xavier: .xavier(shape)
        case .he: .he(shape)
        case .zeros: .zeros(shape)
        }
    }

    func biases(_ count: Int) -> Initializer { self == .normal ? .randomNormal([count]) : .zeros([count]) }
}

/// How to follow the gradients.
enum OptimizerKind: String, Sendable, CaseIterable, ExpressibleByArgument {
    case gradientDescent = "gradient-descent"
    case momentum
    case adam

    static var list: String { allCases.map(\.rawValue).joined(separator: ", ") }

    func optimizer(learningRate: any LearningRate) -> any Optimizer {
        switch self {
        case .gradientDescent: GradientDescent(learningRate: learningRate)
        case .momentum: Momentum(learningRate: learningRate, momentum: 0.9)
        case .adam: Adam(learningRate: learningRate)
        }
    }
}

/// How the learning rate changes while a network is trained.
enum ScheduleKind: String, Sendable, CaseIterable, ExpressibleByArgument {
    case constant
    /// A tenth of it from half of the steps on, and a hundredth from three quarters on.
    case step
    /// Down to 0 along half a wave.
    case cosine
    /// The same, after a linear rise over a twentieth of the steps.
    case warmUpCosine = "warm-up-cosine"

    static var list: String { allCases.map(\.rawValue).joined(separator: ", ") }

    func schedule(from rate: Float, steps: Int) -> LearningRateSchedule {
        switch self {
        case .constant: .constant(rate)
        case .step:
            .piecewise([rate, rate / 10, rate / 100], boundaries: [steps / 2, max(steps / 2 + 1, steps * 3 / 4)])
        case .cosine: .cosine(from: rate, steps: steps)
        case .warmUpCosine: .cosine(from: rate, steps: max(1, steps - steps / 20)).warmingUp(steps: steps / 20)
        }
    }
}
