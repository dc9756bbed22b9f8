import TensorBoard
import TrainingCore

/// The settings of a network that both labs have.
struct NetworkSettings: Sendable {
    /// `nil` for what suits the optimizer.
    var learningRate: Float?
    var hiddenUnits: LayerWidths
    var optimizer: OptimizerKind
    var initializer: InitializerKind
    var activation: ActivationKind
}

extension NetworkSettings {
    /// Takes the values of a point, in the order of the stored properties.
    init(_ point: SweepSpace.Point, defaults: NetworkSettings) {
        self = defaults
        learningRate = Float(point[0])
        hiddenUnits = LayerWidths(argument: point[1]) ?? hiddenUnits
        optimizer = OptimizerKind(rawValue: point[2]) ?? optimizer
        initializer = InitializerKind(rawValue: point[3]) ?? initializer
        activation = ActivationKind(rawValue: point[4]) ?? activation
    }
}

/// How a sweep trains the networks of the XOR lab.
struct XORSweepTraining: SweepTraining {
    private let model: XORModel
    private let seed: UInt64
    let stepCount: Int

    init(_ settings: NetworkSettings, seed: UInt64, steps: Int) {
        let widths = settings.hiddenUnits.widths
        model = XORModel(
            kind: .network,
            hiddenUnits: widths[0],
            depth: widths.count + 1,
            activation: settings.activation,
            initializer: settings.initializer,
            optimizer: settings.optimizer,
            learningRate: settings.learningRate ?? XORModel.defaultLearningRate
        )
        self.seed = seed
        stepCount = steps
    }

    /// The hyperparameters that its run logs.
    var hyperparameters: [String: HyperparameterValue] {
        model.hyperparameters.merging(["seed": HyperparameterValue(seed), "steps": HyperparameterValue(stepCount)]) {
            $1
        }
    }

    func run(_ directory: FilePath, _ line: TrainingConsole.Line) throws -> SweepOutcome {
        let writer = try SummaryWriter(logDirectory: directory, options: .init(existingRun: .overwrite))
        // Ten thousand points a curve, and as many histograms, are more than a comparison needs.
        let training = XORTraining(
            model: model,
            seed: seed,
            steps: stepCount,
            summaryEvery: max(1, stepCount / 200),
            traceStep: nil,
            writer: writer
        )
        let result = try training.run(line)
        return SweepOutcome(
            accuracy: Double(result.accuracy),
            loss: Double(result.cost),
            stepCount: stepCount,
            seconds: result.seconds
        )
    }
}

/// How a sweep trains the networks of the digits lab.
struct DigitsSweepTraining: SweepTraining {
    private let plan: DigitsPlan
    private let data: DigitsData

    init(_ settings: NetworkSettings, seed: UInt64, epochs: Int, data: DigitsData) {
        plan = DigitsPlan(
            model: DigitsModel(
                hiddenUnits: settings.hiddenUnits.widths,
                activation: settings.activation,
                optimizer: settings.optimizer,
                learningRate: settings.learningRate ?? DigitsModel.defaultLearningRate(of: settings.optimizer),
                initializer: settings.initializer
            ),
            epochs: epochs,
            seed: seed
        )
        self.data = data
    }

    var stepCount: Int { plan.epochs * DigitsTraining.batchCount(plan, data) }

    /// Its accuracy and loss are those of validation: a choice must not be made by the test.
    func run(_ directory: FilePath, _ line: TrainingConsole.Line) throws -> SweepOutcome {
        let log = try DigitsLog(directory, .overwrite)
        var training = try DigitsTraining(plan, data, log, nil)
        let result = try training.run(line)
        return SweepOutcome(
            accuracy: Double(result.validation.accuracy),
            loss: Double(result.validation.loss),
            stepCount: result.progress.step,
            seconds: result.seconds
        )
    }
}
