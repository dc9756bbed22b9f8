import ArgumentParser
import TensorBoard
import TrainingCore

/// What a sweep trains.
enum SweepLab: String, CaseIterable, ExpressibleByArgument {
    case xor
    case digits

    static var list: String { allCases.map(\.rawValue).joined(separator: ", ") }

    /// What is trained where nothing is said.
    var defaults: NetworkSettings {
        switch self {
        case .xor:
            NetworkSettings(
                hiddenUnits: LayerWidths(widths: [XORModel.defaultHiddenUnits]),
                optimizer: .gradientDescent,
                initializer: .normal,
                activation: .sigmoid
            )
        case .digits:
            NetworkSettings(
                hiddenUnits: LayerWidths(widths: DigitsModel().hiddenUnits),
                optimizer: DigitsModel().optimizer,
                initializer: DigitsModel().initializer,
                activation: DigitsModel().activation
            )
        }
    }

    /// The columns of the HParams dashboard: what differs from trial to trial, and what is to be compared.
    ///
    /// - Parameter names: The hyperparameters that have several values.
    /// - Returns: The experiment.
    func experiment(comparing names: Set<String>) -> HyperparameterExperiment {
        let values =
            switch self {
            case .xor: XORSweepTraining(defaults, seed: 1, steps: 1).hyperparameters
            case .digits: DigitsPlan().hyperparameters
            }
        // A column is needed at least; where nothing differs, all are as good.
        let columns = values.filter { names.isEmpty || names.contains($0.key) }.sorted { $0.key < $1.key }.map {
            name,
            value in
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
