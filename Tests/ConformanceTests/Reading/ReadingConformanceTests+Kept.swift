import Foundation
import SystemPackage
import TensorBoard
import TensorBoardLogs
import TestSupport
import Testing

/// A run with more points of every kind than a loader keeps.
enum CrowdedRun {
    static let name = "crowded"

    private typealias Bytes = EventBytes

    /// What is logged at each of so many steps, by the plugin that the loaders hand it to.
    private static let values: [(plugin: String, count: Int, value: [UInt8])] = [
        ("scalars", 1050, Bytes.scalar("scalar")),
        ("histograms", 550, Bytes.tensor("histogram", [0, 1, 2], shape: [1, 3], plugin: "histograms")),
        ("histograms", 550, Bytes.histogram("old histogram")),
        ("images", 30, Bytes.strings("image", [[0x31], [0x31], [0]], shape: [3], .init("images"))),
        ("images", 30, Bytes.image("old image")),
        ("audio", 30, Bytes.strings("audio", [[0]], shape: [1], .init("audio"))),
        ("text", 150, Bytes.strings("text", [[0x68]], .init("text"))),
        ("pr_curves", 150, Bytes.floats("curve", .init(repeating: 1, count: 6), shape: [6, 1], .init("pr_curves"))),
        // A mesh of the name m, and vertices.
        ("mesh", 150, Bytes.floats("m", [1, 2, 3], shape: [1, 1, 3], .init("mesh", content: [18, 1, 0x6D, 24, 1]))),
        ("hparams", 150, Bytes.hyperparameters(rate: 1)),
        ("custom_scalars", 150, Bytes.strings("custom_scalars__config__", [[]], .init("custom_scalars"))),
        ("graph_run_metadata", 30, Bytes.strings("trace", [[]], .init("graph_run_metadata", content: [0x31]))),
        ("graph_keras_model", 30, Bytes.strings("layers", [[0x7B]], .init("graph_keras_model", content: [0x31]))),
        ("mine", 1050, Bytes.floats("scalars of a plugin", [1], .init("mine", dataClass: 1))),
        ("mine", 150, Bytes.floats("tensors of a plugin", [1], .init("mine", dataClass: 2))),
        ("mine", 30, Bytes.strings("blobs of a plugin", [[0]], shape: [1], .init("mine", dataClass: 3))),
        ("mine", 30, Bytes.floats("without data class", [1], .init("mine"))),
        ("", 30, Bytes.floats("without plugin", [1])),
    ]

    /// The plugins whose data is in the run.
    static let plugins = Set(values.map(\.plugin)).subtracting([""]).union(["graphs", "graph_tagged_run_metadata"])

    static func write(in directory: URL) throws {
        let path = directory.appendingPathComponent(name)
        try FileManager.default.createDirectory(at: path, withIntermediateDirectories: true)
        let summaries = (0..<(values.map(\.count).max() ?? 0)).map { step in
            EventBytes.event(
                step: step,
                Bytes.bytes(5, values.filter { step < $0.count }.flatMap { Bytes.bytes(1, $0.value) })
            )
        }
        let graphs = (0..<30).map { EventBytes.graph(step: $0, EventBytes.graphOfOneNode("\($0)")) }
        let runMetadata = (0..<30).map { EventBytes.runMetadata(step: $0, "run metadata") }
        try FilePath(path.path).writeRecords(
            "events.out.tfevents.1",
            [EventBytes.version()] + graphs + runMetadata + summaries
        )
    }
}

extension ConformanceTests.ReadingConformanceTests {
    @Test(arguments: Loader.available)
    func asManyPointsAreKeptAsIsSaid(loader: Loader) async throws {
        let server = try Served.by(loader)
        var kept: [String: [Int]] = [:]
        for plugin in CrowdedRun.plugins {
            kept.merge(try await server.keptSteps(run: CrowdedRun.name, plugin: plugin)) { $0 + $1 }
        }
        let path = FilePath(server.logDirectory.appendingPathComponent(CrowdedRun.name).path)
        let said = try #require(TensorBoardLoader(rawValue: loader.rawValue))
        let tags = try LoggedRun(path).inspect().tags
        #expect(tags.count == 20)
        for (name, tag) in tags {
            let steps = kept[name] ?? []
            #expect(steps.count == tag.keptPointCount(by: said), "\(name)")
            // The last is always among them.
            if let last = steps.last { #expect(last == tag.lastStep, "\(name)") }
        }
    }
}
