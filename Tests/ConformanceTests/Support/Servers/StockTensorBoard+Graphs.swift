import Foundation

extension StockTensorBoard {
    /// What the Graphs dashboard offers for one tag.
    struct GraphTag: Decodable, Equatable {
        let op_graph: Bool
        let profile: Bool
        let conceptual_graph: Bool
    }

    /// The tags of the Graphs dashboard in a run.
    func graphTags(run: String) async throws -> [String: GraphTag] {
        struct Info: Decodable {
            let tags: [String: GraphTag]
        }
        let info = try await get("data/plugin/graphs/info")
        return try JSONDecoder.tensorBoard.decode([String: Info].self, from: info)[run]?.tags ?? [:]
    }

    /// The graph of a run under a tag, of operations or of layers.
    func graph(run: String, tag: String, isConceptual: Bool = false) async throws -> ServedGraph {
        let query: KeyValuePairs = ["run": run, "tag": tag, "conceptual": isConceptual ? "true" : "false"]
        return try await ServedGraph(text: get("data/plugin/graphs/graph", query))
    }

    /// What the nodes of a graph took, in the text that the browser gets.
    func runMetadataText(run: String, tag: String) async throws -> Data {
        try await get("data/plugin/graphs/run_metadata", ["run": run, "tag": tag])
    }

    /// The graph of a run in the text that the browser gets.
    func graphText(run: String) async throws -> String {
        String(decoding: try await get("data/plugin/graphs/graph", ["run": run]), as: UTF8.self)
    }
}
