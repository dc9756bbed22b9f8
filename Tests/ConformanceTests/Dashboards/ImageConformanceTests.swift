import Foundation
import TensorBoard
import Testing

extension HardCases {
    static func writeImages(in directory: URL) throws {
        try write("images", in: directory) { writer in
            writer.describe("channels/3", displayName: "A picture", description: "In *colour*.")
            for channels in 1...4 {
                for step in 0..<3 {
                    writer.image("channels/\(channels)", try picture(channels: channels, seed: step), step: step * 10)
                }
            }
            writer.images("batch", try (0..<4).map { try picture(channels: 3, seed: $0) }, step: 5)
            writer.image("gif", encoded: gif, step: 0)
            writer.video(
                "video",
                try (0..<3).map { try picture(channels: 3, seed: $0) },
                framesPerSecond: 4,
                loopCount: 2,
                step: 1
            )
            let planes: [Float] = [0, 1, 0.2, 0.4, 0.6, 0.8]
            writer.image(
                "planes",
                planes,
                height: 1,
                width: 2,
                channels: 3,
                layout: .channelsHeightWidth,
                step: 0
            )
            writer.imageGrid("grid", gridImages, columns: 2, padding: 1, step: 0)
            writer.scope("scope").image("boxes", try picture(channels: 3, seed: 0), boxes: [box], step: 0)
            writer.heatmap("drawn/heatmap", heat, rows: 2, columns: 3, step: 0)
            writer.confusionMatrix("drawn/confusion", [[3, 1], [0, 4]], labels: ["cat", "dog"], step: 0)
            writer.figure("drawn/figure", figure, step: 0)
        }
    }

    static func picture(channels: Int, seed: Int) throws -> Image {
        let samples = (0..<(7 * 5 * channels)).map { UInt8(truncatingIfNeeded: $0 * $0 + 31 * seed + $0 * seed) }
        return try Image(samples, height: 7, width: 5, channels: channels)
    }

    static var gridImages: [Image] { (0..<3).compactMap { try? picture(channels: 1, seed: $0) } }
    static let box = BoundingBox(x: 0, y: 1, width: 4, height: 5, label: "x")
    static let heat: [Float] = [0, 1, .nan, 3, 4, 5]
    static let figure = Figure([.line("a", y: [1.0, 3, 2]), .points("b", y: [2.0, 2, 2])], title: "Figure")

    /// One red pixel.
    static let gif: [UInt8] =
        Array("GIF89a".utf8) + [1, 0, 1, 0, 0x80, 0, 0, 255, 0, 0, 0, 0, 0]
        + [0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3B]
}

extension ConformanceTests.WriterConformanceTests {
    private func decoded(_ tag: String, sample: Int = 0, by loader: Loader) async throws -> DecodedPicture {
        let images = try await Served.by(loader).images(run: "images", tag: tag, sample: sample)
        return try await .decode(try #require(images.first).file.data)
    }

    private func pixels(_ samples: some Sequence<UInt8>) -> Set<[UInt8]> {
        let samples = Array(samples)
        return Set(stride(from: 0, to: samples.count, by: 3).map { Array(samples[$0..<($0 + 3)]) })
    }

    private func expect(_ picture: DecodedPicture, shows image: Image) {
        #expect(picture.height == image.height)
        #expect(picture.width == image.width)
        #expect(picture.channels == image.channels)
        expectSame(picture.frames.first ?? [], image.samples, "samples")
    }

    @Test(arguments: Loader.available, 1...4)
    func anImageKeepsItsPixelsAtEveryStep(loader: Loader, channels: Int) async throws {
        let images = try await Served.by(loader).images(run: "images", tag: "channels/\(channels)")
        #expect(images.map(\.step) == [0, 10, 20])
        #expect(images.allSatisfy { $0.file.contentType == "image/png" })
        for (seed, image) in images.enumerated() {
            expect(try await .decode(image.file.data), shows: try HardCases.picture(channels: channels, seed: seed))
        }
    }

    @Test(arguments: Loader.available)
    func anImageKeepsItsTitleAndDescription(loader: Loader) async throws {
        let tag = try await Served.by(loader).tagDescriptions(dashboard: "images")["images"]?["channels/3"]
        #expect(tag?.displayName == "A picture")
        #expect(tag?.description == "<p>In <em>colour</em>.</p>")
    }

    @Test(arguments: Loader.available)
    func imagesOfAStepAreSamples(loader: Loader) async throws {
        #expect(try await Served.by(loader).sampleCounts(dashboard: "images")["images"]?["batch"] == 4)
        for sample in 0..<4 {
            let picture = try await decoded("batch", sample: sample, by: loader)
            expect(picture, shows: try HardCases.picture(channels: 3, seed: sample))
        }
    }

    @Test(arguments: Loader.available)
    func anImageFileIsServedAsItIs(loader: Loader) async throws {
        let image = try #require(try await Served.by(loader).images(run: "images", tag: "gif").first)
        #expect(image.file.contentType == "image/gif")
        #expect(Array(image.file.data) == HardCases.gif)
        #expect(try await DecodedPicture.decode(image.file.data).format == "GIF")
    }

    @Test(arguments: Loader.available)
    func aVideoIsAnAnimatedPNG(loader: Loader) async throws {
        let video = try #require(try await Served.by(loader).images(run: "images", tag: "video").first)
        #expect(video.file.contentType == "image/png")
        let picture = try await DecodedPicture.decode(video.file.data)
        #expect(picture.milliseconds == 250)
        #expect(picture.loop == 2)
        let frames = try (0..<3).map { try HardCases.picture(channels: 3, seed: $0).samples }
        #expect(picture.frames == frames)
    }

    @Test(arguments: Loader.available)
    func planesOfFloatsBecomePixels(loader: Loader) async throws {
        let picture = try await decoded("planes", by: loader)
        #expect(picture.frames == [[0, 51, 153, 255, 102, 204]])
    }

    @Test(arguments: Loader.available)
    func drawnImagesAreServedAsTheyWereDrawn(loader: Loader) async throws {
        let grid = try Image.grid(HardCases.gridImages, columns: 2, padding: 1)
        expect(try await decoded("grid", by: loader), shows: grid)
        let boxes = try HardCases.picture(channels: 3, seed: 0).drawing([HardCases.box])
        expect(try await decoded("scope/boxes", by: loader), shows: boxes)
        expect(try await decoded("drawn/figure", by: loader), shows: try HardCases.figure.image())
    }

    @Test(arguments: Loader.available)
    func aHeatMapShowsItsNumbers(loader: Loader) async throws {
        let picture = try await decoded("drawn/heatmap", by: loader)
        let pixels = Set(
            stride(from: 0, to: picture.frames[0].count, by: 3).map { Array(picture.frames[0][$0..<$0 + 3]) }
        )
        // The ends of viridis, and the colour for what is not finite.
        #expect(pixels.isSuperset(of: [[68, 1, 84], [253, 231, 37], [255, 0, 208]]))
    }

    @Test(arguments: Loader.available)
    func aConfusionMatrixIsColouredByRow(loader: Loader) async throws {
        let picture = try await decoded("drawn/confusion", by: loader)
        let start = 60 * picture.width * 3
        let row = pixels(picture.frames[0][start..<(start + picture.width * 3)])
        // Three of four cats were taken for cats: the first cell is three quarters of the way to blue.
        for color: [UInt8] in [[66, 113, 173], [183, 201, 224]] { #expect(row.contains(color)) }
    }
}
