import Testing
import TrainingCore

/// Learning rates that change, and the step that they follow.
struct ScheduleTests {
    struct Case: Sendable {
        let schedule: LearningRateSchedule
        let rates: [Int: Float]
    }

    /// Worked out by hand.
    static let cases: [Case] = [
        Case(schedule: .constant(0.5), rates: [0: 0.5, 1000: 0.5]),
        Case(
            schedule: .piecewise([1, 0.5, 0.25], boundaries: [10, 20]),
            rates: [0: 1, 10: 1, 11: 0.5, 20: 0.5, 21: 0.25, 99: 0.25]
        ),
        Case(schedule: .step(from: 8, every: 10, factor: 0.5), rates: [0: 8, 9: 8, 10: 4, 29: 2, 30: 1, 90: 1 / 64]),
        // cos(π/3) = 1/2 and cos(π/4) = √2/2.
        Case(
            schedule: .cosine(from: 1, steps: 12),
            rates: [0: 1, 3: 0.853_553_4, 4: 0.75, 6: 0.5, 8: 0.25, 9: 0.146_446_6, 12: 0, 99: 0]
        ),
        Case(schedule: .cosine(from: 1, steps: 12, to: 0.5), rates: [0: 1, 6: 0.75, 12: 0.5, 13: 0.5]),
        Case(
            schedule: LearningRateSchedule.cosine(from: 1, steps: 12).warmingUp(steps: 4),
            rates: [0: 0.25, 1: 0.5, 3: 1, 4: 1, 10: 0.5, 16: 0]
        ),
    ]

    @Test(arguments: cases.indices)
    func ratesAreThoseOfTheFormula(index: Int) throws {
        let graph = Graph()
        let step = graph.placeholder("step", shape: [])
        let rate = graph.learningRate(Self.cases[index].schedule, step: step)
        #expect(rate.name == "learning_rate")
        let session = try Session(graph)
        for (number, expected) in Self.cases[index].rates {
            let value = try session.run(rate, feeding: [step: TensorValue(Float(number))]).scalar(rate)
            #expect(abs(try #require(value) - expected) < 1e-6, "step \(number)")
            #expect(value == Self.cases[index].schedule.rate(at: number))
        }
    }

    @Test func optimizersFollowTheStepThatTheyCount() throws {
        let graph = Graph()
        let x = graph.variable("x", .constant(10))
        let step = graph.globalStep()
        let rate = graph.learningRate(.step(from: 1, every: 2, factor: 0.5), step: step)
        graph.scalar("learning_rate", rate)
        let train = GradientDescent(learningRate: rate).minimize(x, globalStep: step, name: "train")
        #expect([train.name, step.name] == ["train", "global_step"])
        #expect(graph.globalStep() == step)
        let session = try Session(graph)
        var rates: [SummaryValue] = []
        for _ in 0..<4 { rates += try session.run(train).summaries }
        #expect(rates == [1, 1, 0.5, 0.5].map { .scalar("learning_rate", $0) })
        #expect(try session.value(of: step) == 4)
        #expect(try session.value(of: x) == 7)
    }

    static let optimizers: [@Sendable (Tensor) -> any Optimizer] = [
        { GradientDescent(learningRate: $0) }, { Momentum(learningRate: $0) }, { Adam(learningRate: $0) },
        { AdamW(learningRate: $0) }, { RMSProp(learningRate: $0) },
    ]

    @Test(arguments: optimizers.indices)
    func everyOptimizerTakesATensor(index: Int) throws {
        let graph = Graph()
        let rate = graph.placeholder("rate", shape: [])
        let x = graph.variable("x", .constant(1))
        let train = Self.optimizers[index](rate).minimize(square(x))
        let session = try Session(graph)
        try session.run(train, feeding: [rate: 0])
        #expect(try session.value(of: x) == 1)
        try session.run(train, feeding: [rate: 0.1])
        #expect(try session.value(of: x) != 1)
    }

    @Test func aRateMustBeAScalar() {
        let graph = Graph()
        _ = GradientDescent(learningRate: graph.constant([1, 2])).minimize(graph.variable("x", .zeros([])))
        #expect(expectMistake(.shapeMismatch, in: graph).contains("scalar"))
    }

    static let wrong: [LearningRateSchedule] = [
        .constant(0), .constant(.nan), .piecewise([1], boundaries: [1]), .piecewise([1, 0], boundaries: [1]),
        .piecewise([1, 1, 1], boundaries: [2, 2]), .piecewise([], boundaries: []), .step(from: 1, every: 0),
        .step(from: 1, every: 1, factor: 0), .cosine(from: 1, steps: 0), .cosine(from: 1, steps: 1, to: -1),
        LearningRateSchedule.constant(1).warmingUp(steps: -1),
    ]

    @Test(arguments: wrong.indices)
    func badSettingsAreMistakes(index: Int) {
        let graph = Graph()
        _ = graph.learningRate(Self.wrong[index], step: graph.globalStep(), name: "rate")
        #expect(expectMistake(.invalidArgument, in: graph).contains("'rate'"))
    }
}
