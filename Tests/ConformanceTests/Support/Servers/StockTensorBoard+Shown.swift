import Foundation

extension StockTensorBoard {
    /// A place where a server shows data.
    enum Place: Sendable {
        /// A dashboard of series.
        case scalars, histograms, distributions, text, images, audio, curves
        /// What the dashboard knows about meshes, and nothing of a tag.
        case meshes
        /// The graph of the run.
        case graph
        /// What nodes took.
        case runMetadata
        /// The table of all runs.
        case hyperparameters
        /// The charts of all runs.
        case layout
        /// What a loader hands to a plugin of the name.
        case plugin(String)
    }

    /// What the server shows of a tag.
    func shown(_ tag: String, run: String, at place: Place) async throws -> Shown {
        guard try await runs().contains(run) else { return .noRun }
        switch place {
        case .scalars: return try await shown(tag, run: run, dashboard: "scalars")
        case .histograms: return try await shown(tag, run: run, dashboard: "histograms")
        case .distributions: return try await shown(tag, run: run, dashboard: "distributions")
        case .text: return try await shown(tag, run: run, dashboard: "text")
        case .images: return try await shown(tag, run: run, dashboard: "images")
        case .audio: return try await shown(tag, run: run, dashboard: "audio")
        case .curves: return try await shown(tag, run: run, dashboard: "pr_curves")
        case .meshes: return await answers("mesh/tags")
        case .graph: return await answers("graphs/graph", ["run": run])
        case .runMetadata: return await answers("graphs/run_metadata", ["run": run, "tag": tag])
        case .hyperparameters:
            let statuses = ["UNKNOWN", "SUCCESS"].map { "\"STATUS_\($0)\"" }.joined(separator: ",")
            let request = "{\"allowedStatuses\":[\(statuses)],\"startIndex\":0,\"sliceSize\":1000}"
            return await answers("hparams/session_groups", ["request": request])
        case .layout: return await answers("custom_scalars/layout")
        case .plugin(let name):
            guard let kept = try? await keptSteps(run: run, plugin: name) else { return .error }
            return kept[tag].map { .points($0) } ?? .noTag
        }
    }

    /// The steps that the loader has kept of each tag of a plugin, stock or not.
    func keptSteps(run: String, plugin: String) async throws -> [String: [Int]] {
        let json = try await get("data/plugin/kept/steps", ["run": run, "plugin": plugin])
        return try JSONDecoder().decode([String: [Int]].self, from: json)
    }

    private func answers(_ path: String, _ query: KeyValuePairs<String, String> = [:]) async -> Shown {
        (try? await get("data/plugin/\(path)", query)) == nil ? .error : .points([])
    }

    private func shown(_ tag: String, run: String, dashboard: String) async throws -> Shown {
        let tags = try JSONSerialization.jsonObject(with: await get("data/plugin/\(dashboard)/tags"))
        // Most dashboards describe their tags, and Text has a list of them.
        let known = (tags as? [String: Any])?[run]
        let names = (known as? [String: Any]).map { Array($0.keys) } ?? known as? [String] ?? []
        guard names.contains(tag) else { return .noTag }
        // The route has the name of the dashboard; those of files ask which of a step is meant, and others do not mind.
        let query: KeyValuePairs = ["run": run, "tag": tag, "sample": "0"]
        guard let json = try? await get("data/plugin/\(dashboard)/\(dashboard)", query) else { return .error }
        let answer = try JSONSerialization.jsonObject(with: json)
        let points = (answer as? [String: Any])?[run] as? [Any] ?? answer as? [Any] ?? []
        let steps = points.map { point in (point as? [Any])?[1] ?? (point as? [String: Any])?["step"] }
        return .points(steps.compactMap { $0 as? Int })
    }

    /// Whether the server has read all that was in the log directory when it was asked for the first time.
    ///
    /// Each round of reading begins with a look for new runs: when one is there that was made after the first round
    /// had begun, that has ended.
    ///
    /// - Parameter moment: Tells apart what is waited for.
    /// - Returns: Whether it has; ask again if not.
    /// - Throws: What keeps the server from answering.
    func hasReadEverything(since moment: String = "the start") async throws -> Bool {
        guard try await !runs().isEmpty else { return false }
        let run = "seen by the \(loader) loader since \(moment)"
        if !FileManager.default.fileExists(atPath: logDirectory.appendingPathComponent(run).path) {
            try HardCases.write(run, in: logDirectory) { _ in }
        }
        return try await tags(dashboard: "scalars")[run] != nil
    }
}
