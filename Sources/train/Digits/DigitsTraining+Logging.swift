import CommandLineSupport
import TensorBoard
import TensorBoardKit
import TrainingCore

extension DigitsTraining {
    /// Logs what is known before the first step.
    func logBeginning() {
        // Also in a session that resumes: they say that the run goes on.
        log.main.hyperparameters(plan.hyperparameters)
        guard progress.step == 0 else { return }
        log.main.graph(built.graph.definition)
        log.main.logRunInformation()
        let layers = plan.model.layerNames.map { LayerDiagram.Layer($0, "Dense") }
        log.main.model(
            "network",
            LayerDiagram(
                "network",
                layers: [.init("images", "InputLayer")] + layers + [.init("probabilities", "Softmax")]
            ),
            step: 0
        )
        for (tag, description) in Self.descriptions {
            for writer in [log.training, log.validation, log.main] { writer.describe(tag, description: description) }
        }
    }

    /// Logs one batch, before its step has changed the network.
    func logStep(_ result: RunResult) {
        log.training.step(progress.step) { step in
            step.scalar("batch/loss", result.scalar(built.loss) ?? .nan)
            step.scalar("batch/accuracy", result.scalar(built.accuracy) ?? .nan)
            step.scalar("batch/gradient_norm", result.scalar(built.gradientNorm) ?? .nan)
            step.scalar("batch/learning_rate", result.scalar(built.learningRate) ?? .nan)
        }
        if let metadata = result.runMetadata {
            log.main.runMetadata("step\(progress.step)", metadata, step: progress.step)
        }
    }

    /// Logs how the network does after an epoch.
    ///
    /// - Parameters:
    ///   - validation: How it does on the validation part.
    ///   - withExhibits: Whether to log pictures too.
    /// - Throws: If the graph cannot be run or a picture not be made.
    func logEpoch(_ validation: DigitsEvaluation, withExhibits: Bool) throws {
        let hidden = built.layers.dropLast()
        let result = try session.run(
            [built.loss, built.accuracy, built.histograms] + hidden.map(\.activations),
            feeding: [built.x: data.training.data.features, built.y: data.training.data.labels, built.isTraining: 0]
        )
        log.training.step(progress.step) { step in
            step.scalar("loss", result.scalar(built.loss) ?? .nan)
            step.scalar("accuracy", result.scalar(built.accuracy) ?? .nan)
            step.scalar("epoch", progress.epoch)
            step.add(result.summaries)
            for layer in hidden {
                step.scalar("dead_units/\(layer.name)", Self.deadShare(result[layer.activations]))
            }
        }
        log.validation.step(progress.step) { step in
            step.scalar("loss", validation.loss)
            step.scalar("accuracy", validation.accuracy)
            step.histogram("certainty", validation.certainties)
        }
        if withExhibits { try logExhibits(validation) }
    }

    /// The share of the units that give the same answer to every image, as a ReLU does that is never above 0.
    private static func deadShare(_ activations: TensorValue?) -> Float {
        guard let values = activations?.floats, let units = activations?.shape.last, units > 0 else { return .nan }
        let dead = (0..<units).count { unit in
            stride(from: unit, to: values.count, by: units).allSatisfy { values[$0] == values[unit] }
        }
        return Float(dead) / Float(units)
    }

    private func logExhibits(_ validation: DigitsEvaluation) throws {
        let (writer, step) = (log.validation, progress.step)
        writer.image(
            "images/predictions",
            try DigitsPictures.predictions(Array(0..<20), validation),
            step: step
        )
        let mistakes = Array(validation.mistakes.prefix(16))
        if !mistakes.isEmpty {
            writer.image(
                "images/worst mistakes",
                try DigitsPictures.predictions(mistakes, validation),
                step: step
            )
        }
        writer.confusionMatrix("confusion", validation.confusion, labels: DigitsData.classNames, step: step)
        writer.precisionRecallCurves(
            "digit",
            labels: validation.part.classes,
            probabilities: validation.probabilities,
            classNames: DigitsData.classNames,
            step: step
        )
        let weights = try session.value(of: built.layers[0].weights)
        let pictures = try DigitsPictures.units(weights.floats ?? [], units: weights.shape.last ?? 0)
        log.training.imageGrid("layer1/units", pictures, columns: 8, step: step)
    }

    /// Logs how the network of the best epoch does on images that nothing was chosen by.
    ///
    /// - Parameter test: How it does on the test part.
    /// - Throws: If a picture cannot be made.
    func logConclusion(_ test: DigitsEvaluation) throws {
        let (writer, step) = (log.main, progress.step)
        writer.step(step) { step in
            step.scalar("test/loss", test.loss)
            step.scalar("test/accuracy", test.accuracy)
        }
        writer.confusionMatrix("test/confusion", test.confusion, labels: DigitsData.classNames, step: step)
        writer.precisionRecallCurves(
            "test",
            labels: test.part.classes,
            probabilities: test.probabilities,
            classNames: DigitsData.classNames,
            step: step
        )
        let mistakes = Array(test.mistakes.prefix(16))
        if !mistakes.isEmpty {
            writer.image("test/mistakes", try DigitsPictures.predictions(mistakes, test), step: step)
        }
        try logEmbedding(test)
        writer.text("report", report(test), step: step)
    }

    private func logEmbedding(_ test: DigitsEvaluation) throws {
        guard let last = built.layers.dropLast().last else { return }
        let result = try session.run(
            last.activations,
            feeding: [built.x: test.part.data.features, built.isTraining: 0],
            summaries: false
        )
        let values = result[last.activations]?.floats ?? []
        let width = result[last.activations]?.shape.last ?? 1
        log.main.embedding(
            "\(last.name)/activations",
            stride(from: 0, to: values.count, by: width).map { Array(values[$0..<$0 + width]) },
            columns: [
                "digit": test.part.classes.map { "\($0)" },
                "predicted": test.predictions.map { "\($0)" },
                "certainty": test.certainties.map { $0.text(fractionDigits: 3) },
            ],
            sprites: try test.part.classes.indices.map { try DigitsPictures.image(test.part.image($0), scale: 3) },
            step: progress.step
        )
    }

    private func report(_ test: DigitsEvaluation) -> String {
        """
        ## Handwritten digits

        A network of \(plan.model.layerNames.count) layers learned to read them.

        - accuracy on the test part: **\(test.accuracy.text(fractionDigits: 4))**
        - cross entropy on the test part: **\(test.loss.text(significantDigits: 3))**
        - best epoch: \(progress.bestEpoch) of \(progress.epoch)

        Data: E. Alpaydin and C. Kaynak, "Optical Recognition of Handwritten Digits" (1998), UCI Machine Learning Repository,
        CC BY 4.0.
        """
    }

    /// Descriptions by tag.
    private static let descriptions: [(tag: String, description: String)] = [
        (
            "loss",
            "Mean cross entropy of the whole part after each epoch. Where validation rises, the network overfits."
        ),
        ("accuracy", "The share of the part's images whose digit is right."),
        ("batch/loss", "Mean cross entropy of each batch before its step."),
        ("batch/gradient_norm", "The length of the gradient by all weights and biases together."),
        ("images/worst mistakes", "Validation images taken for another digit, those of the least likely truth first."),
        ("confusion", "Rows are the true digits, columns what the network takes them for."),
        ("layer1/units", "What each unit of the first layer looks for: bright is ink, dark is paper."),
    ]
}
