import Testing
import TrainingCore

struct OptimizerTests {
    /// Minimizes the sum of 3 x₀ and 4 x₁, whose gradient is always (3, 4), from (1, 2).
    private func minimized(_ optimizer: any Optimizer, steps: Int) throws -> [Float] {
        let graph = Graph()
        let x = graph.variable("x", .constant([1, 2]))
        let train = optimizer.minimize(sum(x * graph.constant([3, 4])))
        let session = try Session(graph)
        for _ in 0..<steps { try session.run(train) }
        return try session.value(of: x).floats ?? []
    }

    @Test func gradientDescentSubtractsTheScaledGradient() throws {
        #expect(try minimized(GradientDescent(learningRate: 0.5), steps: 1) == [-0.5, 0])
        #expect(try minimized(GradientDescent(learningRate: 0.5), steps: 2) == [-2, -2])
    }

    @Test func momentumFollowsADecayingSum() throws {
        // The sums are g, 1.5 g and 1.75 g.
        let optimizer = Momentum(learningRate: 0.5, momentum: 0.5)
        #expect(try minimized(optimizer, steps: 1) == [-0.5, 0])
        #expect(try minimized(optimizer, steps: 2) == [-2.75, -3])
        #expect(try minimized(optimizer, steps: 3) == [-5.375, -6.5])
    }

    @Test func nesterovLooksAhead() throws {
        // The sums are g, 1.5 g and 1.75 g; the steps follow g + half the sum: 1.5 g, 1.75 g and 1.875 g.
        let optimizer = Momentum(learningRate: 0.5, momentum: 0.5, nesterov: true)
        #expect(try minimized(optimizer, steps: 1) == [-1.25, -1])
        #expect(try minimized(optimizer, steps: 2) == [-3.875, -4.5])
        #expect(try minimized(optimizer, steps: 3) == [-6.6875, -8.25])
    }

    /// TensorFlow's formula, in double precision.
    @Test func rmsPropDividesByTheRootOfTheMeanSquare() throws {
        var expected = [1.0, 2.0]
        for (index, gradient) in [3.0, 4.0].enumerated() {
            var (mean, sum) = (1.0, 0.0)
            for _ in 0..<5 {
                mean = 0.9 * mean + 0.1 * gradient * gradient
                sum = 0.5 * sum + 0.1 * gradient / (mean + 1e-10).squareRoot()
                expected[index] -= sum
            }
        }
        let computed = try minimized(RMSProp(learningRate: 0.1, momentum: 0.5), steps: 5)
        for (value, expected) in zip(computed, expected) { #expect(abs(Double(value) - expected) < 1e-5) }
    }

    @Test func adamWTakesItsShareBeforeAdamsStep() throws {
        let graph = Graph()
        let matrix = graph.variable("matrix", .constant([[2, -4]]))
        let bias = graph.variable("bias", .constant([2]))
        let cost = sum(matrix * graph.constant([[3, 3]])) + sum(bias)
        let train = AdamW(learningRate: 0.5, weightDecay: 0.25).minimize(cost)
        let all = AdamW(learningRate: 0.5, weightDecay: 0.25) { _ in true }.minimize(cost)
        for (operation, expectedBias) in [(train, 1.5), (all, 1.25)] as [(Tensor, Float)] {
            let session = try Session(graph)
            try session.run(operation)
            // An eighth goes, and Adam's first step is the learning rate.
            let weights = try #require(try session.value(of: matrix).floats)
            for (value, expected) in zip(weights, [2 - 0.25 - 0.5, -4 + 0.5 - 0.5] as [Float]) {
                #expect(abs(value - expected) < 1e-5)
            }
            #expect(abs(try #require(try session.value(of: bias).floats)[0] - expectedBias) < 1e-5)
        }
    }

    // MARK: Clipping

    @Test func clippingBringsToTheNorm() throws {
        let graph = Graph()
        let (a, b) = (graph.constant([3, 0]), graph.constant([[4]]))
        let (clipped, norm) = graph.clipByGlobalNorm([a, b], 2.5)
        let (untouched, _) = graph.clipByGlobalNorm([a, b], 5)
        let one = clipByNorm(a, 1.5)
        let result = try Session(graph).run(clipped + untouched + [norm, one, graph.globalNorm([])])
        #expect(clipped.map { result[$0] } == [[1.5, 0], [[2]]])
        #expect(untouched.map { result[$0] } == [[3, 0], [[4]]])
        #expect(result[norm] == 5)
        #expect(result[one] == [1.5, 0])
    }

    @Test func anInfiniteNormIsNotHidden() throws {
        let result = try evaluate([TensorValue(.infinity), 1]) { clipByNorm($0, 1) }
        #expect(result.floats?.allSatisfy(\.isNaN) == true)
    }

    @Test func minimizeClips() throws {
        let graph = Graph()
        let x = graph.variable("x", .constant([1, 2]))
        let train = GradientDescent(learningRate: 1).minimize(sum(x * graph.constant([3, 4])), clippingNorm: 1)
        let session = try Session(graph)
        try session.run(train)
        let values = try #require(try session.value(of: x).floats)
        #expect(abs(values[0] - 0.4) < 1e-6 && abs(values[1] - 1.2) < 1e-6)
    }

    @Test(arguments: [0, -1, .nan] as [Float])
    func limitsMustBePositive(limit: Float) {
        let graph = Graph()
        _ = clipByNorm(graph.constant([1]), limit)
        #expect(expectMistake(.invalidArgument, in: graph).contains("clip_norm"))
    }

    /// The formula of the paper, in double precision.
    @Test func adamFollowsThePaper() throws {
        for steps in [1, 2, 10] {
            var expected = [1.0, 2.0]
            for (index, gradient) in [3.0, 4.0].enumerated() {
                var (m, v) = (0.0, 0.0)
                var (power1, power2) = (1.0, 1.0)
                for _ in 0..<steps {
                    power1 *= 0.9
                    power2 *= 0.999
                    m = 0.9 * m + 0.1 * gradient
                    v = 0.999 * v + 0.001 * gradient * gradient
                    let rate = 0.1 * (1 - power2).squareRoot() / (1 - power1)
                    expected[index] -= rate * m / (v.squareRoot() + 1e-8)
                }
            }
            let computed = try minimized(Adam(learningRate: 0.1), steps: steps)
            for (value, expected) in zip(computed, expected) { #expect(abs(Double(value) - expected) < 1e-4) }
        }
    }

    @Test func onlyTheGivenVariablesChange() throws {
        let graph = Graph()
        let a = graph.variable("a", .constant(1))
        let b = graph.variable("b", .constant(1))
        let fixed = graph.variable("fixed", .constant(1), isTrainable: false)
        let cost = a + b + fixed
        let trainA = GradientDescent(learningRate: 1).minimize(cost, variables: [a])
        let trainAll = GradientDescent(learningRate: 1).minimize(cost)
        let session = try Session(graph)
        try session.run(trainA)
        #expect(try [a, b, fixed].map { try session.value(of: $0) } == [0, 1, 1])
        try session.run(trainAll)
        #expect(try [a, b, fixed].map { try session.value(of: $0) } == [-1, 0, 1])
    }

    @Test func gradientsCanBeChangedBeforeTheyAreApplied() throws {
        let graph = Graph()
        let x = graph.variable("x", .constant([10]))
        let gradient = try requiredGradients(of: sum(square(x)), withRespectTo: [x])[0]
        let train = GradientDescent(learningRate: 1)
            .apply([(gradient: tanh(gradient), variable: x)], in: graph, name: "clipped")
        #expect(train.name == "clipped")
        let session = try Session(graph)
        try session.run(train)
        #expect(try session.value(of: x) == [9])
    }

    @Test(arguments: [0, -1, .nan, .infinity] as [Float])
    func learningRatesMustBePositiveNumbers(rate: Float) {
        for optimizer in [GradientDescent(learningRate: rate), Momentum(learningRate: rate), Adam(learningRate: rate)]
            as [any Optimizer]
        {
            let graph = Graph()
            _ = optimizer.minimize(graph.variable("x", .zeros([])))
            #expect(expectMistake(.invalidArgument, in: graph).contains("\(rate)"))
        }
    }

    @Test func otherSettingsHaveTheirRangesToo() {
        for optimizer in [
            Momentum(learningRate: 1, momentum: 1), Momentum(learningRate: 1, momentum: -0.1), Adam(beta1: 1),
            Adam(beta2: .nan), Adam(epsilon: -1),
            RMSProp(learningRate: 1, decay: 1), RMSProp(learningRate: 1, momentum: 1),
            RMSProp(learningRate: 1, epsilon: -1),
        ] as [any Optimizer] {
            let graph = Graph()
            _ = optimizer.minimize(graph.variable("x", .zeros([])))
            expectMistake(.invalidArgument, in: graph)
        }
    }

    @Test func aCostWithoutVariablesIsAMistake() {
        let graph = Graph()
        _ = graph.variable("unrelated", .zeros([]))
        let cost = mean(graph.placeholder("X", shape: [nil]), name: "cost")
        _ = GradientDescent(learningRate: 1).minimize(cost)
        #expect(expectMistake(.noTrainableVariable, in: graph).contains("'cost'"))
    }

    @Test func onlyVariablesCanBeTrained() {
        let graph = Graph()
        let x = graph.variable("x", .zeros([]))
        let y = square(x)
        _ = GradientDescent(learningRate: 1).minimize(square(y), variables: [y])
        #expect(expectMistake(.invalidArgument, in: graph).contains("'Square'"))
    }

    @Test func aGradientOfAnotherShapeIsAMistake() {
        let graph = Graph()
        let x = graph.variable("x", .zeros([2]))
        _ = GradientDescent(learningRate: 1).apply([(gradient: sum(x), variable: x)], in: graph, name: nil)
        expectMistake(.shapeMismatch, in: graph)
    }
}
