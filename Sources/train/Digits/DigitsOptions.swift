import ArgumentParser

/// The options that say what to train on the digits.
struct DigitsOptions: ParsableArguments {
    @Option(help: "The widths of the hidden layers, from the first to the last, as in 128,64.")
    var hiddenUnits = LayerWidths(widths: DigitsModel().hiddenUnits)

    @Option(help: "What a hidden unit makes of its inputs: \(ActivationKind.list).")
    var activation = DigitsModel().activation

    @Option(help: "How to follow the gradients: \(OptimizerKind.list).")
    var optimizer = DigitsModel().optimizer

    @Option(
        parsing: .unconditional,
        help: "The learning rate. (default: 0.002 for adam, 0.02 for momentum, 0.1 for gradient-descent)"
    )
    var learningRate: Float?

    @Option(help: "The weights at the beginning: \(InitializerKind.list).")
    var initializer = DigitsModel().initializer

    @Option(parsing: .unconditional, help: "The share of the hidden units that each training step leaves out, below 1.")
    var dropout = DigitsModel().dropout

    @Option(help: "How the learning rate changes: \(ScheduleKind.list).")
    var schedule = DigitsModel().schedule

    @Option(parsing: .unconditional, help: "The images of a training step.")
    var batchSize = DigitsPlan().batchSize

    @Option(parsing: .unconditional, help: "How often to go through the training part, if it does not stop before.")
    var epochs = DigitsPlan().epochs

    @Option(
        parsing: .unconditional,
        help: "Stop after so many epochs without a lower validation loss; 0 never stops early."
    )
    var patience = DigitsPlan().patience ?? 0

    @Option(
        parsing: .unconditional,
        help: "The number that the initial weights and the batches come from; the same on every machine."
    )
    var seed = DigitsPlan.defaultSeed

    func validate() throws {
        if let learningRate, !(learningRate > 0 && learningRate.isFinite) {
            throw ValidationError("--learning-rate \(learningRate) must be a number above 0; 0.002 is a good start.")
        }
        guard (0..<1).contains(dropout) else {
            throw ValidationError("--dropout \(dropout) must be from 0 up to but not including 1; 0.2 is a good start.")
        }
        guard (1...100_000).contains(batchSize) else {
            throw ValidationError("--batch-size \(batchSize) must be from 1 to 100,000.")
        }
        guard (1...100_000).contains(epochs) else {
            throw ValidationError("--epochs \(epochs) must be from 1 to 100,000.")
        }
        guard patience >= 0 else { throw ValidationError("--patience \(patience) must be 0 or more.") }
    }

    /// What is to be trained.
    var plan: DigitsPlan {
        DigitsPlan(
            model: DigitsModel(
                hiddenUnits: hiddenUnits.widths,
                activation: activation,
                optimizer: optimizer,
                learningRate: learningRate ?? DigitsModel.defaultLearningRate(of: optimizer),
                initializer: initializer,
                dropout: dropout,
                schedule: schedule
            ),
            batchSize: batchSize,
            epochs: epochs,
            patience: patience == 0 ? nil : patience,
            seed: seed
        )
    }
}

/// The widths of hidden layers as they are written on the command line.
struct LayerWidths: ExpressibleByArgument, CustomStringConvertible {
    let widths: [Int]

    init(widths: [Int]) { self.widths = widths }

    /// Takes 1 to 100 numbers from 1 to 4,096 with commas between them.
    init?(argument: String) {
        let parts = argument.split(separator: ",", omittingEmptySubsequences: false)
        let widths = parts.compactMap { Int($0) }
        guard widths.count == parts.count, widths.count <= 100, widths.allSatisfy({ (1...4096).contains($0) }) else {
            return nil
        }
        self.widths = widths
    }

    var description: String { widths.map { "\($0)" }.joined(separator: ",") }
}
