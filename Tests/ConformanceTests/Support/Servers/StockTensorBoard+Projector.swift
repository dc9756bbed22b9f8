import Foundation

/// What the Projector knows of an embedding.
struct ServedEmbedding: Decodable, Sendable {
    struct Sprite: Decodable, Equatable, Sendable {
        let imagePath: String
        let singleImageDim: [Int]
    }

    let tensorName: String
    let tensorShape: [Int]
    let metadataPath: String?
    let sprite: Sprite?
}

extension StockTensorBoard {
    /// The runs that have embeddings.
    func runsWithEmbeddings() async throws -> [String] {
        try JSONDecoder.tensorBoard.decode([String].self, from: await get("data/plugin/projector/runs"))
    }

    /// The embeddings of a run.
    func embeddings(run: String) async throws -> [ServedEmbedding] {
        struct Configuration: Decodable {
            let embeddings: [ServedEmbedding]
        }
        let json = try await get("data/plugin/projector/info", ["run": run])
        return try JSONDecoder.tensorBoard.decode(Configuration.self, from: json).embeddings
    }

    /// A file of an embedding: `tensor`, `metadata` or `sprite_image`.
    func embeddingFile(_ kind: String, run: String, name: String) async throws -> [UInt8] {
        Array(try await get("data/plugin/projector/\(kind)", ["run": run, "name": name]))
    }
}
