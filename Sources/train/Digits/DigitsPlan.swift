import TensorBoard

/// A model, and how long and with which batches it is trained.
struct DigitsPlan: Sendable {
    static let defaultSeed: UInt64 = 1

    var model = DigitsModel()
    var batchSize = 32
    /// The most times that the training part is gone through.
    var epochs = 60
    /// How many epochs may follow the best one before the training stops; `nil` for all.
    var patience: Int? = 12
    var seed = defaultSeed

    /// What is worth comparing in the HParams dashboard.
    var hyperparameters: [String: HyperparameterValue] {
        var values = model.hyperparameters
        values["batch_size"] = HyperparameterValue(batchSize)
        values["seed"] = HyperparameterValue(seed)
        return values
    }

    /// What a training that is resumed must have in common with the one before, in words.
    var fixedSettings: [String: String] {
        var settings = hyperparameters.mapValues(\.description)
        // Where the rate changes on the way to the last epoch, the last epoch is a part of it.
        if model.schedule != .constant { settings["epochs"] = "\(epochs)" }
        return settings
    }
}
