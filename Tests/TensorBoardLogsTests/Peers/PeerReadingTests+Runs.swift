import TensorBoardLogs
import Testing

extension PeerReadingTests {
    @Test(arguments: [("tensorflow1-plugins", true), ("tensorboardX", false), ("torch", false)])
    func layoutsKeepTheirCharts(run: String, isClosed: Bool) throws {
        let data = try Peer.load(run)
        let layout = ScalarLayout {
            ChartCategory("charts", isClosed: isClosed) {
                MultilineChart("loss", matching: "loss.*")
                MarginChart("spread", [.init("mean", lower: "low", upper: "high")])
            }
        }
        #expect(data.tags["custom_scalars__config__"]?.kind == .layout)
        #expect(data.contents["custom_scalars__config__"]?.values == [.layout(layout)])
    }

    @Test(arguments: ["clu", "tensorflow2", "tensorboardX-hparams/trial", "torch-hparams/trial"])
    func hyperparametersKeepTheirTypes(run: String) throws {
        let data = try Peer.load(run)
        var logged = PeerLog.hyperparameters
        // To Python a truth value is an integer too.
        if run == "torch-hparams/trial" { logged["bias"] = 1 }
        #expect(data.hyperparameters == logged)
    }

    /// Torch and tensorboardX make a run below the run for them, and say how it ended before it has.
    @Test(arguments: ["tensorboardX-hparams", "torch-hparams"])
    func hyperparametersMayHaveARunOfTheirOwn(run: String) throws {
        #expect(try Peer.load(run).tags.isEmpty)
        let data = try Peer.load("\(run)/trial")
        #expect(data.outcome == .success)
        #expect(data.scalars["accuracy"]?.values == [0.75])
        let experiment = HyperparameterExperiment(
            hyperparameters: [
                .init("rate", domain: .number), .init("units", domain: .number), .init("name", domain: .text),
                .init("bias", domain: run == "torch-hparams" ? .number : .bool),
            ],
            metrics: [.init("accuracy")]
        )
        #expect(data.contents["_hparams_/experiment"]?.values == [.hyperparameters(.experiment(experiment))])
    }

    @Test func anExperimentKeepsItsColumns() throws {
        let experiment = HyperparameterExperiment(
            hyperparameters: [
                .init("rate", displayName: "Rate", summary: "How fast.", domain: .interval(0...1)),
                .init("name", domain: .oneOf(["adam", "sgd"])),
            ],
            metrics: [.init("loss", group: "train", displayName: "Loss")]
        )
        let data = try Peer.load("tensorflow2-experiment")
        #expect(data.contents["_hparams_/experiment"]?.values == [.hyperparameters(.experiment(experiment))])
    }

    @Test func tensorFlow1KeepsAGraphAndWhatItsNodesTook() throws {
        let data = try Peer.load("tensorflow1")
        let graph = try #require(data.graph)
        let product = try #require(graph.nodes.first { $0.name == "layer1/MatMul" })
        #expect(product.operation == "MatMul")
        #expect(product.inputs == ["x", "weights/read"])
        guard case .runMetadata(let metadata) = data.contents["step2"]?.values.first else {
            Issue.record("step2 is no run metadata")
            return
        }
        #expect(data.contents["step2"]?.steps == [2])
        #expect(metadata.devices.map(\.name) == ["/job:localhost/replica:0/task:0/device:CPU:0"])
        let execution = try #require(metadata.devices.first?.nodes.first { $0.name == "layer1/MatMul" })
        #expect(execution.outputShapes == [[1, 2]])
    }

    @Test func tensorFlow2KeepsGraphsWithAndWithoutATag() throws {
        let data = try Peer.load("tensorflow2-graph")
        #expect(data.graph?.nodes.map(\.operation).contains("MatMul") == true)
        #expect(data.tags["traced"]?.kind == .taggedGraph)
        guard case .graph(let traced, let metadata) = data.contents["traced"]?.values.first else {
            Issue.record("the trace is no graph")
            return
        }
        #expect(traced.nodes.map(\.operation).contains("MatMul"))
        #expect(metadata == nil)
    }

    /// Torch writes a graph together with times that it did not measure.
    @Test func torchKeepsAGraphAndNoTimes() throws {
        let data = try Peer.load("torch-graph")
        #expect(data.graph?.nodes.map(\.name).contains("input/x") == true)
        let metadata = RunMetadata(devices: [.init(name: "/device:CPU:0", nodes: [])])
        #expect(data.contents["step1"]?.values == [.runMetadata(metadata)])
    }

    /// One chart of several lines is several runs, to these two.
    @Test(arguments: [("tensorboardX", "/losses/"), ("torch", "/losses_")])
    func theLinesOfOneChartMayBeRuns(run: String, separator: String) throws {
        for (line, factor) in [("train", 1.0), ("validation", 2.0)] {
            let scalars = try Peer.load(run + separator + line).scalars
            #expect(scalars.mapValues(\.values) == ["losses": PeerLog.losses.map { Double(Float($0 * factor)) }])
        }
    }

    /// The same restart by three writers; only TensorFlow 1 says that its first session starts.
    @Test(arguments: ["tensorboardX-restart", "tensorflow1-restart", "torch-restart"])
    func restartsFollowTheRuleThatIsAskedFor(run: String) throws {
        let run = try Peer.run(run)
        let saysStart = run.name == "tensorflow1-restart"
        let values = { (rule: RestartRule) in run.load(restarts: rule).scalars.mapValues(\.values) }
        let all: NameDictionary<[Double]> = ["again": [0, 1, 2, 3, 4, 12, 13], "once": [0, 1, 2, 3, 4]]
        #expect(values(.everything) == all)
        #expect(values(.fastLoader) == ["again": [0, 1, 12, 13], "once": [0, 1, 2, 3, 4]])
        #expect(values(.slowLoader) == (saysStart ? ["again": [0, 1, 12, 13], "once": [0, 1]] : all))
        #expect(run.inspect().sessionStartCount == (saysStart ? 2 : 1))
    }
}
