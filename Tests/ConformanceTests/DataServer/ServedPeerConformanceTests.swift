import Foundation
import TensorBoard
import TensorBoardLogs
import TestSupport
import Testing

extension ConformanceTests {
    /// What both loaders show of the files by other writers, against what each rule for restarts gives.
    @Suite(
        .stockTensorBoard(
            serving: { directory in
                for run in try FileManager.default.contentsOfDirectory(atPath: PeerFiles.url.path) {
                    try FileManager.default.copyItem(
                        at: PeerFiles.url.appendingPathComponent(run),
                        to: directory.appendingPathComponent(run)
                    )
                }
            },
            isLoaded: { server in
                let tags = try await server.tags(dashboard: "scalars")
                for (run, scalars) in try ServedPeers.scalars(server.loader) {
                    for (tag, points) in scalars {
                        guard tags[run]?.contains(tag) == true,
                            try await server.scalars(run: run, tag: tag).count == points.count
                        else { return false }
                    }
                }
                return true
            },
            logs: [
                // The Python loader says what it does when a session starts anew.
                "Detected out of order event.step likely caused by a TensorFlow restart. Purging",
                "This summary with tag 'tensor' is oddly not associated with a plugin.",
            ]
        )
    )
    struct ServedPeerConformanceTests {
        @Test(arguments: Loader.available)
        func theSameScalarsAreServed(loader: Loader) async throws {
            let server = try Served.by(loader)
            let expected = try ServedPeers.scalars(loader)
            let tags = try await server.tags(dashboard: "scalars").filter { !$0.value.isEmpty }
            #expect(tags == expected.mapValues { Set($0.keys) })
            for (run, scalars) in expected {
                for (tag, points) in scalars {
                    expectSame(try await server.scalars(run: run, tag: tag), points, "\(run): \(tag)")
                }
            }
        }

        @Test(arguments: Loader.available)
        func theSameHistogramsAreServed(loader: Loader) async throws {
            let server = try Served.by(loader)
            for run in PeerFiles.runs {
                let histograms = try PeerRun.values(run).filter { $0.value.kind == .histogram }
                for (tag, points) in Dictionary(grouping: histograms, by: \.value.tag) {
                    let served = try await server.histograms(run: run, tag: tag)
                    #expect(served.map(\.step) == points.map(\.event.step))
                    #expect(served.map(\.wallTime) == points.map(\.event.wallTime))
                    for (served, (_, value)) in zip(served, points) {
                        expectSame(served.buckets, ServedPeers.rows(value, loader), "\(run): \(tag)")
                    }
                }
            }
        }

        /// So MXBoard and others of its time wrote texts; the tag stands where the name of a node belongs.
        @Test(arguments: Loader.available)
        func aTextWithoutATagHasNoNameOrTheTextDashboardFails(loader: Loader) async throws {
            // Not the server of the suite: what it prints when it fails is of no use.
            let directory = PeerFiles.url.appendingPathComponent("mxboard")
            try await StockTensorBoard.serving(directory, loader: loader) { server in
                _ = try await poll("the run to be loaded") {
                    try? await server.scalars(run: ".", tag: "layer1/loss").count == 5 ? true : nil
                }
                let tags = try? await server.get("data/plugin/text/tags")
                let names = try tags.map { try JSONDecoder().decode([String: [String]].self, from: $0) }
                #expect(names == (loader == .fast ? [".": [""]] : nil))
            }
        }
    }
}

/// What is expected to be served of the files by other writers.
enum ServedPeers {
    /// The scalars of each run that has any.
    static func scalars(_ loader: Loader) throws -> [String: NameDictionary<[ScalarPoint]>] {
        var runs: [String: NameDictionary<[ScalarPoint]>] = [:]
        for run in PeerFiles.runs {
            let data = try PeerRun.run(run).load(restarts: loader == .fast ? .fastLoader : .slowLoader)
            var scalars = data.scalars
            // The data server shows no doubles.
            if run == "torch", loader == .fast { scalars["precise"] = nil }
            guard !scalars.isEmpty else { continue }
            runs[run] = scalars.mapValues { series in
                series.steps.indices.map { index in
                    ScalarPoint(
                        wallTime: series.wallTimes[index],
                        step: series.steps[index],
                        value: series.values[index]
                    )
                }
            }
        }
        return runs
    }

    /// The rows of a histogram: the data server hands them on, the Python loader has them made anew.
    static func rows(_ value: LoggedValue, _ loader: Loader) -> [HistogramPoint.Bucket] {
        var value = value
        if loader == .slow {
            value.payload = .tensor(value.upgraded)
            value.metadata = SummaryMetadata(pluginName: "histograms", dataClass: .tensor)
        }
        guard case .histogram(let histogram) = value.content else { return [] }
        return histogram.buckets.map { HistogramPoint.Bucket($0) }
    }
}
