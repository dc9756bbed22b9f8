import TensorBoard
import TestSupport
import Testing
import TrainingCore

@testable import train

struct XORModelTests {
    private func train(_ model: XORModel) throws -> XORResult {
        let directory = try TemporaryDirectory()
        let writer = try SummaryWriter(logDirectory: directory.path)
        let training = XORTraining(
            model: model,
            seed: XORModel.defaultSeed,
            steps: 10_001,
            summaryEvery: 1000,
            traceStep: nil,
            writer: writer
        )
        return try training.run(TrainingConsole(runs: ["run"], steps: 10_001, isQuiet: true).line(ofRun: 0))
    }

    private func model(_ kind: XORModel.Kind, _ rate: Float = 0.1, hiddenUnits: Int = 2, depth: Int = 2) -> XORModel {
        XORModel(
            kind: kind,
            hiddenUnits: hiddenUnits,
            depth: depth,
            optimizer: .gradientDescent,
            learningRate: rate
        )
    }

    @Test func oneLogisticUnitCannotLearnXOR() throws {
        let result = try train(model(.logistic))
        #expect(result.accuracy == 0.5)
        // A coin's cost: the logarithm of 2.
        #expect(abs(result.cost - 0.693147) < 1e-4)
        #expect(result.stepsToLearn == nil)
    }

    @Test(arguments: [0.1, 1] as [Float])
    func twoLayersLearnXOR(_ rate: Float) throws {
        let result = try train(model(.network, rate))
        #expect(result.accuracy == 1)
        #expect(result.cost < 0.1)
        #expect(result.predicted == [0, 1, 1, 0])
        #expect(try #require(result.stepsToLearn) > 0)
    }

    @Test func aWiderAndADeeperNetworkHaveTheirScopes() throws {
        let built = model(.network, hiddenUnits: 5, depth: 4).build()
        let names = Set(built.graph.definition.nodes.map(\.name))
        for layer in 1...4 { #expect(names.contains("layer\(layer)/weight\(layer)")) }
        #expect(!names.contains { $0.hasPrefix("layer5/") })
        let shapes = built.graph.variables.map { $0.shape }
        #expect(shapes == [[2, 5], [5], [5, 5], [5], [5, 5], [5], [5, 1], [1]])
        _ = try Session(built.graph)
    }

    @Test(arguments: XORModel.OptimizerKind.allCases)
    func everyOptimizerLowersTheCost(_ optimizer: XORModel.OptimizerKind) throws {
        var model = model(.network)
        model.optimizer = optimizer
        #expect(try train(model).cost < 0.6)
    }

    @Test func theGraphHasTheScopesOfTheLecture() {
        let definition = model(.network).build().graph.definition
        for scope in ["layer1/", "layer2/", "gradients/", "cost/", "train/"] {
            #expect(definition.nodes.contains { $0.name.hasPrefix(scope) }, "\(scope)")
        }
    }
}
