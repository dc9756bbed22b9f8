import ArgumentParser
import TensorBoard
import TrainingCore

/// What a sweep trains.
enum SweepLab: String, CaseIterable, ExpressibleByArgument {
    case xor
    case digits

    static var list: String { allCases.map(\.rawValue).joined(separator: ", ") }

    /// The columns of the HParams dashboard: what differs from trial to trial, and what is to be compared.
    ///
    /// - Parameter names: The hyperparameters that have several values.
    /// - Returns: The experiment.
    func experiment(comparing names: Set<String>) -> HyperparameterExperiment {
        let values = self == .xor ? XORSweepTrial.hyperparameters : DigitsPlan().hyperparameters
        let columns = values.filter { names.contains($0.key) }.sorted { $0.key < $1.key }.map { name, value in
            let domain: HyperparameterExperiment.Hyperparameter.Domain =
                switch value {
                case .string: .text
                case .number: .number
                case .bool: .bool
                }
            return HyperparameterExperiment.Hyperparameter(name, domain: domain)
        }
        return HyperparameterExperiment(hyperparameters: columns, metrics: metrics)
    }

    private var metrics: [HyperparameterExperiment.Metric] {
        switch self {
        case .xor: [.init("accuracy"), .init("cost")]
        case .digits:
            [
                .init("accuracy", group: "validation", displayName: "validation accuracy"),
                .init("loss", group: "validation", displayName: "validation loss"),
                .init("test/accuracy", displayName: "test accuracy"),
            ]
        }
    }
}

/// How a sweep trains the networks of the XOR lab.
struct XORSweepTrial {
    var model: XORModel
    let seed: UInt64
    let steps: Int

    /// The hyperparameters that its runs log.
    static var hyperparameters: [String: HyperparameterValue] {
        let model = XORModel(
            kind: .network,
            hiddenUnits: XORModel.defaultHiddenUnits,
            depth: XORModel.defaultDepth,
            optimizer: .gradientDescent,
            learningRate: XORModel.defaultLearningRate
        )
        return model.hyperparameters.merging(["seed": 1, "steps": HyperparameterValue(XORModel.defaultSteps)]) { $1 }
    }

    func run(_ directory: FilePath, _ line: TrainingConsole.Line) throws -> SweepOutcome {
        let writer = try SummaryWriter(logDirectory: directory, options: .init(existingRun: .overwrite))
        // Ten thousand points a curve, and as many histograms, are more than a comparison needs.
        let training = XORTraining(
            model: model,
            seed: seed,
            steps: steps,
            summaryEvery: max(1, steps / 200),
            traceStep: nil,
            writer: writer
        )
        let result = try training.run(line)
        return SweepOutcome(
            accuracy: Double(result.accuracy),
            loss: Double(result.cost),
            stepCount: steps,
            seconds: result.seconds
        )
    }
}

/// How a sweep trains the networks of the digits lab.
struct DigitsSweepTrial {
    var plan: DigitsPlan
    let data: DigitsData

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
