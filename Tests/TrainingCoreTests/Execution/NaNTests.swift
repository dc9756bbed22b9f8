import Testing
import TrainingCore

struct NaNTests {
    /// `w` becomes NaN in the first step where `x` is 0: the gradient of sqrt at 0 times 0.
    private struct Model {
        let graph = Graph()
        let x: Tensor
        let w: Tensor
        let quotient: Tensor
        let loss: Tensor
        let train: Tensor

        init() {
            x = graph.placeholder("x", shape: [nil])
            w = graph.variable("w", .constant(1))
            quotient = divide(x, x, name: "quotient")
            loss = sum(quotient * w)
            train = GradientDescent(learningRate: 1).minimize(loss)
        }
    }

    @Test func aRunReportsTheFirstNodeAndGoesOn() throws {
        let model = Model()
        let session = try Session(model.graph)
        let options = RunOptions(nanCheck: .report)
        #expect(try session.run(model.train, feeding: [model.x: [1, 2]], options: options).firstNaN == nil)
        #expect(try session.run(model.train, feeding: [model.x: [1, 0]], options: options).firstNaN == "quotient")
        // It went on, so now the variable is the first.
        #expect(try session.value(of: model.w).floats?[0].isNaN == true)
        #expect(try session.run(model.loss, feeding: [model.x: [1, 2]], options: options).firstNaN == "w")
        #expect(try session.run(model.loss, feeding: [model.x: [1, 2]]).firstNaN == nil)
    }

    @Test func aRunThatStopsChangesNoVariable() throws {
        let model = Model()
        let session = try Session(model.graph)
        let options = RunOptions(nanCheck: .stop)
        let error = #expect(throws: TrainingError.self) {
            try session.run(model.train, feeding: [model.x: [0, 1]], options: options)
        }
        #expect(error?.code == .notANumber)
        #expect(error?.node == "quotient")
        #expect(try session.value(of: model.w) == 1)
        try session.run(model.train, feeding: [model.x: [3, 1]], options: options)
        #expect(try session.value(of: model.w) == -1)
    }

    @Test func whatIsFedIsTheFirst() throws {
        let model = Model()
        let session = try Session(model.graph)
        let step = try session.makeCallable(model.train, feeding: [model.x: [1]], options: .init(nanCheck: .stop))
        step()
        #expect(step.firstNaN == nil)
        try step.feed(model.x, [TensorValue(.nan)])
        step()
        #expect(step.firstNaN == "x")
        #expect(try session.value(of: model.w) == 0)
    }

    @Test func loggingTellsEachNodeOnceAndGoesOn() throws {
        let model = Model()
        var issues: [TrainingError] = []
        let session = try Session(model.graph) { issues.append($0) }
        let step = try session.makeCallable(model.train, feeding: [model.x: [0]], options: .init(nanCheck: .log))
        for _ in 0..<3 { step() }
        #expect(issues.map(\.node) == ["quotient", "w"])
        #expect(issues.allSatisfy { $0.code == .notANumber })
        #expect(try session.value(of: model.w).floats?[0].isNaN == true)
    }
}
