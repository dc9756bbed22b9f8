import CommandLineSupport
import TensorBoard
import TrainingCore

extension GalleryTraining {
    /// Logs what is looked at from time to time.
    mutating func logExhibits(_ evaluation: Evaluation, step: Int) throws {
        let arms = SpiralData.classNames
        let plane = try session.run(
            classifier.probabilities,
            classifier.features,
            feeding: [classifier.x: Landscape.places],
            summaries: false
        )
        let landscape = Landscape(probabilities: plane[classifier.probabilities]?.floats ?? [])
        let picture = try landscape.picture(validationData)
        frames.append(try landscape.thumbnail())

        writer.image("plane/decision", picture, step: step)
        writer.image("plane/least certain", picture, boxes: boxes(evaluation, in: picture), step: step)
        writer.video("plane/video", frames, framesPerSecond: 4, step: step)
        writer.imageGrid("units/hidden2", try unitPictures(plane[classifier.features]?.floats ?? []), step: step)
        for (index, weights) in classifier.weights.enumerated() {
            let value = try session.value(of: weights)
            writer.heatmap(
                "kernels/\(SpiralClassifier.layerNames[index])",
                value.floats ?? [],
                rows: value.shape[0],
                columns: value.shape[1],
                colorMap: .diverging,
                step: step
            )
        }
        writer.scope("validation").confusionMatrix("confusion", evaluation.confusion, labels: arms, step: step)
        writer.figure("validation/reliability", reliability(evaluation), step: step)
        writer.precisionRecallCurves(
            "validation",
            labels: validationData.classes,
            probabilities: evaluation.probabilities,
            classNames: arms,
            step: step
        )
        writer.mesh("certainty/surface", landscape.surface(), scene: Self.scene, step: step)
        writer.text(
            "report/arms",
            table: zip(arms, evaluation.confusion).enumerated().map { index, row in
                let total = row.1.reduce(0, +)
                return [
                    row.0, "\(total)", "\(row.1[index])", (Float(row.1[index]) / Float(total)).text(fractionDigits: 3),
                ]
            },
            header: ["arm", "points", "right", "recall"],
            step: step
        )
    }

    /// Logs what is there to say at the end.
    mutating func logConclusion(_ evaluation: Evaluation, step: Int) throws {
        let features = try session.run(
            classifier.features,
            feeding: [classifier.x: validationData.points],
            summaries: false
        )
        let values = features[classifier.features]?.floats ?? []
        let width = hyperparameters.hiddenUnits
        let vectors = stride(from: 0, to: values.count, by: width).map { Array(values[$0..<$0 + width]) }
        let plane = try session.run(
            classifier.probabilities,
            feeding: [classifier.x: Landscape.places],
            summaries: false
        )
        let landscape = Landscape(probabilities: plane[classifier.probabilities]?.floats ?? [])
        writer.embedding(
            "hidden2/features",
            vectors,
            columns: [
                "arm": validationData.classes.map { SpiralData.classNames[$0] },
                "predicted": evaluation.predictions.map { SpiralData.classNames[$0] },
                "certainty": evaluation.certainties.map { $0.text(fractionDigits: 3) },
            ],
            sprites: try validationData.classes.indices.map {
                try landscape.surroundings(of: validationData, $0, side: 24)
            },
            step: step
        )
        writer.mesh(
            "units/three of hidden2",
            cloud(vectors),
            scene: .init(
                camera: .init(position: [1.5, 1.3, 2.3], target: [0, 0, 0]),
                material: .init(pointSize: 0.08)
            ),
            step: step
        )
        writer.figure("loss/both", lossFigure, step: step)
        writer.figure("validation/recall", recallFigure(evaluation), step: step)
        writer.audio("sound/losses", LossMelody(losses).clip, step: step)
        writer.text("report/summary", summary(evaluation), step: step)
    }

    private func boxes(_ evaluation: Evaluation, in picture: Image) -> [BoundingBox] {
        var boxes: [BoundingBox] = []
        for index in evaluation.leastCertainFirst {
            let (row, column) = validationData.position(index, side: picture.height)
            let box = BoundingBox(
                x: Double(column) - 9,
                y: Double(row) - 9,
                width: 18,
                height: 18,
                label: evaluation.certainties[index].text(fractionDigits: 2)
            )
            // Labels must not cover each other.
            if boxes.allSatisfy({ abs($0.x - box.x) > 40 || abs($0.y - box.y) > 34 }) { boxes.append(box) }
            if boxes.count == 6 { break }
        }
        return boxes
    }

    /// What each unit of the last hidden layer answers over the plane, from black for -1 to white for 1.
    private func unitPictures(_ features: [Float]) throws -> [Image] {
        let units = hyperparameters.hiddenUnits
        return try (0..<units).map { unit in
            let answers = stride(from: unit, to: features.count, by: units).map { features[$0] }
            return try Image(answers, height: Landscape.side, width: Landscape.side, channels: 1, range: -1...1)
        }
    }

    private func reliability(_ evaluation: Evaluation) -> Figure {
        let (certainty, accuracy) = evaluation.reliability
        return Figure(
            [
                .line("ideal", x: [0.3, 1], y: [0.3, 1]),
                .points("classifier", x: certainty, y: accuracy),
            ],
            title: "Reliability",
            xAxis: Figure.Axis("certainty", range: 0.3...1),
            yAxis: Figure.Axis("accuracy", range: 0...1)
        )
    }

    private var lossFigure: Figure {
        Figure(
            [.line("training", y: losses.train), .line("validation", y: losses.validation)],
            title: "Cross entropy",
            xAxis: Figure.Axis("step"),
            yAxis: Figure.Axis("nats", scale: .logarithmic)
        )
    }

    private func recallFigure(_ evaluation: Evaluation) -> Figure {
        let recall = evaluation.confusion.enumerated().map { index, row in
            Double(row[index]) / Double(max(row.reduce(0, +), 1))
        }
        return Figure(
            [.bars(heights: recall)],
            title: "Recall by arm",
            yAxis: Figure.Axis("recall", range: 0...1),
            categories: SpiralData.classNames
        )
    }

    /// The answers of the first three units to each point, in the colour of its arm.
    private func cloud(_ vectors: [[Float]]) -> Mesh {
        let colors = validationData.classes.flatMap { arm -> [UInt8] in
            let color = Landscape.colors[arm]
            return [color.red, color.green, color.blue]
        }
        return Mesh(vertices: vectors.flatMap { $0.prefix(3) }, colors: colors)
    }

    private static let scene = Mesh.Scene(
        camera: .init(position: [1.1, 1.5, 1.9], target: [0, 0, 0]),
        material: .init(isDoubleSided: true)
    )

    private func summary(_ evaluation: Evaluation) -> String {
        """
        ## Three arms of a spiral

        A network of two hidden layers learned to tell them apart.

        - accuracy on points never seen: **\(evaluation.accuracy.text(fractionDigits: 3))**
        - cross entropy: **\(evaluation.loss.text(significantDigits: 3))**
        - steps: \(steps)
        """
    }
}
