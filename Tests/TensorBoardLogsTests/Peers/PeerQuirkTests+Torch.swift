import TensorBoard
import TensorBoardLogs
import Testing

extension PeerQuirkTests {
    private func histogram(_ run: String, _ tag: String) throws -> LoggedValue.HistogramRecord? {
        guard case .histogram(let record) = try Peer.values(run, tag).first?.payload else { return nil }
        return record
    }

    /// The statistics are of the values, whatever becomes of the buckets.
    @Test(arguments: [
        ("mxboard", "weights", 3), ("tensorboardX", "weights", 591), ("tensorboard_logger", "weights", 10),
        ("tensorflow1", "weights_1", 13), ("torch", "weights", 591),
    ])
    func bucketsAreAsManyAsTheWriterLikes(run: String, tag: String, count: Int) throws {
        let record = try #require(try histogram(run, tag))
        #expect(record.bucketLimits.count == count && record.bucketCounts.count == count)
        #expect(record.minimum == -1 && record.maximum == 2)
        #expect(record.count == 6 && record.sum == 2 && record.sumOfSquares == 6.5)
    }

    @Test func tensorFlow1EndsItsBucketsAtTheLargestNumber() throws {
        #expect(try histogram("tensorflow1", "weights_1")?.bucketLimits.last == Double.greatestFiniteMagnitude)
        #expect(try histogram("torch", "weights")?.bucketLimits.last == 2.1628190051144287)
    }

    @Test(arguments: ["tensorboardX", "torch"])
    func bucketsMayBeGivenAsTheyAre(run: String) throws {
        let record = LoggedValue.HistogramRecord(
            minimum: -1,
            maximum: 2,
            count: 4,
            sum: 2,
            sumOfSquares: 6,
            bucketLimits: [-0.5, 0.5, 2],
            bucketCounts: [1, 1, 2]
        )
        #expect(try histogram(run, "raw") == record)
    }

    /// Several images become one, in the form of old that has the size beside the file.
    @Test(arguments: ["tensorboardX", "torch"])
    func severalImagesAreOneGrid(run: String) throws {
        guard case .image(let image) = try Peer.values(run, "images").first?.payload else {
            Issue.record("there is no image")
            return
        }
        #expect(image.width == 2 * PeerLog.width && image.height == PeerLog.height && image.channels == 3)
        #expect(try Peer.load(run).contents["images"]?.values == [.images([image.file])])
    }

    @Test(arguments: ["mxboard", "tboard", "tensorboardX", "tensorflow1", "torch"])
    func clipsOfTheOldFormTellWhatTheyAre(run: String) throws {
        let tag = run == "tensorflow1" ? "sound/audio/0" : "sound"
        guard case .audio(let clip) = try Peer.values(run, tag).first?.payload else {
            Issue.record("there is no clip")
            return
        }
        #expect(clip.sampleRate == Float(PeerLog.sampleRate) && clip.channels == 1)
        #expect(clip.frameCount == PeerLog.samples.count)
        #expect(clip.contentType == "audio/wav")
    }

    /// `add_scalar(new_style: True)` leaves out the shape, and the fast loader does not show doubles.
    @Test func torchScalarsMayBeTensorsWithoutAShape() throws {
        let run = try Peer.run("torch")
        let data = run.load()
        #expect(data.scalars["new style"]?.values == [0.5])
        #expect(data.scalars["precise"]?.values == [0.1])
        #expect(
            try Peer.values("torch", "precise").map(\.payload) == [.tensor(.init(shape: [], elements: .double([0.1])))]
        )
        #expect(run.inspect().findings.filter { $0.tag == "precise" }.map(\.loaders) == [[.fast]])
    }

    @Test func torchTensorsAreForAPluginThatIsNone() throws {
        let data = try Peer.load("torch")
        #expect(data.tags["tensor"]?.kind == .plugin("tensor"))
        #expect(data.contents["tensor"]?.values == [.tensor([[1, 2], [3, 4]])])
    }

    /// The restart of tensorboardX and torch gives the version again, at the step at which it goes on.
    @Test(arguments: ["tensorboardX-restart", "torch-restart"])
    func aRestartGivesTheVersionTwice(run: String) throws {
        let versions = try Peer.events(run).filter { $0.content == .fileVersion("brain.Event:2") }
        #expect(versions.map(\.step) == [0, 0, 2])
    }

    @Test func tensorboardXNumbersThePartsOfAMesh() throws {
        #expect(
            try Peer.load("tensorboardX").tags.keys.filter { $0.hasPrefix("shape") }.sorted() == [
                "shape_1", "shape_2", "shape_3",
            ]
        )
        guard case .mesh(let part) = try Peer.load("tensorboardX").contents["shape_1"]?.values.first else {
            Issue.record("there is no mesh")
            return
        }
        #expect(part.configuration == "null")
    }
}
