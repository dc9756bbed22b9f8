import Foundation

extension StockTensorBoard {
    /// One image or clip of a series, as the dashboard asks for it.
    struct Sample: Sendable {
        let step: Int
        let file: ServedFile
    }

    /// The number of samples of each tag of the Images or Audio dashboard, by run.
    func sampleCounts(dashboard: String) async throws -> [String: [String: Int]] {
        struct Tag: Decodable {
            let samples: Int
        }
        let tags = try JSONDecoder.tensorBoard.decode(
            [String: [String: Tag]].self,
            from: await get("data/plugin/\(dashboard)/tags")
        )
        return tags.mapValues { $0.mapValues(\.samples) }
    }

    /// The images of a series at all steps.
    func images(run: String, tag: String, sample: Int = 0) async throws -> [Sample] {
        try await samples("images/images", "images/individualImage", run: run, tag: tag, sample: sample)
    }

    /// The clips of a series at all steps.
    func clips(run: String, tag: String, sample: Int = 0) async throws -> [Sample] {
        try await samples("audio/audio", "audio/individualAudio", run: run, tag: tag, sample: sample)
    }

    private func samples(
        _ list: String,
        _ item: String,
        run: String,
        tag: String,
        sample: Int
    ) async throws -> [Sample] {
        struct Entry: Decodable {
            let step: Int
            let query: String
        }
        let json = try await get("data/plugin/\(list)", ["run": run, "tag": tag, "sample": "\(sample)"])
        var samples: [Sample] = []
        for entry in try JSONDecoder.tensorBoard.decode([Entry].self, from: json) {
            samples.append(Sample(step: entry.step, file: try await file("data/plugin/\(item)", query: entry.query)))
        }
        return samples
    }
}
