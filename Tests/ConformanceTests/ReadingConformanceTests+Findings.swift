import Foundation
import TensorBoard
import TestSupport
import Testing

extension LogExample {
    /// What each loader shows, but not in the same way.
    static let presentations = [
        LogExample(
            name: "title without data class",
            events: series(EventBytes.scalar("a", 1, .init("scalars", title: "title"))),
            findings: ["fast: its title and description are not shown"],
            fast: .points([0]),
            slow: .points([0])
        ),
        LogExample(
            name: "title with data class",
            events: series(EventBytes.scalar("a", 1, .init("scalars", title: "title", dataClass: 1))),
            fast: .points([0]),
            slow: .points([0])
        ),
        LogExample(
            name: "old audio",
            events: series(EventBytes.audio("a")),
            findings: ["fast: a browser may refuse to play it"],
            place: .audio,
            fast: .points([0]),
            slow: .points([0])
        ),
        LogExample(
            name: "other hyperparameters",
            events: series(EventBytes.hyperparameters(rate: 1), EventBytes.hyperparameters(rate: 7)),
            findings: ["its first record alone counts"],
            tag: "_hparams_/session_start_info",
            place: .plugin("hparams"),
            fast: .points([0, 1]),
            slow: .points([0, 1])
        ),
        LogExample(
            name: "hyperparameters once more",
            events: series(EventBytes.hyperparameters(rate: 1), EventBytes.hyperparameters(rate: 1)),
            tag: "_hparams_/session_start_info",
            place: .plugin("hparams"),
            fast: .points([0, 1]),
            slow: .points([0, 1])
        ),
    ]
}

extension ConformanceTests.ReadingConformanceTests {
    @Test(arguments: Loader.available)
    func theFastLoaderLosesATitleWithoutDataClass(loader: Loader) async throws {
        let tags = try await Served.by(loader).tagDescriptions(dashboard: "scalars")
        #expect(tags["title with data class"]?["a"]?.displayName == "title")
        #expect(tags["title without data class"]?["a"]?.displayName == (loader == .fast ? "" : "title"))
    }

    @Test(arguments: Loader.available)
    func theFastLoaderDoesNotSayThatOldAudioIsWAV(loader: Loader) async throws {
        let clips = try await Served.by(loader).clips(run: "old audio", tag: "a")
        #expect(clips.map(\.file.contentType) == [loader == .fast ? "application/octet-stream" : "audio/wav"])
    }

    @Test(arguments: Loader.available)
    func theFirstRecordOfHyperparametersCounts(loader: Loader) async throws {
        let json = try await Served.by(loader).get("data/plugin/hparams/experiment", ["request": "{}"])
        let experiment = try #require(try JSONSerialization.jsonObject(with: json) as? [String: Any])
        let column = try #require((experiment["hparamInfos"] as? [[String: Any]])?.first)
        // The interval of the values of all runs.
        #expect(column["domainInterval"] as? [String: Double] == ["minValue": 1, "maxValue": 1])
    }

    @Test(arguments: Loader.available)
    func ofImagesAtOneStepTheFastLoaderShowsTheLastAndTheSlowTheFirst(loader: Loader) async throws {
        let images = try await Served.by(loader).images(run: "step of an image repeated", tag: "a")
        #expect(images.map { String(decoding: $0.file.data, as: UTF8.self) } == [loader == .fast ? "last" : "first"])
    }

    @Test(arguments: Loader.available)
    func ofGraphsAtOneStepTheFastLoaderShowsTheLastAndTheSlowTheFirst(loader: Loader) async throws {
        let graph = try await Served.by(loader).graph(run: "two graphs at a step")
        #expect(graph.nodes.keys.sorted() == [loader == .fast ? "last" : "first"])
    }

    @Test(arguments: Loader.available)
    func aTruncatedRecordIsShownWhenTheRestHasCome(loader: Loader) async throws {
        let server = try Served.by(loader)
        let whole = LogExample(
            name: "completed by the \(loader) loader",
            events: [LogExample.version] + LogExample.scalars(0, 1),
            fast: .points([0, 1]),
            slow: .points([0, 1])
        )
        var torn = whole
        torn.damage = { file, _ in file.removeLast(3) }
        try torn.write(in: server.logDirectory)
        try await expect(.points([0]), of: whole, by: server)
        let file = torn.run(in: server.logDirectory).files[0]
        let rest = try withTail(of: whole)
        let handle = try #require(FileHandle(forWritingAtPath: file.string))
        try handle.seekToEnd()
        try handle.write(contentsOf: Data(rest))
        try handle.close()
        try await expect(.points([0, 1]), of: whole, by: server)
    }

    private func expect(_ shown: Shown, of example: LogExample, by server: StockTensorBoard) async throws {
        _ = try await poll("\(shown) of \(example.name)") {
            try await server.shown("a", run: example.name, at: .scalars) == shown ? true : nil
        }
    }

    private func withTail(of example: LogExample) throws -> [UInt8] {
        let directory = try TemporaryDirectory()
        try example.write(in: directory.url)
        return try example.run(in: directory.url).files[0].contents().suffix(3)
    }
}
