import CommandLineSupport
import TensorBoard

/// Where the runs of the lab are logged.
struct XORRunNames {
    private let models: [XORModel]
    private let seed: UInt64
    private let steps: Int

    private static let base = FilePath("logs/xor_logs")

    /// - Parameters:
    ///   - models: The models, which differ in their learning rates at most.
    ///   - seed: What the weights come from.
    ///   - steps: How long they are trained.
    init(_ models: [XORModel], seed: UInt64, steps: Int) {
        self.models = models
        self.seed = seed
        self.steps = steps
    }

    /// The directories where none is given, none of which two configurations share.
    ///
    /// One model has a directory named after what differs from the defaults, such as `network-depth4`. Several have `run1`,
    /// `run2` and so on, in a directory of that kind unless only the learning rates are not the default.
    var defaultDirectories: [FilePath] {
        guard models.count > 1 else { return [Self.base.appending(name(models[0], namesRate: true))] }
        let name = name(models[0], namesRate: false)
        let isDefault = name == XORModel.Kind.network.rawValue
        return directories(in: isDefault ? Self.base : Self.base.appending(name))
    }

    /// The directories below one that is given: itself for one model.
    func directories(in directory: FilePath) -> [FilePath] {
        models.count > 1 ? models.indices.map { directory.appending("run\($0 + 1)") } : [directory]
    }

    private func name(_ model: XORModel, namesRate: Bool) -> String {
        var parts = [model.kind.rawValue]
        if model.hiddenUnits != XORModel.defaultHiddenUnits { parts.append("hidden\(model.hiddenUnits)") }
        if model.depth != XORModel.defaultDepth { parts.append("depth\(model.depth)") }
        if model.activation != .sigmoid { parts.append(model.activation.rawValue) }
        if model.initializer != .normal { parts.append(model.initializer.rawValue) }
        if model.optimizer != .gradientDescent { parts.append(model.optimizer.rawValue) }
        if namesRate, model.learningRate != XORModel.defaultLearningRate {
            parts.append("rate\(model.learningRate.text(significantDigits: 6))")
        }
        if seed != XORModel.defaultSeed { parts.append("seed\(seed)") }
        if steps != XORModel.defaultSteps { parts.append("steps\(steps)") }
        return parts.joined(separator: "-")
    }
}
