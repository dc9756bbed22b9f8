import Foundation
import TensorBoard
import Testing

extension HardCases {
    fileprivate static let points: [[Float]] = [
        [0, -1.5, 0.1], [1e-38, 3.4e38, 2], [0.333_333_34, -0.0, 16_777_216],
    ]
    fileprivate static let tag = "layer \"1\"/é"

    static func writeEmbeddings(in directory: URL) throws {
        try write("embeddings", in: directory) { writer in
            writer.embedding("words", points, labels: ["one", "", "zwölf\tand a half"], step: 0)
            let sprites = try (0..<3).map { index in
                try Image((0..<6).map { UInt8(100 * index + $0) }, height: 2, width: 1, channels: 3)
            }
            let columns: KeyValuePairs = ["word": ["a", "b", "c"], "count": ["1", "", "3"]]
            writer.embedding(tag, points, columns: columns, sprites: sprites, step: 123_456)
            writer.scope("scope").embedding("plain", Embedding(points.reversed()), step: -1)
        }
    }
}

extension ConformanceTests.WriterConformanceTests {
    @Test(arguments: Loader.available)
    func theProjectorListsEveryEmbedding(loader: Loader) async throws {
        let server = try Served.by(loader)
        #expect(try await server.runsWithEmbeddings() == ["embeddings"])
        // Worked out in the background.
        _ = try await poll("the Projector to be on") {
            try await server.activeDashboards().contains("projector") ? true : nil
        }
        let embeddings = try await server.embeddings(run: "embeddings")
        #expect(
            embeddings.map(\.tensorName) == ["words:00000", "\(HardCases.tag):123456", "scope/plain:-00001"]
        )
        #expect(embeddings.allSatisfy { $0.tensorShape == [3, 3] })
        #expect(embeddings.map { $0.metadataPath == nil } == [false, false, true])
        #expect(embeddings.map { $0.sprite?.singleImageDim } == [nil, [1, 2], nil])
    }

    @Test(arguments: Loader.available)
    func theProjectorServesEveryPointBitByBit(loader: Loader) async throws {
        let server = try Served.by(loader)
        for (name, points) in [
            ("words:00000", HardCases.points), ("\(HardCases.tag):123456", HardCases.points),
            ("scope/plain:-00001", HardCases.points.reversed()),
        ] {
            let served = try await server.embeddingFile("tensor", run: "embeddings", name: name)
            let bits = points.joined().flatMap { number in
                (0..<4).map { UInt8(truncatingIfNeeded: number.bitPattern >> (8 * $0)) }
            }
            #expect(served == bits)
        }
    }

    @Test(arguments: Loader.available)
    func theProjectorHasALabelForEachPoint(loader: Loader) async throws {
        let server = try Served.by(loader)
        let labels = try await server.embeddingFile("metadata", run: "embeddings", name: "words:00000")
        #expect(String(decoding: labels, as: UTF8.self) == "one\n-\nzwölf and a half\n")
        let table = try await server.embeddingFile("metadata", run: "embeddings", name: "\(HardCases.tag):123456")
        #expect(String(decoding: table, as: UTF8.self) == "word\tcount\na\t1\nb\t\nc\t3\n")
    }

    @Test(arguments: Loader.available)
    func theProjectorServesTheSpritesInTheOrderOfThePoints(loader: Loader) async throws {
        struct Picture: Decodable, Equatable {
            let format: String
            let mode: String
            let width: Int
            let height: Int
            let samples: [UInt8]
        }
        let name = "\(HardCases.tag):123456"
        let png = try await Served.by(loader).embeddingFile("sprite_image", run: "embeddings", name: name)
        let json = try await StockPython.run([StockPython.script("pixels.py")], input: Data(png))
        let picture = try JSONDecoder.tensorBoard.decode(Picture.self, from: json)
        // Thumbnails of 1×2 pixels: two in the first row, one in the second.
        let samples: [UInt8] = [
            0, 1, 2, 100, 101, 102, 3, 4, 5, 103, 104, 105, 200, 201, 202, 0, 0, 0, 203, 204, 205, 0, 0, 0,
        ]
        #expect(picture == Picture(format: "PNG", mode: "RGB", width: 2, height: 4, samples: samples))
    }
}
