import Foundation

extension StockTensorBoard {
    /// What serves the data, which tells the loader.
    func dataProvider() async throws -> String {
        struct Environment: Decodable {
            struct Debug: Decodable {
                let data_provider: String
            }
            let debug: Debug
        }
        return try await decode(Environment.self, from: get("data/environment")).debug.data_provider
    }

    /// The names of the runs, the one that began first at the front.
    func runs() async throws -> [String] {
        try await decode([String].self, from: get("data/runs"))
    }

    /// The dashboards that have something to show.
    func activeDashboards() async throws -> Set<String> {
        struct Plugin: Decodable {
            let enabled: Bool
        }
        let plugins = try await decode([String: Plugin].self, from: get("data/plugins_listing"))
        return Set(plugins.filter(\.value.enabled).keys)
    }

    /// The tags of a dashboard by run.
    func tags(dashboard: String) async throws -> [String: Set<String>] {
        try await tagDescriptions(dashboard: dashboard).mapValues { Set($0.keys) }
    }

    /// What a dashboard says about its tags, by run and tag.
    func tagDescriptions(dashboard: String) async throws -> [String: [String: TagDescription]] {
        try await decode([String: [String: TagDescription]].self, from: get("data/plugin/\(dashboard)/tags"))
    }

    /// A whole scalar series.
    func scalars(run: String, tag: String) async throws -> [ScalarPoint] {
        try await decode([ScalarPoint].self, from: get("data/plugin/scalars/scalars", ["run": run, "tag": tag]))
    }

    /// One scalar series of several runs, as the dashboard asks for it.
    func scalars(runs: [String], tag: String) async throws -> [String: [ScalarPoint]] {
        let form = [("tag", tag)] + runs.map { ("runs", $0) }
        return try await decode(
            [String: [ScalarPoint]].self,
            from: post("data/plugin/scalars/scalars_multirun", form)
        )
    }

    /// At most 51 steps of a histogram series, the last one among them: TensorBoard sends no more.
    func histograms(run: String, tag: String) async throws -> [HistogramPoint] {
        try await decode(
            [HistogramPoint].self,
            from: get("data/plugin/histograms/histograms", ["run": run, "tag": tag])
        )
    }

    /// At most 501 steps of a histogram series as percentiles, the last one among them.
    func distributions(run: String, tag: String) async throws -> [DistributionPoint] {
        try await decode(
            [DistributionPoint].self,
            from: get("data/plugin/distributions/distributions", ["run": run, "tag": tag])
        )
    }

    /// A text series.
    func texts(run: String, tag: String) async throws -> [TextPoint] {
        try await decode([TextPoint].self, from: get("data/plugin/text/text", ["run": run, "tag": tag]))
    }

    /// A series of precision-recall curves.
    func precisionRecallCurves(run: String, tag: String) async throws -> [PrecisionRecallPoint] {
        let curves = try await decode(
            [String: [PrecisionRecallPoint]].self,
            from: get("data/plugin/pr_curves/pr_curves", ["run": run, "tag": tag])
        )
        return curves[run] ?? []
    }

    /// The runs that have a graph.
    func runsWithGraph() async throws -> Set<String> {
        struct Info: Decodable {
            let run_graph: Bool
        }
        let info = try await decode([String: Info].self, from: get("data/plugin/graphs/info"))
        return Set(info.filter(\.value.run_graph).keys)
    }

    /// The graph of a run.
    func graph(run: String) async throws -> ServedGraph {
        try await ServedGraph(text: get("data/plugin/graphs/graph", ["run": run]))
    }

    private func decode<Value: Decodable>(_ type: Value.Type, from json: Data) throws -> Value {
        try JSONDecoder.tensorBoard.decode(type, from: json)
    }
}
