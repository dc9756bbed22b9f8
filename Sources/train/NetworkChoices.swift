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

    func optimizer(learningRate: Float) -> any Optimizer {
        switch self {
        case .gradientDescent: GradientDescent(learningRate: learningRate)
        case .momentum: Momentum(learningRate: learningRate, momentum: 0.9)
        case .adam: Adam(learningRate: learningRate)
        }
    }
}
