import TensorBoard
import TrainingCore

/// One run of the lab: a model, trained and logged.
struct XORTraining: Sendable {
    let model: XORModel
    let seed: UInt64
    let steps: Int
    let summaryEvery: Int
    /// The step at which time and memory are measured.
    let traceStep: Int?
    let writer: SummaryWriter

    /// What the run is called.
    var name: String { writer.logDirectory.lastComponent?.string ?? "run" }

    /// Trains from the first step to the last.
    ///
    /// - Parameter line: Where to show how it goes.
    /// - Returns: What the model has learned.
    /// - Throws: If the log could not be written, or ``Interrupted``.
    func run(_ line: TrainingConsole.Line) throws -> XORResult {
        do {
            return try train(line)
        } catch {
            // What went wrong matters more than a log that cannot be closed then.
            try? writer.close(outcome: .failure)
            throw error
        }
    }

    private func train(_ line: TrainingConsole.Line) throws -> XORResult {
        let start = ContinuousClock.now

        // 1. Choose the tensors to look at, and 2. merge their summaries: both are part of the model's graph.
        let built = model.build()
        let session = try Session(built.graph, seed: seed)
        let feeds = [built.x: XORModel.inputs, built.y: XORModel.labels]

        // 3. Make the writer (the command has), and add the graph.
        writer.graph(built.graph.definition)
        writer.hyperparameters(hyperparameters)

        let fetches = [built.train, built.cost, built.accuracy, built.weights1]
        let step = try session.makeCallable(fetches + [built.merged], feeding: feeds)
        let silentStep = try session.makeCallable(fetches, feeding: feeds, summaries: false)
        let tracedStep = try traceStep.map { _ in
            try session.makeCallable(fetches + [built.merged], feeding: feeds, options: .init(traceLevel: .full))
        }
        var line = line
        var (stepsToLearn, firstNaNStep) = (Int?.none, Int?.none)
        var (cost, accuracy) = (Float.nan, Float.nan)
        for index in 0..<steps {
            try Interruption.check()
            // 4. Add the summaries at each step.
            let isTraced = index == traceStep
            let isLogged = index.isMultiple(of: summaryEvery) || index == steps - 1 || isTraced
            let current = if isTraced, let tracedStep { tracedStep } else { isLogged ? step : silentStep }
            current()
            if isTraced, let metadata = current.runMetadata {
                writer.runMetadata("step\(index)", metadata, step: index)
            }
            if isLogged { writer.add(current.summaries, step: index) }
            cost = current.scalar(built.cost) ?? .nan
            accuracy = current.scalar(built.accuracy) ?? .nan
            if stepsToLearn == nil, accuracy == 1 { stepsToLearn = index }
            if firstNaNStep == nil, cost.isNaN { firstNaNStep = index }
            line.observe(index) {
                TrainingConsole.Reading(cost: cost, accuracy: accuracy, weights: current[built.weights1])
            }
        }
        // 5. Start TensorBoard: `scripts/tensorboard`.
        try writer.close()

        let final = try session.run(built.hypothesis, built.predicted, feeding: feeds, summaries: false)
        return XORResult(
            run: name,
            logDirectory: writer.logDirectory.string,
            learningRate: model.learningRate,
            hypothesis: final[built.hypothesis]?.floats ?? [],
            predicted: final[built.predicted]?.floats ?? [],
            // As in the log: those of the last step.
            accuracy: accuracy,
            cost: cost,
            stepsToLearn: stepsToLearn,
            firstNaNStep: firstNaNStep,
            seconds: (ContinuousClock.now - start) / .seconds(1)
        )
    }

    private var hyperparameters: [String: HyperparameterValue] {
        var values = model.hyperparameters
        values["seed"] = HyperparameterValue(seed)
        values["steps"] = HyperparameterValue(steps)
        return values
    }
}
