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

    /// The console shows every so many steps.
    private static let reportEvery = 100

    /// Trains from the first step to the last.
    ///
    /// - Parameter console: Where to show how it goes.
    /// - Returns: What the model has learned.
    /// - Throws: If the log could not be written.
    func run(_ console: TrainingConsole) throws -> XORResult {
        do {
            return try train(console)
        } catch {
            // What went wrong matters more than a log that cannot be closed then.
            try? writer.close(outcome: .failure)
            throw error
        }
    }

    private func train(_ console: TrainingConsole) throws -> XORResult {
        let start = ContinuousClock.now
        let name = writer.logDirectory.lastComponent?.string ?? "run"

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
        var stepsToLearn: Int?
        for index in 0..<steps {
            // 4. Add the summaries at each step.
            let isTraced = index == traceStep
            let isLogged = index.isMultiple(of: summaryEvery) || index == steps - 1 || isTraced
            let current = if isTraced, let tracedStep { tracedStep } else { isLogged ? step : silentStep }
            current()
            if isTraced, let metadata = current.runMetadata {
                writer.runMetadata("step\(index)", metadata, step: index)
            }
            if isLogged { writer.add(current.summaries, step: index) }
            if stepsToLearn == nil, current.scalar(built.accuracy) == 1 { stepsToLearn = index }
            console.advance()
            if console.isShown, index.isMultiple(of: Self.reportEvery), let cost = current.scalar(built.cost) {
                console.report(run: name, step: index, cost: cost, weights: current[built.weights1])
            }
        }
        // 5. Start TensorBoard: `scripts/tensorboard`.
        try writer.close()

        let final = try session.run(
            built.hypothesis,
            built.predicted,
            built.accuracy,
            built.cost,
            feeding: feeds,
            summaries: false
        )
        return XORResult(
            run: name,
            logDirectory: writer.logDirectory.string,
            learningRate: model.learningRate,
            hypothesis: final[built.hypothesis]?.floats ?? [],
            predicted: final[built.predicted]?.floats ?? [],
            accuracy: final[built.accuracy]?.floats?.first ?? .nan,
            cost: final[built.cost]?.floats?.first ?? .nan,
            stepsToLearn: stepsToLearn,
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
