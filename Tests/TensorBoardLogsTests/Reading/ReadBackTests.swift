import SystemPackage
import TensorBoard
import TensorBoardLogs
import TestSupport
import Testing

/// Everything that a writer can log reads back equal.
struct ReadBackTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func load(_ log: (SummaryWriter) throws -> Void) throws -> RunData {
        let path = directory.appending("run")
        let writer = try SummaryWriter(logDirectory: path, options: .init(existingRun: .append))
        try log(writer)
        try writer.close()
        let data = try LoggedRun(path).load()
        #expect(data.faults.isEmpty && data.truncatedFiles.isEmpty)
        return data
    }

    private func content(
        _ tag: String,
        _ kind: LoggedKind,
        _ log: (SummaryWriter) throws -> Void
    ) throws -> LoggedContent {
        let data = try load(log)
        #expect(data.tags[tag]?.kind == kind)
        return try #require(data.contents[tag]?.values.last)
    }

    @Test func scalarsAreColumns() throws {
        let values: [Float] = [0.1, -.infinity, .greatestFiniteMagnitude, 0]
        let data = try load { writer in
            for (step, value) in values.enumerated() { writer.scalar("layer1/cost", value, step: step * 10 - 5) }
            writer.step(3) { step in
                step.scalar("a", 1.0)
                step.scalar("b", 2.0)
            }
        }
        #expect(data.scalars["layer1/cost"]?.values == values.map(Double.init))
        #expect(data.scalars["layer1/cost"]?.steps == [-5, 5, 15, 25])
        #expect(data.scalars["a"]?.wallTimes == data.scalars["b"]?.wallTimes)
        #expect(Set(data.tags.keys) == ["layer1/cost", "a", "b"])
        #expect(data.tags.values.allSatisfy { $0.kind == .scalar })
    }

    @Test func histogramsKeepTheirRows() throws {
        let histogram = Histogram([-2, 0.5, 0.5, 3] as [Float])
        let content = try content("h", .histogram) { $0.histogram("h", histogram, step: 1) }
        let buckets = histogram.buckets.map {
            LoggedHistogram.Bucket(lowerBound: $0.lowerBound, upperBound: $0.upperBound, count: Double($0.count))
        }
        #expect(content == .histogram(LoggedHistogram(buckets: buckets)))
    }

    @Test func imagesAndClipsKeepTheirBytes() throws {
        let image = try Image([0, 64, 128, 255], height: 2, width: 2, channels: 1)
        let value = SummaryValue.images("i", [image, image])
        guard case .tensor(let tensor) = value.payload, case .string(let parts) = tensor.elements else {
            throw CancellationError()
        }
        #expect(try content("i", .image) { $0.add(value, step: 0) } == .images(Array(parts.dropFirst(2))))
        guard case .audio(let clips) = try content("a", .audio, { $0.audio("a", [0, 0.5], sampleRate: 8000, step: 0) })
        else { throw CancellationError() }
        #expect(clips.map { Array($0.prefix(4)) } == [Array("RIFF".utf8)])
    }

    @Test func textIsText() throws {
        let content = try content("t", .text) { $0.text("t", "**bold** ü", step: 0) }
        #expect(content == .text(LoggedText(["**bold** ü"])))
    }

    @Test func curvesKeepTheirRows() throws {
        let content = try content("p", .precisionRecallCurve) { writer in
            writer.precisionRecallCurve(
                "p",
                truePositives: [2, 1],
                falsePositives: [2, 0],
                trueNegatives: [0, 2],
                falseNegatives: [0, 1],
                step: 0
            )
        }
        let curve = LoggedPrecisionRecallCurve(
            truePositives: [2, 1],
            falsePositives: [2, 0],
            trueNegatives: [0, 2],
            falseNegatives: [0, 1],
            precision: [0.5, 1],
            recall: [1, 0.5]
        )
        #expect(content == .precisionRecallCurve(curve))
    }

    @Test func meshesKeepTheirParts() throws {
        let mesh = Mesh(vertices: [0, 0, 0, 1, 0, 0, 0, 1, 0], faces: [0, 1, 2])
        let data = try load { $0.scope("eval").mesh("m", mesh, step: 4) }
        let faces = LoggedMeshPart(
            name: "eval/m",
            part: .faces,
            tensor: TensorValue(shape: [1, 1, 3], elements: .int32([0, 1, 2])),
            configuration: "{}"
        )
        #expect(data.contents["eval/m_FACE"]?.values == [.mesh(faces)])
        #expect(data.contents["eval/m_VERTEX"]?.steps == [4])
    }

    @Test func hyperparametersAndTheOutcomeAreThoseOfTheRun() throws {
        let values: [String: HyperparameterValue] = ["rate": 0.1, "model": "network", "shuffles": true]
        let data = try load { $0.hyperparameters(values, group: "g") }
        #expect(data.hyperparameters == values)
        #expect(data.outcome == .success)
        guard
            case .hyperparameters(.sessionStart(_, let group, let time)) = data.contents[
                "_hparams_/session_start_info"
            ]?.values[0]
        else { throw CancellationError() }
        #expect(group == "g" && time > 1_600_000_000)
    }

    @Test func anExperimentKeepsItsColumns() throws {
        let experiment = HyperparameterExperiment(
            hyperparameters: [
                .init("a", displayName: "A", summary: "s", domain: .interval(0...1)),
                .init("b", domain: .oneOf(["x", "y"])),
                .init("c", domain: .numbers([1, 2])), .init("d", domain: .bool), .init("e", domain: .number),
                .init("f", domain: .text),
            ],
            metrics: [.init("cost", group: "eval", displayName: "Cost", summary: "low is good")],
            summary: "about"
        )
        try experiment.write(to: directory.path)
        let data = try LoggedRun(directory.path).load()
        #expect(data.contents["_hparams_/experiment"]?.values == [.hyperparameters(.experiment(experiment))])
    }

    @Test func layoutsKeepTheirCharts() throws {
        let layout = ScalarLayout([
            ChartCategory(
                "Losses",
                charts: [
                    .multiline(MultilineChart("loss", ["a", "b"])),
                    .margin(MarginChart("m", [.init("v", lower: "l", upper: "u")])),
                ],
                isClosed: true
            )
        ])
        let content = try content("custom_scalars__config__", .layout) { $0.layout(layout) }
        #expect(content == .layout(layout))
    }

    @Test func graphsKeepTheirNodes() throws {
        let graph = GraphDefinition(nodes: [
            .init(
                name: "x",
                operation: "Placeholder",
                attributes: ["shape": .shape([nil, 2]), "dtype": .type(.float)]
            ),
            .init(
                name: "l/y",
                operation: "Add",
                inputs: ["x", "^x"],
                device: "/device:CPU:0",
                attributes: [
                    "_output_shapes": .shapes([[nil, 2], []]), "_class": .strings(["loc:@x"]),
                    "value": .tensor([1, 2]), "strides": .ints([1, 2, -1]),
                    "s": .string("t"), "i": .int(-3), "f": .float(0.5), "b": .bool(false),
                ]
            ),
        ])
        let metadata = RunMetadata(devices: [
            .init(
                name: "/device:CPU:0",
                nodes: [
                    .init(
                        name: "l/y",
                        start: .nanoseconds(1500),
                        duration: .nanoseconds(2300),
                        memoryByteCount: 48,
                        outputShapes: [[2, 2], []],
                        thread: 3
                    )
                ]
            )
        ])
        let data = try load { writer in
            writer.graph(graph)
            writer.runMetadata("step5", metadata, step: 5)
            writer.graph("tagged", graph, runMetadata: metadata, step: 6)
        }
        #expect(data.graph == graph)
        #expect(data.tags["step5"]?.kind == .runMetadata)
        #expect(data.contents["step5"]?.values == [.runMetadata(metadata)])
        #expect(data.tags["tagged"]?.kind == .taggedGraph)
        #expect(data.contents["tagged"]?.values == [.graph(graph, metadata)])
    }

    static let elements: [TensorValue.Elements] = [
        .float([1, .infinity]), .double([0.1, -2]), .half(bits: [0x3C00, 0x7C00]), .int8([-1, 2]), .int16([-1, 2]),
        .int32([-1, 2]), .int64([.min, 2]), .uint8([255, 2]), .uint16([65535, 2]), .uint32([.max, 2]),
        .uint64([.max, 2]), .bool([true, false]), .string([[0, 0xFF], []]), .qint8([-1, 2]), .qint16([-1, 2]),
        .qint32([-1, 2]), .quint8([255, 2]), .quint16([65535, 2]), .complex64([[0.5, -1], [2, .infinity]]),
        .complex128([[0.1, -1], [2, 3]]),
    ]

    @Test(arguments: elements.indices)
    func tensorsOfEveryTypeStayWhatTheyAre(index: Int) throws {
        let tensor = TensorValue(shape: [2, 1], elements: Self.elements[index])
        let metadata = SummaryMetadata(pluginName: "mine", pluginContent: [1], displayName: "d", dataClass: .tensor)
        let data = try load { writer in
            for step in 0..<2 {
                writer.add(SummaryValue(tag: "t", payload: .tensor(tensor), metadata: metadata), step: step)
            }
        }
        #expect(data.tags["t"]?.kind == .plugin("mine"))
        #expect(data.tags["t"]?.metadata == metadata)
        #expect(data.contents["t"]?.values == [.tensor(tensor), .tensor(tensor)])
    }

    @Test func aFilterLeavesOutWhatIsNotAskedFor() throws {
        let path = directory.appending("run")
        let writer = try SummaryWriter(logDirectory: path)
        for step in 0..<10 { writer.scalars("loss", ["a": 1, "b": 2], step: step) }
        try writer.close()
        var options = ReadingOptions()
        options.filter.steps = 3...5
        options.filter.includesTag = { $0 == "loss/b" }
        let data = try LoggedRun(path).load(options: options)
        #expect(data.scalars.mapValues(\.steps) == ["loss/b": [3, 4, 5]])
        #expect(Array(data.tags.keys) == ["loss/b"])
    }
}
