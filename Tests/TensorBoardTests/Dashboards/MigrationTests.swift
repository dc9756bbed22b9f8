import TensorBoard
import TestSupport
import Testing

/// The calls that the article Migration gives for those of Python's writers.
struct MigrationTests {
    let directory: TemporaryDirectory
    private let issues = IssueCollector()

    init() throws { directory = try TemporaryDirectory() }

    @Test func theCallsForTorchAreTaken() throws {
        let step = 3
        let image = try Image([[0, 0.5], [1, 0.25]] as [[Float]])
        let log = InMemorySummarySink()
        let writer = try SummaryWriter(
            logDirectory: directory.appending("run1"),
            options: .init(
                flushInterval: .seconds(5),
                existingRun: .resume(atStep: 100),
                filenameSuffix: ".eval",
                onIssue: issues.collect
            )
        )
        let w = TeeSummarySink(writer, log)
        w.scalar("loss", 0.5, step: step)
        w.scalars("both", ["train": 0.5, "val": 0.6], step: step)
        w.histogram("weights", [1, 2] as [Float], step: step)
        w.histogram("counts", Histogram(edges: [0, 1, 2], counts: [3, 4]), step: step)
        w.image(
            "input",
            [Float](repeating: 0.5, count: 28 * 28),
            height: 28,
            width: 28,
            channels: 1,
            layout: .channelsHeightWidth,
            step: step
        )
        w.images("batch", [image, image], step: step)
        w.imageGrid("grid", [image, image], step: step)
        w.figure("plot", Figure([.line("loss", y: [1, 0] as [Float])]), step: step)
        w.video("clip", [image, image], framesPerSecond: 10, step: step)
        w.audio("sound", AudioClip([0, 0.5] as [Float], sampleRate: 16_000), step: step)
        w.text("note", "**hello**", step: step)
        w.text("table", table: [["1", "2"]], header: ["a", "b"], step: step)
        var builder = GraphBuilder()
        builder.node("x", "Placeholder")
        w.graph(builder.definition)
        w.embedding(
            "words",
            [[1, 2], [3, 4]] as [[Float]],
            labels: ["a", "b"],
            sprites: [image, image],
            step: step
        )
        w.precisionRecallCurve("pr", labels: [true, false], predictions: [0.9, 0.1], step: step)
        w.mesh(
            "cloud",
            Mesh(
                vertices: [[0, 0, 0], [1, 0, 0], [0, 1, 0]] as [[Float]],
                faces: [[0, 1, 2]],
                colors: [[255, 0, 0], [0, 255, 0], [0, 0, 255]] as [[UInt8]]
            ),
            step: step
        )
        w.hyperparameters(["lr": 0.1])
        w.layout { ChartCategory("Losses") { MultilineChart("loss", ["train", "val"]) } }
        w.describe("later", description: "What it means.")
        try w.flush()
        try writer.close(outcome: .failure)
        #expect(issues.all.isEmpty, "\(issues.all)")
        #expect(log.entries.count >= 18)
    }

    @Test func theCallsForTensorFlowAreTaken() {
        let log = InMemorySummarySink()
        withSummaries(to: log, step: 3) {
            Summary.scalar("loss", 0.5)
            withSummaries(step: 4) { Summary.histogram("weights", [1, 2] as [Float]) }
            withNameScope("layer1") { recordIf(3 % 100 == 0) { Summary.scalar("loss", 1) } }
            every(3) { Summary.text("note", "every third step") }
        }
        #expect(log.entries.map(\.step) == [3, 4, 3])
    }
}
