/// The shape of a variable and the values that it has when a session begins.
///
/// ```swift
/// let weights = graph.variable("weights", .xavier([784, 100]))
/// let biases = graph.variable("biases", .zeros([100]))
/// ```
///
/// Random values depend on the session's seed and the variable's name, and are the same on every machine.
public struct Initializer: Sendable {
    enum Distribution: Sendable {
        case fill(Float, name: String)
        case values([Float])
        case normal(mean: Float, standardDeviation: Float)
        case truncatedNormal(mean: Float, standardDeviation: Float)
        case uniform(lowerBound: Float, upperBound: Float)
    }

    let shape: [Int]
    let distribution: Distribution

    /// What is wrong with the settings, in words that follow "cannot start:".
    let problem: String?

    private init(_ shape: [Int], _ distribution: Distribution, problem: String? = nil) {
        self.shape = shape
        self.distribution = distribution
        if !shape.allSatisfy({ $0 >= 0 }) {
            self.problem = "a size in its shape \(shape) is negative"
        } else if TensorShape.elementCount(of: shape).map({ $0 > Int(Int32.max) }) ?? true {
            self.problem = "its shape \(shape) has more than \(Int32.max) elements"
        } else {
            self.problem = problem
        }
    }

    /// Zeros.
    ///
    /// - Parameter shape: The size of each axis.
    /// - Returns: The initializer.
    public static func zeros(_ shape: [Int]) -> Initializer {
        Initializer(shape, .fill(0, name: "zeros"))
    }

    /// Ones.
    ///
    /// - Parameter shape: The size of each axis.
    /// - Returns: The initializer.
    public static func ones(_ shape: [Int]) -> Initializer {
        Initializer(shape, .fill(1, name: "ones"))
    }

    /// One number everywhere.
    ///
    /// - Parameters:
    ///   - value: The number.
    ///   - shape: The size of each axis.
    /// - Returns: The initializer.
    public static func constant(_ value: Float, shape: [Int]) -> Initializer {
        Initializer(shape, .fill(value, name: "Const"))
    }

    /// Given values.
    ///
    /// - Parameter values: Elements of type `Float` and their shape, for example `[[1, 2], [3, 4]]`.
    /// - Returns: The initializer.
    public static func constant(_ values: TensorValue) -> Initializer {
        Initializer(
            values.shape,
            .values(values.floats ?? []),
            problem: values.floats == nil ? "its values must be of type float, not \(values.dataType)" : nil
        )
    }

    /// Numbers from a normal distribution.
    ///
    /// - Parameters:
    ///   - shape: The size of each axis.
    ///   - mean: The mean of the distribution.
    ///   - standardDeviation: The standard deviation of the distribution, 0 or more.
    /// - Returns: The initializer.
    public static func randomNormal(
        _ shape: [Int],
        mean: Float = 0,
        standardDeviation: Float = 1
    ) -> Initializer {
        Initializer(
            shape,
            .normal(mean: mean, standardDeviation: standardDeviation),
            problem: problem(mean: mean, standardDeviation: standardDeviation)
        )
    }

    /// Numbers from a normal distribution, drawn again while they are more than two standard deviations from the mean.
    ///
    /// - Parameters:
    ///   - shape: The size of each axis.
    ///   - mean: The mean of the distribution.
    ///   - standardDeviation: The standard deviation of the distribution before it is cut, 0 or more.
    /// - Returns: The initializer.
    public static func truncatedNormal(
        _ shape: [Int],
        mean: Float = 0,
        standardDeviation: Float = 1
    ) -> Initializer {
        Initializer(
            shape,
            .truncatedNormal(mean: mean, standardDeviation: standardDeviation),
            problem: problem(mean: mean, standardDeviation: standardDeviation)
        )
    }

    /// Numbers of which each is equally likely.
    ///
    /// - Parameters:
    ///   - shape: The size of each axis.
    ///   - lowerBound: The smallest number.
    ///   - upperBound: The number that all are below, but for rounding.
    /// - Returns: The initializer.
    public static func uniform(_ shape: [Int], lowerBound: Float = -1, upperBound: Float = 1) -> Initializer {
        let isValid = lowerBound.isFinite && upperBound.isFinite && lowerBound <= upperBound
        return Initializer(
            shape,
            .uniform(lowerBound: lowerBound, upperBound: upperBound),
            problem: isValid ? nil : "its bounds \(lowerBound) and \(upperBound) must be finite and in order"
        )
    }

    /// Glorot and Bengio's uniform distribution, for layers with sigmoid or tanh.
    ///
    /// From −√(6 / (inputs + outputs)) to √(6 / (inputs + outputs)), as in "Understanding the difficulty of training
    /// deep feedforward neural networks" (2010), formula 16.
    ///
    /// - Parameter shape: `[inputs, outputs]`. Of higher ranks the leading axes count to both; a vector's size is both.
    /// - Returns: The initializer.
    public static func xavier(_ shape: [Int]) -> Initializer {
        let (inputs, outputs) = fans(shape)
        let limit = Float((6 / max(1, inputs + outputs)).squareRoot())
        return uniform(shape, lowerBound: -limit, upperBound: limit)
    }

    /// He's normal distribution, for layers with ReLU.
    ///
    /// Mean 0 and standard deviation √(2 / inputs), as in "Delving deep into rectifiers" (2015), formula 10.
    ///
    /// - Parameter shape: `[inputs, outputs]`. Of higher ranks the leading axes count to the inputs.
    /// - Returns: The initializer.
    public static func he(_ shape: [Int]) -> Initializer {
        randomNormal(shape, standardDeviation: Float((2 / max(1, fans(shape).inputs)).squareRoot()))
    }

    private static func fans(_ shape: [Int]) -> (inputs: Double, outputs: Double) {
        let sizes = shape.map(Double.init)
        let field = sizes.dropLast(2).reduce(1, *)
        return (field * (sizes.dropLast().last ?? sizes.last ?? 1), field * (sizes.last ?? 1))
    }

    private static func problem(mean: Float, standardDeviation: Float) -> String? {
        guard !mean.isFinite || !standardDeviation.isFinite || standardDeviation < 0 else { return nil }
        return "its mean \(mean) and standard deviation \(standardDeviation) must be finite, the latter not negative"
    }
}
