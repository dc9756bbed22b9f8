import Summaries
import TensorBoard
import TestSupport
import Testing

/// Images, videos, drawings and clips as values: what is stored, and why something is refused.
struct ImageKindTests {
    private func image(height: Int = 2, width: Int = 3, channels: Int = 1) throws -> Image {
        try Image(
            [UInt8](repeating: 5, count: height * width * channels),
            height: height,
            width: width,
            channels: channels
        )
    }

    private func elements(_ value: SummaryValue) -> [[UInt8]] {
        guard case .tensor(let tensor) = value.payload, case .string(let elements) = tensor.elements,
            tensor.shape == [elements.count]
        else { return [] }
        return elements
    }

    private func reason(_ value: SummaryValue) -> String? {
        if case .invalid(let reason) = value.payload { reason } else { nil }
    }

    @Test func imagesAreStoredBehindTheirSize() throws {
        let value = SummaryValue.images("x", [try image(), try image()])
        #expect(value.metadata?.pluginName == "images")
        #expect(value.metadata?.dataClass == .blobSequence)
        let elements = elements(value)
        #expect(elements.count == 4)
        #expect(elements[0] == Array("3".utf8) && elements[1] == Array("2".utf8))
        #expect(elements[2].starts(with: [0x89, 0x50, 0x4E, 0x47]) && elements[2] == elements[3])
    }

    @Test func anImageFileIsStoredAsItIs() throws {
        let file = try #require(elements(.image("x", try image())).last)
        #expect(elements(.image("y", encoded: file)) == [Array("3".utf8), Array("2".utf8), file])
        #expect(elements(.images("y", encoded: [file, file])).count == 4)
    }

    @Test func samplesMakeTheSameValueAsTheirImage() throws {
        let bytes: [UInt8] = [0, 255, 0, 255, 0, 255]
        let floats: [Float] = [-1, 1, -1, 1, -1, 1]
        let expected = SummaryValue.image("x", try Image(bytes, height: 1, width: 2, channels: 3))
        #expect(SummaryValue.image("x", bytes, height: 1, width: 2, channels: 3) == expected)
        #expect(SummaryValue.image("x", floats, height: 1, width: 2, channels: 3, range: -1...1) == expected)
    }

    @Test func sinksAndStepsTakeThem() throws {
        let sink = InMemorySummarySink()
        let image = try image()
        let clip = AudioClip([0, 0.5], sampleRate: 8000)
        sink.image("image", image, step: 1)
        sink.step(1) { step in
            step.scope("a") { $0.heatmap("heat", [[1, 2], [3, 4]]) }
            step.confusionMatrix("confusion", [[1, 0], [2, 3]], labels: ["cat", "dog"])
            step.figure("figure", Figure([.line(y: [1.0, 2])]))
            step.video("video", [image, image])
            step.audio("clip", clip)
        }
        let values = sink.entries.flatMap(\.values)
        #expect(values.map(\.tag) == ["image", "a/heat", "confusion", "figure", "video", "clip"])
        #expect(values.compactMap { reason($0) } == [])
        let plugins = values.compactMap { $0.metadata?.pluginName }
        #expect(plugins == ["images", "images", "images", "images", "images", "audio"])
        #expect(values.last?.metadata?.pluginContent == [0x10, 0x0B])
    }

    @Test func whatCannotBeShownSaysWhy() throws {
        let image = try image()
        let large = try self.image(height: 1000, width: 1000)
        let wrong: [(SummaryValue, String)] = [
            (.images("x", []), "there are no images"),
            (.image("x", image, compression: .level(10)), "level 10"),
            (.image("x", [0] as [UInt8], height: 1, width: 2, channels: 1), "2 samples, but 1 were given"),
            (.image("x", [2] as [Float], height: 1, width: 1, channels: 1), "2.0, outside of 0.0...1.0"),
            (.image("x", encoded: []), "PNG, JPEG, GIF and BMP"),
            (.image("x", encoded: Array("RIFF0000WEBPVP8 ".utf8)), "PNG, JPEG, GIF and BMP"),
            (.images("x", encoded: []), "there are no images"),
            (.imageGrid("x", []), "no images"),
            (.imageGrid("x", [image], columns: 0), "0 columns"),
            (.imageGrid("x", [image], padding: -1), "padding of -1"),
            (.imageGrid("x", [Image](repeating: large, count: 100)), "too large"),
            (.image("x", image, boxes: [BoundingBox(x: .nan, y: 0, width: 1, height: 1)]), "box 0"),
            (.image("x", image, boxes: [BoundingBox(x: 0, y: 0, width: -1, height: 1)]), "box 0"),
            (.image("x", image, boxes: [BoundingBox(x: 1e308, y: 0, width: 1e308, height: 1)]), "box 0"),
            (.video("x", []), "there are no frames"),
            (.video("x", [image, try self.image(width: 4)]), "frame 1 has 2×4 pixels"),
            (.video("x", [image], framesPerSecond: .nan), "frames per second"),
            (.video("x", [image], loopCount: -1), "-1 times"),
            (.heatmap("x", [Float](), rows: 0, columns: 0), "0 rows and 0 columns"),
            (.heatmap("x", [1], rows: 4097, columns: 1), "4097 rows"),
            (.heatmap("x", [1, 2], rows: 1, columns: 1), "2 were given"),
            (.heatmap("x", [1], rows: 1, columns: 1, range: 0 ... .infinity), "two finite numbers"),
            (.heatmap("x", [[1, 2], [3]]), "row 1 has 1 numbers"),
            (.heatmap("x", [[Float]]()), "0 rows"),
            (.confusionMatrix("x", [[Int]]()), "0 classes"),
            (.confusionMatrix("x", [[1, 2]]), "row 0 has 2 counts for 1 classes"),
            (.confusionMatrix("x", [[1]], labels: ["a", "b"]), "but 1 were given"),
            (.confusionMatrix("x", [[1, -2], [0, 0]]), "row 0, column 1 is -2"),
            (.figure("x", Figure([.line("l", x: [1.0], y: [1.0, 2])])), "1 x but 2 y"),
            (.audio("x", [AudioClip]()), "there are no clips"),
            (.audio("x", [Float](), sampleRate: 8000), "sample"),
            (.audio("x", [0.0], sampleRate: 0), "0 samples per second"),
            (.audio("x", [0.0, 0, 0], sampleRate: 8000, channels: 2), "2"),
            (.audio("x", [0.0], sampleRate: 8000, channels: 9), "9 channels"),
            (.audio("x", [Float.nan], sampleRate: 8000), "nan"),
        ]
        for (value, part) in wrong {
            let text = try #require(reason(value), "\(part)")
            #expect(text.contains(part))
            #expect(text.first?.isUppercase == false && text.last != ".")
        }
    }

    @Test func aRefusedImageIsReportedAndTheRestOfTheStepIsSaved() throws {
        let directory = try TemporaryDirectory()
        let issues = IssueCollector()
        var options = SummaryWriter.Options()
        options.onIssue = issues.collect
        let writer = try SummaryWriter(logDirectory: directory.appending("run"), options: options)
        writer.step(7) { step in
            step.image("bad", [Float.nan], height: 1, width: 1, channels: 1)
            step.scalar("cost", 1)
        }
        try writer.close()
        #expect(issues.all.map(\.code) == [.invalidSummary])
        #expect(issues.all.first?.tag == "bad" && issues.all.first?.step == 7)
        let events = try directory.appending("run").eventFiles().flatMap { try $0.events() }
        #expect(try events.flatMap { try $0.values }.map { $0.text(1) } == ["cost"])
    }
}
