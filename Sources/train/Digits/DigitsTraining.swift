import Checkpoints
import TensorBoard
import TrainingCore

/// One training of a network on the digits, logged, and saved at the end of each epoch.
struct DigitsTraining {
    let plan: DigitsPlan
    let data: DigitsData
    let log: DigitsLog
    /// Where the training is saved; `nil` for not at all.
    let checkpoints: DigitsCheckpoints?
    let built: DigitsModel.Built
    let session: Session
    /// How far it has come.
    var progress = Progress()
    private var best: Checkpoint?

    /// How far a training has come.
    struct Progress: Equatable {
        /// Epochs that were gone through.
        var epoch = 0
        /// Training steps that were made.
        var step = 0
        /// The epochs before the best one.
        var bestEpoch = 0
        /// The validation loss then.
        var bestLoss = Float.infinity
    }

    /// - Parameters:
    ///   - plan: What to train.
    ///   - data: The digits.
    ///   - log: Where to log.
    ///   - checkpoints: Where to save; `nil` for not at all.
    /// - Throws: `TrainingError` if there is a mistake in the graph.
    init(_ plan: DigitsPlan, _ data: DigitsData, _ log: DigitsLog, _ checkpoints: DigitsCheckpoints?) throws {
        self.plan = plan
        self.data = data
        self.log = log
        self.checkpoints = checkpoints
        built = plan.model.build(steps: plan.epochs * Self.batchCount(plan, data))
        if let error = built.graph.firstError { throw error }
        session = try Session(built.graph, seed: plan.seed)
    }

    /// The number of batches of an epoch.
    static func batchCount(_ plan: DigitsPlan, _ data: DigitsData) -> Int {
        (data.training.data.count + plan.batchSize - 1) / plan.batchSize
    }

    /// Every how many epochs to log what takes long to compute or to look at, 10 times at most: TensorBoard keeps no more
    /// than 10 images of a tag.
    private var exhibitInterval: Int { 1 + max(0, plan.epochs - 1) / 9 }

    /// Goes on where a training was when it was saved.
    ///
    /// - Parameter saved: The training at the end of an epoch.
    /// - Throws: `CheckpointError` if it is of another network.
    mutating func resume(_ saved: DigitsCheckpoints.Saved) throws {
        try saved.latest.restore(to: session)
        progress = saved.progress
        best = saved.best
    }

    /// Trains until the last epoch, or until the validation loss has not become lower for as long as is to be waited.
    ///
    /// - Parameter line: Where to show how it goes.
    /// - Returns: What the network of the best epoch does.
    /// - Throws: If something cannot be written, or the graph not be run.
    mutating func run(_ line: TrainingConsole.Line) throws -> DigitsResult {
        do {
            let result = try train(line)
            try log.close()
            return result
        } catch {
            // What went wrong matters more than a log that cannot be closed then.
            try? log.close(outcome: .failure)
            throw error
        }
    }

    private mutating func train(_ line: TrainingConsole.Line) throws -> DigitsResult {
        let start = ContinuousClock.now
        var line = line
        logBeginning()
        while true {
            // Before anything is logged at this step: a training that is resumed logs it again.
            try save()
            let validation = try DigitsEvaluation(data.validation, built, session)
            try keepIfBest(validation)
            let isLast = progress.epoch >= plan.epochs || isAtEndOfPatience
            try logEpoch(validation, withExhibits: isLast || progress.epoch.isMultiple(of: exhibitInterval))
            if isLast { break }
            try trainEpoch(&line, validation)
        }
        try best?.restore(to: session)
        let test = try DigitsEvaluation(data.test, built, session)
        try logConclusion(test)
        return DigitsResult(
            run: log.name,
            logDirectory: log.main.logDirectory.string,
            training: .init(try DigitsEvaluation(data.training, built, session)),
            validation: .init(try DigitsEvaluation(data.validation, built, session)),
            test: .init(test),
            progress: progress,
            seconds: (ContinuousClock.now - start) / .seconds(1)
        )
    }

    private var isAtEndOfPatience: Bool {
        plan.patience.map { progress.epoch - progress.bestEpoch >= $0 } ?? false
    }

    private func save() throws {
        guard let checkpoints else { return }
        try log.flush()
        try checkpoints.save(session, plan, progress)
    }

    private mutating func keepIfBest(_ validation: DigitsEvaluation) throws {
        guard validation.loss < progress.bestLoss || best == nil else { return }
        progress.bestEpoch = progress.epoch
        progress.bestLoss = validation.loss
        let checkpoint = try Checkpoint(of: session, step: progress.step)
        try checkpoints?.saveBest(checkpoint)
        best = checkpoint
    }

    private mutating func trainEpoch(_ line: inout TrainingConsole.Line, _ validation: DigitsEvaluation) throws {
        let batches = try data.training.data.batches(of: plan.batchSize, epoch: progress.epoch, seed: plan.seed)
        for batch in batches {
            try Interruption.check()
            let isTraced = progress.step == 0
            let result = try session.run(
                [built.train, built.loss, built.accuracy, built.gradientNorm, built.learningRate],
                feeding: [built.x: batch.features, built.y: batch.labels, built.isTraining: 1],
                summaries: false,
                options: .init(traceLevel: isTraced ? .full : .off)
            )
            logStep(result)
            // What follows would be NaN too, and no picture can show it.
            guard result.scalar(built.loss)?.isFinite == true else {
                throw DivergedError(step: progress.step, learningRate: plan.model.learningRate)
            }
            line.observe(progress.step) {
                TrainingConsole.Reading(cost: result.scalar(built.loss) ?? .nan, accuracy: validation.accuracy)
            }
            progress.step += 1
        }
        progress.epoch += 1
    }
}

/// The loss of a training is not a number any more.
struct DivergedError: Error, CustomStringConvertible {
    let step: Int
    let learningRate: Float

    var description: String {
        "the loss is not a finite number at step \(step); try a learning rate below \(learningRate), or the initializer he or "
            + "xavier"
    }
}

/// What a training has come to.
struct DigitsResult: Sendable {
    /// How the network does on a part of the digits.
    struct Score: Sendable, Encodable {
        let images: Int
        let loss: Float
        let accuracy: Float

        init(_ evaluation: DigitsEvaluation) {
            images = evaluation.part.classes.count
            loss = evaluation.loss
            accuracy = evaluation.accuracy
        }
    }

    let run: String
    let logDirectory: String
    let training: Score
    let validation: Score
    let test: Score
    let progress: DigitsTraining.Progress
    let seconds: Double
}
