import Foundation
import SystemPackage
import TensorBoard
import TestSupport
import Testing

/// Runs that `tblog` has written.
enum ToolRuns {
    /// Whole records around a damaged one, and a torn one at the end.
    private static let damaged = LogExample(
        name: "damaged",
        events: [LogExample.version] + LogExample.scalars(0, 1, 2, 3, 4, 5),
        damage: { file, records in
            file[records[3]] ^= 1
            file.removeLast(3)
        },
        fast: .points([0, 1]),
        slow: .points([0, 1])
    )

    /// Makes runs elsewhere, and has the tool write what becomes of them into the log directory.
    static func write(in logDirectory: URL) async throws {
        let directory = try TemporaryDirectory()
        try writeSources(in: directory.path)
        func tblog(_ arguments: String...) async throws {
            let command = try await ExecutedCommand("tblog", arguments, directory: directory.url)
            guard command.status == 0 else { throw ConformanceFailure("tblog \(arguments): \(command.errors)") }
        }
        func output(_ name: String) -> String { logDirectory.appendingPathComponent(name).path }
        try await tblog("trim", "seeds/1", "--keep", "5...14", "--output", output("trimmed"))
        try await tblog("thin", "seeds/1", "--every", "4", "--output", output("thinned"))
        try await tblog("thin", "seeds/1", "--points", "5", "--output", output("thinned to points"))
        try await tblog("merge", "resumed", "--output", output("merged"))
        try await tblog("average", "seeds", "--output", output("average"))
        try await tblog("aggregate", "workers", "--into", output("aggregate"))

        try damaged.write(in: logDirectory)
        try await tblog("repair", output("damaged"))
        let copy = FilePath(output("repaired beside"))
        try FileManager.default.createDirectory(atPath: copy.string, withIntermediateDirectories: true)
        let repaired = FilePath(output("damaged")).appending("events.out.repaired.1")
        try copy.appending("events.out.tfevents.1").write(repaired.contents())

        try FileManager.default.copyItem(atPath: output("damaged"), toPath: output("repaired in place"))
        try await tblog("repair", output("repaired in place"), "--replace")
    }

    private static func writeSources(in directory: FilePath) throws {
        for (seed, offset) in [("1", 0), ("2", 10)] {
            try withSummaryWriter(logDirectory: directory.appending("seeds").appending(seed)) { writer in
                writer.graph(GraphDefinition(nodes: [.init(name: "node", operation: "NoOp")]))
                for step in 0..<20 {
                    writer.scalar("cost", step + offset, step: step)
                    writer.text("note", "step \(step)", step: step)
                    writer.histogram("weights", [Float(step), 1], step: step)
                }
            }
        }
        // Four workers, of which the two that a restart leaves go back to step 6.
        for (attempt, steps, ranks) in [(0, 0..<10, 0..<4), (1, 6..<12, 0..<2)] {
            for rank in ranks {
                let writer = try SummaryWriter(
                    logDirectory: directory.appending("run"),
                    workers: .all,
                    workerDirectory: directory.appending("workers"),
                    worker: WorkerIdentity(rank: rank, worldSize: ranks.count, attempt: attempt),
                    options: .init(onIssue: { _ in })
                )
                for step in steps { writer.scalar("loss", 100 * attempt + 10 * rank + step, step: step) }
                try writer.close()
            }
        }
        let resumed = directory.appending("resumed")
        try withSummaryWriter(logDirectory: resumed) { writer in
            for step in 0..<10 { writer.scalar("cost", step, step: step) }
        }
        try withSummaryWriter(logDirectory: resumed, options: .init(existingRun: .resume(atStep: 6))) { writer in
            for step in 6..<12 { writer.scalar("cost", 100 + step, step: step) }
        }
    }
}

extension ConformanceTests.ReadingConformanceTests {
    private func costs(_ run: String, _ loader: Loader) async throws -> [Int: Double] {
        let points = try await Served.by(loader).scalars(run: run, tag: "cost")
        return Dictionary(points.map { ($0.step, $0.value) }) { _, _ in .nan }
    }

    @Test(arguments: Loader.available)
    func aTrimmedRunShowsTheStepsThatWereKeptAndItsGraph(loader: Loader) async throws {
        let server = try Served.by(loader)
        let steps = Array(5...14)
        #expect(try await server.scalars(run: "trimmed", tag: "cost").map(\.step) == steps)
        #expect(try await server.histograms(run: "trimmed", tag: "weights").map(\.step) == steps)
        // Of texts, the slow loader keeps ten.
        #expect(try await server.texts(run: "trimmed", tag: "note").map(\.step) == steps)
        #expect(try await server.graph(run: "trimmed").nodes.keys.sorted() == ["node"])
    }

    @Test(arguments: Loader.available)
    func aThinnedRunShowsThePointsThatWereTaken(loader: Loader) async throws {
        let server = try Served.by(loader)
        let steps = [0, 4, 8, 12, 16, 19]
        #expect(try await server.scalars(run: "thinned", tag: "cost").map(\.step) == steps)
        #expect(try await server.histograms(run: "thinned", tag: "weights").map(\.step) == steps)
        #expect(try await server.texts(run: "thinned", tag: "note").map(\.step) == steps)
        let points = try await server.scalars(run: "thinned to points", tag: "cost").map(\.step)
        #expect(points.count == 5)
        #expect(points.first == 0 && points.last == 19)
    }

    @Test(arguments: Loader.available)
    func aMergedRunShowsWhatItsFilesShowed(loader: Loader) async throws {
        let points = try await Served.by(loader).scalars(run: "merged", tag: "cost")
        #expect(points.map(\.step) == Array(0..<12))
        #expect(points.map { Int($0.value) } == Array(0..<6) + Array(106..<112))
    }

    @Test(arguments: Loader.available)
    func averagesAreShownAsRuns(loader: Loader) async throws {
        let deviation = Double(Float(50).squareRoot())
        for step in [0, 19] {
            #expect(try await costs("average/mean", loader)[step] == Double(step) + 5)
            #expect(try await costs("average/minimum", loader)[step] == Double(step))
            #expect(try await costs("average/maximum", loader)[step] == Double(step) + 10)
            #expect(try await costs("average/standard_deviation", loader)[step] == deviation)
        }
        #expect(try await costs("average/mean", loader).keys.sorted() == Array(0..<20))
    }

    @Test(arguments: Loader.available)
    func theSpreadIsAChartWithABand(loader: Loader) async throws {
        let server = try Served.by(loader)
        let charts = try await server.scalarLayout().category.flatMap(\.chart)
        let bands = charts.flatMap { $0.margin?.series ?? [] }
        #expect(bands.contains(.init(value: "cost/mean", lower: "cost/minimum", upper: "cost/maximum")))
        let tags = try await server.chartTags(
            run: "average/spread",
            patterns: bands.flatMap { [$0.value, $0.lower, $0.upper] }
        )
        #expect(tags == ["cost/mean", "cost/minimum", "cost/maximum"])
    }

    @Test(arguments: Loader.available)
    func theAggregateOfWorkersIsOneRunWithBands(loader: Loader) async throws {
        let server = try Served.by(loader)
        func values(_ statistic: String) async throws -> [Int] {
            let points = try await server.scalars(run: "aggregate", tag: "loss/\(statistic)")
            #expect(points.map(\.step) == Array(0..<12))
            return points.map { Int($0.value) }
        }
        #expect(try await values("mean") == (0..<6).map { $0 + 15 } + (6..<12).map { $0 + 105 })
        #expect(try await values("min") == (0..<6).map { $0 } + (6..<12).map { $0 + 100 })
        #expect(try await values("max") == (0..<6).map { $0 + 30 } + (6..<12).map { $0 + 110 })
        #expect(try await values("rank_of_max") == Array(repeating: 3, count: 6) + Array(repeating: 1, count: 6))
        #expect(try await values("ranks") == Array(repeating: 4, count: 6) + Array(repeating: 2, count: 6))
        #expect(try await server.tags(dashboard: "scalars")["aggregate"]?.contains("loss/p99") == true)
        let charts = try await server.scalarLayout().category.filter { $0.title == "loss" }.flatMap(\.chart)
        let band = try #require(charts.first { $0.title == "loss" }?.margin?.series.first)
        #expect(band == .init(value: "loss/mean", lower: "loss/min", upper: "loss/max"))
        let tags = try await server.chartTags(run: "aggregate", patterns: [band.value, band.lower, band.upper])
        #expect(tags == ["loss/mean", "loss/min", "loss/max"])
    }

    @Test(arguments: Loader.available)
    func aRepairedFileShowsEveryGoodRecord(loader: Loader) async throws {
        let server = try Served.by(loader)
        // The repaired file beside the damaged one is not read.
        #expect(try await server.scalars(run: "damaged", tag: "a").map(\.step) == [0, 1])
        for run in ["repaired beside", "repaired in place"] {
            #expect(try await server.scalars(run: run, tag: "a").map(\.step) == [0, 1, 3, 4], "\(run)")
        }
    }
}
