import Foundation
import Testing

private let runs = ["run1", "run2"]
private let costTag = "a & b+c/100%/cost"
private let steps = 1500

extension ConformanceTests {
    /// The checks themselves, held against files of TensorBoard's own writer: where one fails here, the check is wrong.
    @Suite(
        .stockTensorBoard(
            serving: { directory in
                _ = try await StockPython.run([StockPython.script("sample.py"), directory.path])
            },
            isLoaded: { server in
                let series = try await server.scalars(runs: runs, tag: costTag)
                return runs.allSatisfy { series[$0]?.count == steps }
            }
        )
    )
    struct StockTensorBoardTests {
        @Test(arguments: Loader.available)
        func listsRunsTagsAndDashboards(loader: Loader) async throws {
            let server = try Served.by(loader)
            #expect(try await server.runs() == runs)
            #expect(try await server.tags(dashboard: "scalars") == ["run1": [costTag], "run2": [costTag]])
            let dashboards = try await server.activeDashboards()
            #expect(dashboards.isSuperset(of: ["scalars", "histograms", "distributions", "graphs"]))
            #expect(!dashboards.contains("images"))
        }

        @Test(arguments: Loader.available)
        func readsNumbersThatJSONHasNot(loader: Loader) async throws {
            let points = try await Served.by(loader).scalars(run: "run2", tag: costTag)
            #expect(points.map(\.step) == Array(0..<steps))
            let wallTimes = (0..<steps).map { 1_500_000_002 + Double($0) / 8 }
            #expect(points.map(\.wallTime) == wallTimes)
            #expect(points[4].value == 4)
            #expect(points[5].value.isNaN)
            #expect(points[6].value == .infinity)
            #expect(points[7].value == -.infinity)
        }

        @Test(arguments: Loader.available)
        func readsHistogramsAndDistributions(loader: Loader) async throws {
            let server = try Served.by(loader)
            let histogram = try #require(try await server.histograms(run: "run1", tag: "layer1/weights").last)
            #expect(histogram.step == steps - 1)
            #expect(histogram.count == 4)
            #expect(histogram.buckets.map(\.left) == [-1, -0.5, 0.5])
            #expect(histogram.buckets.map(\.right) == [-0.5, 0.5, 2])
            let distribution = try #require(try await server.distributions(run: "run1", tag: "layer1/weights").last)
            #expect(distribution.percentiles.map(\.basisPoints) == DistributionPoint.basisPoints)
            #expect(distribution.percentiles.last?.value == 2)
        }

        @Test(arguments: Loader.available)
        func readsGraphs(loader: Loader) async throws {
            let server = try Served.by(loader)
            #expect(try await server.runsWithGraph() == Set(runs))
            let nodes = try await server.graph(run: "run1").nodes
            #expect(nodes.count == 3)
            #expect(nodes["x"]?.outputShapes == [[-1, 2]])
            #expect(nodes["layer1/y"]?.inputs == ["x", "^init"])
            #expect(nodes["layer1/y"]?.outputShapes == [nil])
            #expect(nodes["init"]?.outputShapes == nil)
        }

        @Test func accumulatesAndInspectsRuns() async throws {
            let run = try #require(Served.current).logDirectory.appendingPathComponent("run1")
            let accumulated = try await AccumulatedRun.read(run)
            #expect(accumulated.raw.scalars[costTag]?.count == steps)
            #expect(accumulated.raw.histograms["layer1/weights"]?.last?.count == 4)
            #expect(accumulated.raw.graphNodes == ["x", "layer1/y", "init"])
            #expect(accumulated.upgraded.plugins["layer1/weights"] == "histograms")
            #expect(accumulated.upgraded.tensors["layer1/weights"]?.last?.shape == [3, 3])

            let inspected = try await InspectedRun.read(run)
            #expect(inspected.tags["scalars"] == [costTag])
            #expect(inspected.statistics["scalars"]?["num_steps"] == "\(steps)")
            #expect(inspected.statistics["audio"] == [:])
        }

        @Test func findsDamagedRecords() async throws {
            let run = try #require(Served.current).logDirectory.appendingPathComponent("run1")
            let files = try FileManager.default.contentsOfDirectory(at: run, includingPropertiesForKeys: nil)
            let file = try #require(files.first)
            let sound = try await EventFileRecords.read(file)
            #expect(sound.records.count == steps + 2)
            #expect(sound.records.allSatisfy { $0.lengthChecksumIsRight && $0.payloadChecksumIsRight == true })
            #expect(sound.records[2].event?.scalars == [costTag: 1])
            #expect(sound.trailingBytes == 0)

            var bytes = try Data(contentsOf: file).dropLast()
            bytes[sound.records[1].offset + 12] ^= 1
            bytes[sound.records[3].offset] ^= 1
            try await withTemporaryDirectory { directory in
                let damagedFile = directory.appendingPathComponent("damaged")
                try bytes.write(to: damagedFile)
                let damaged = try await EventFileRecords.read(damagedFile)
                #expect(damaged.records.map(\.lengthChecksumIsRight) == [true, true, true, false])
                #expect(damaged.records.map(\.payloadChecksumIsRight) == [true, false, true, nil])
                #expect(damaged.trailingBytes == bytes.count - sound.records[3].offset)
            }
        }

        @Test func serversLogIsHeldAgainstTheKnownLines() async throws {
            try await withTemporaryDirectory { directory in
                let log = ServerLog(file: directory.appendingPathComponent("log"))
                let text = "TensorBoard 2.21.0 at http://localhost:1/ (Press CTRL+C to quit)\nW0101 bad\n"
                try Data(text.utf8).write(to: log.file)
                #expect(log.address == "http://localhost:1/")
                #expect(log.unexpectedLines == ["W0101 bad"])
            }
        }
    }
}
