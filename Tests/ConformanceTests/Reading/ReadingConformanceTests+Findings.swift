import Foundation
import SystemPackage
import TensorBoard
import TensorBoardLogs
import TestSupport
import Testing

extension LogExample {
    /// What each loader shows, but not in the same way.
    static let presentations = [
        LogExample(
            name: "title without data class",
            events: series(EventBytes.scalar("a", 1, .init("scalars", title: "title"))),
            findings: ["fast: title and description are not shown"],
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
            findings: ["fast: a browser may refuse to play the clips"],
            place: .audio,
            fast: .points([0]),
            slow: .points([0])
        ),
        LogExample(
            name: "other hyperparameters",
            events: series(EventBytes.hyperparameters(rate: 1), EventBytes.hyperparameters(rate: 7)),
            findings: ["only the first record counts"],
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
        try append(tail(of: whole), to: torn.run(in: server.logDirectory).files[0])
        try await expect(.points([0, 1]), of: whole, by: server)
    }

    @Test(arguments: Loader.available)
    func onlyTheFastLoaderReadsOnInAFileThatIsNotTheNewest(loader: Loader) async throws {
        let server = try Served.by(loader)
        var older = LogExample(
            name: "two writers before the \(loader) loader",
            fileName: "events.out.tfevents.1",
            events: [LogExample.version] + LogExample.scalars(0, 1),
            fast: .points([0, 1]),
            slow: .points([0])
        )
        let rest = try tail(of: older, from: 2)
        older.damage = { file, records in file.removeLast(file.count - records[2]) }
        try older.write(in: server.logDirectory)
        let newer = FilePath(server.logDirectory.appendingPathComponent(older.name).path)
        let values = EventBytes.summary(wallTime: 1_600_000_000, step: 0, EventBytes.scalar("b"))
        try newer.writeRecords("events.out.tfevents.2", [LogExample.version, values])
        _ = try await poll("the newer file to be read") {
            try await server.shown("b", run: older.name, at: .scalars) == .points([0]) ? true : nil
        }
        let file = older.run(in: server.logDirectory).files[0]
        try append(rest, to: file)
        let isRead = { try await server.hasReadEverything(since: "the older file has grown") ? true : nil }
        _ = try await poll("the server to look again", isRead)
        #expect(try await server.shown("a", run: older.name, at: .scalars) == older.shown(by: loader))

        let run = LoggedRun(
            name: older.name,
            directory: newer,
            files: [file, newer.appending("events.out.tfevents.2")]
        )
        #expect(run.inspect().findings.map(\.loaders) == [[.slow]])
    }

    private func append(_ bytes: [UInt8], to file: FilePath) throws {
        let handle = try #require(FileHandle(forWritingAtPath: file.string))
        try handle.seekToEnd()
        try handle.write(contentsOf: Data(bytes))
        try handle.close()
    }

    private func expect(_ shown: Shown, of example: LogExample, by server: StockTensorBoard) async throws {
        _ = try await poll("\(shown) of \(example.name)") {
            try await server.shown("a", run: example.name, at: .scalars) == shown ? true : nil
        }
    }

    /// The last bytes of the example's file, or those from a record on.
    private func tail(of example: LogExample, from record: Int? = nil) throws -> [UInt8] {
        let directory = try TemporaryDirectory()
        try example.write(in: directory.url)
        let bytes = try example.run(in: directory.url).files[0].contents()
        return Array(bytes[(record.map { example.records[$0] } ?? bytes.count - 3)...])
    }
}
