/// An operation whose value is drawn anew in each run.
///
/// The numbers depend on the session's seed, the node's name and how often the session has run the node, so that the
/// same runs give the same bits on every machine. The session keeps the count; see ``RandomCounters``.
protocol RandomOperation: Operation {
    /// Makes the code that draws the output.
    ///
    /// - Parameters:
    ///   - operands: The memory of the inputs and the output.
    ///   - source: The node's random numbers.
    /// - Returns: The kernel.
    func kernel(_ operands: Operands, _ source: RandomSource) -> Kernel
}

struct RandomNumbers: RandomOperation {
    let initializer: Initializer
    let defaultName: String

    var kind: String { "AddV2" }

    func shape(of inputs: [TensorShape]) -> TensorShape { TensorShape(initializer.shape) }

    func kernel(_ operands: Operands, _ source: RandomSource) -> Kernel {
        let (output, initializer) = (operands.output.elements, initializer)
        return {
            var stream = source.nextStream()
            initializer.fill(output, &stream)
        }
    }

    func draw(_ drawing: Drawing) -> [GraphDefinition.Node] {
        initializer.draw(drawing, as: drawing.name, attributes: [:])
    }
}

extension Graph {
    /// Adds numbers of which each is equally likely, new ones in each run.
    ///
    /// ```swift
    /// let noise = graph.randomUniform(shape: [32, 10], lowerBound: -0.1, upperBound: 0.1)
    /// ```
    ///
    /// They depend on the session's seed, the node's name and how often the session has run it.
    ///
    /// - Parameters:
    ///   - shape: The size of each axis.
    ///   - lowerBound: The smallest number.
    ///   - upperBound: The number that all are below, but for rounding.
    ///   - name: The name of the node; `random_uniform` by default.
    /// - Returns: The numbers, in the shape.
    public func randomUniform(
        shape: [Int],
        lowerBound: Float = 0,
        upperBound: Float = 1,
        name: String? = nil
    ) -> Tensor {
        random(.uniform(shape, lowerBound: lowerBound, upperBound: upperBound), "random_uniform", name)
    }

    /// Adds numbers from a normal distribution, new ones in each run, as
    /// ``randomUniform(shape:lowerBound:upperBound:name:)`` does.
    ///
    /// - Parameters:
    ///   - shape: The size of each axis.
    ///   - mean: The mean of the distribution.
    ///   - standardDeviation: The standard deviation of the distribution, 0 or more.
    ///   - name: The name of the node; `random_normal` by default.
    /// - Returns: The numbers, in the shape.
    public func randomNormal(
        shape: [Int],
        mean: Float = 0,
        standardDeviation: Float = 1,
        name: String? = nil
    ) -> Tensor {
        random(.randomNormal(shape, mean: mean, standardDeviation: standardDeviation), "random_normal", name)
    }

    private func random(_ initializer: Initializer, _ defaultName: String, _ name: String?) -> Tensor {
        let tensor = add(RandomNumbers(initializer: initializer, defaultName: defaultName), [], name: name)
        if let problem = initializer.problem {
            record(
                TrainingError(
                    .invalidArgument,
                    node: tensor.name,
                    "random numbers '\(tensor.name)' cannot be drawn: \(problem)"
                ),
                at: tensor
            )
        }
        return tensor
    }
}
