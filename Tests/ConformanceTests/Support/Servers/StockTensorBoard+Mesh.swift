import Foundation

/// One part of a mesh at one step.
struct MeshPart: Decodable, Sendable {
    let step: Int
    /// 1 for vertices, 2 for faces, 3 for colours.
    let content_type: Int
    /// The bits 1 << `content_type` of the parts that the mesh has.
    let components: Int
    let config: String
    let data_shape: [Int]
}

extension StockTensorBoard {
    /// How many samples each mesh of a run has.
    func meshSamples(run: String) async throws -> [String: Int] {
        struct Mesh: Decodable {
            let samples: Int
        }
        let json = try await get("data/plugin/mesh/tags")
        let tags = try JSONDecoder.tensorBoard.decode([String: [String: Mesh]].self, from: json)
        return tags[run]?.mapValues(\.samples) ?? [:]
    }

    /// The parts of one sample, of all steps.
    func meshParts(run: String, tag: String, sample: Int = 0) async throws -> [MeshPart] {
        let query: KeyValuePairs = ["run": run, "tag": tag, "sample": "\(sample)"]
        return try JSONDecoder.tensorBoard.decode([MeshPart].self, from: await get("data/plugin/mesh/meshes", query))
    }

    /// The numbers of one part as bytes, little-endian.
    func meshData(run: String, tag: String, part: String, step: Int, sample: Int = 0) async throws -> [UInt8] {
        let query: KeyValuePairs = [
            "run": run, "tag": tag, "sample": "\(sample)", "step": "\(step)", "content_type": part,
        ]
        return Array(try await get("data/plugin/mesh/data", query))
    }
}
