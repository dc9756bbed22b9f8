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

    /// The lecture's deep network: nine layers, five units each.
    private func deepModel(_ activation: ActivationKind, _ initializer: InitializerKind) -> XORModel {
        var model = model(.network, hiddenUnits: 5, depth: 9)
        (model.activation, model.initializer, model.logsGradients) = (activation, initializer, true)
        return model
    }

    @Test func aDeepNetworkLearnsWithReLUAndHeAndNotWithSigmoids() throws {
        #expect(try train(deepModel(.sigmoid, .normal)).stepsToLearn == nil)
        #expect(try train(deepModel(.relu, .he)).accuracy == 1)
        #expect(try train(deepModel(.tanh, .xavier)).accuracy == 1)
    }

    @Test func gradientsOfSigmoidLayersVanish() throws {
        /// The magnitude of the first layer's gradient at the first step, as a share of the last layer's.
        func share(_ model: XORModel) throws -> Double {
            let built = model.build()
            let session = try Session(built.graph, seed: XORModel.defaultSeed)
            let feeds = [built.x: XORModel.inputs, built.y: XORModel.labels]
            let summaries = try session.run(built.merged, feeding: feeds).summaries
            func magnitude(_ tag: String) throws -> Double {
                guard case .histogram(let histogram)? = summaries.first(where: { $0.tag == tag })?.payload else {
                    Issue.record("there is no histogram \(tag)")
                    return .nan
                }
                return try max(#require(histogram.maximum), -#require(histogram.minimum))
            }
            return try magnitude("layer1/weights1_gradients") / magnitude("layer9/weights9_gradients")
        }
        #expect(try share(deepModel(.sigmoid, .normal)) < 1e-3)
        #expect(try share(deepModel(.relu, .he)) > 0.1)
    }

    @Test func aCostThatIsNoNumberIsSaid() {
        let result = { (step: Int?) in
            XORResult(
                run: "deep",
                logDirectory: "deep",
                learningRate: 1,
                hypothesis: [],
                predicted: [],
                accuracy: 0.5,
                cost: .nan,
                stepsToLearn: nil,
                firstNaNStep: step,
                seconds: 0
            )
        }
        let model = deepModel(.relu, .normal)
        #expect("\(XORConclusion([result(1234)], model))".contains("is NaN from step 1,234 on"))
        #expect("\(XORConclusion([result(nil)], model))".contains("--activation relu --initializer he"))
    }

    @Test(arguments: OptimizerKind.allCases)
    func everyOptimizerLowersTheCost(_ optimizer: OptimizerKind) throws {
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
