import TensorBoard
import TrainingCore

/// The gallery's run: a classifier, trained and logged in every way that there is.
struct GalleryTraining {
    let writer: SummaryWriter
    let steps: Int
    let hyperparameters = SpiralClassifier.Hyperparameters()
    let classifier: SpiralClassifier
    let session: Session
    let trainingData: SpiralData
    let validationData: SpiralData
    /// Pictures of the plane so far, for the video.
    var frames: [Image] = []
    /// The losses so far, for the figure and the sound.
    var losses: (train: [Float], validation: [Float]) = ([], [])

    /// Every how many steps to log what takes long to compute or to look at, 10 times at most: TensorBoard keeps no more
    /// than 10 images of a tag.
    static func exhibitInterval(steps: Int) -> Int { 1 + (steps - 2) / 9 }

    init(_ writer: SummaryWriter, steps: Int, seed: UInt64) throws {
        self.writer = writer
        self.steps = steps
        classifier = SpiralClassifier(hyperparameters)
        session = try Session(classifier.graph, seed: seed)
        trainingData = SpiralData(countPerClass: 120, seed: seed, name: "training")
        validationData = SpiralData(countPerClass: 60, seed: seed, name: "validation")
    }

    /// Trains from the first step to the last.
    ///
    /// - Parameter console: Where to show how it goes.
    /// - Returns: The accuracy on points never seen.
    /// - Throws: If the graph cannot be run or a picture cannot be made.
    mutating func run(_ console: TrainingConsole) throws -> Float {
        logWholeRun()
        let feeds = [classifier.x: trainingData.points, classifier.y: trainingData.labels]
        let step = try session.makeCallable(classifier.train, classifier.loss, classifier.accuracy, feeding: feeds)
        let exhibitInterval = Self.exhibitInterval(steps: steps)
        var line = console.line(ofRun: 0)
        var accuracy: Float = 0
        for index in 0..<steps {
            let evaluation = try evaluate()
            step()
            writer.add(step.summaries, step: index)
            losses.train.append(step.scalar(classifier.loss) ?? .nan)
            losses.validation.append(evaluation.loss)
            accuracy = evaluation.accuracy
            logScalars(evaluation, trainingAccuracy: step.scalar(classifier.accuracy) ?? .nan, step: index)
            if index.isMultiple(of: exhibitInterval) { try logExhibits(evaluation, step: index) }
            line.observe(index) {
                TrainingConsole.Reading(cost: losses.train.last ?? .nan, accuracy: accuracy)
            }
        }
        try logConclusion(try evaluate(), step: steps - 1)
        try logMeasuredStep(feeds)
        return accuracy
    }

    /// Trains one step more and logs what each node took, for the colours of the Graphs tab.
    private func logMeasuredStep(_ feeds: [Tensor: TensorValue]) throws {
        let fetches = [classifier.train, classifier.loss, classifier.accuracy, classifier.probabilities]
        let result = try session.run(fetches, feeding: feeds, options: .init(traceLevel: .full))
        if let metadata = result.runMetadata { writer.runMetadata("step\(steps)", metadata, step: steps) }
    }

    private func evaluate() throws -> Evaluation {
        let result = try session.run(
            classifier.probabilities,
            classifier.loss,
            feeding: [classifier.x: validationData.points, classifier.y: validationData.labels],
            summaries: false
        )
        return Evaluation(
            validationData,
            probabilities: result[classifier.probabilities],
            loss: result.scalar(classifier.loss) ?? .nan
        )
    }

    /// Logs what is known before the first step.
    private func logWholeRun() {
        writer.hyperparameters(hyperparameters)
        writer.graph(classifier.graph.definition)
        writer.model("classifier", classifier.diagram, step: 0)
        writer.text("report/hyperparameters", encoding: hyperparameters, step: 0)
        writer.text("report/network", code: SpiralClassifier.sketch, language: "swift", step: 0)
        writer.layout {
            ChartCategory("Learning") {
                MultilineChart("loss", ["loss/train", "loss/validation"])
                MultilineChart("accuracy", ["accuracy/train", "accuracy/validation"])
            }
            ChartCategory("Certainty") {
                MarginChart(
                    "certainty, 10th to 90th percentile",
                    [.init("certainty/median", lower: "certainty/lower", upper: "certainty/upper")]
                )
            }
        }
        for (tag, title, description) in Self.descriptions {
            writer.describe(tag, displayName: title, description: description)
        }
    }

    private func logScalars(_ evaluation: Evaluation, trainingAccuracy: Float, step: Int) {
        writer.step(step) { step in
            step.scalars("loss", ["train": losses.train.last ?? .nan, "validation": evaluation.loss])
            step.scalars("accuracy", ["train": trainingAccuracy, "validation": evaluation.accuracy])
            step.scope("certainty") { step in
                step.scalar("lower", evaluation.certainty(atQuantile: 0.1))
                step.scalar("median", evaluation.certainty(atQuantile: 0.5))
                step.scalar("upper", evaluation.certainty(atQuantile: 0.9))
                step.histogram("validation", evaluation.certainties)
            }
        }
    }

    /// Titles and descriptions by tag.
    private static let descriptions: [(tag: String, title: String, description: String)] =
        SpiralData.classNames.map { arm in
            ("validation/\(arm)", "", "How well the points of the arm *\(arm)* are told from those of the others.")
        } + [
            ("loss/train", "", "Mean cross entropy of the points that are learned from."),
            ("loss/validation", "", "Mean cross entropy of points **never seen**."),
            ("accuracy/train", "", "The part of the points whose arm is right."),
            ("accuracy/validation", "", "The part of the points **never seen** whose arm is right."),
            ("certainty/validation", "certainty of the validation points", "The probability of the likeliest arm."),
            ("kernels/hidden1", "", "The weights of the layer, a row for each input."),
            ("units/hidden2", "", "What each unit answers over the plane, from black for -1 to white for 1."),
            ("plane/decision", "", "The arm that each place belongs to, pale where the classifier is not sure."),
            ("plane/video", "", "The decision so far, as an animated PNG."),
            (
                "plane/least certain", "",
                "Six validation points of which the classifier is least sure, with its certainty."
            ),
            ("validation/confusion", "", "Rows are the true arms, columns what the classifier takes them for."),
            ("validation/reliability", "", "How often the classifier is right when it is this sure."),
            (
                "sound/losses", "",
                "The losses as tones: lower is lower. Left the training points, right the validation points."
            ),
        ]
}
