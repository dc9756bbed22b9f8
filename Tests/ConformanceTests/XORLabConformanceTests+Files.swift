import Foundation
import TensorBoard
import Testing

extension ConformanceTests.XORLabConformanceTests {
    @Test(arguments: XORLab.runs)
    func theAccumulatorsReadEveryStep(run: XORLab) async throws {
        let logged = try await run.logged
        let accumulated = try await AccumulatedRun.read(try directory(of: run))
        #expect(accumulated.raw.fileVersion == 2)
        #expect(accumulated.raw.graphNodes == logged.graph.nodes.map(\.name))
        #expect(Set(accumulated.raw.scalars.keys) == XORLab.scalarTags)
        for (tag, values) in logged.scalars {
            let points = try #require(accumulated.raw.scalars[tag])
            expectSame(points.map(\.step), Array(0..<XORLab.stepCount), "steps of \(tag)")
            expectSame(points.map(\.value), values.map(Double.init), tag)
            expectSame(points.map(\.wallTime), run.wallTimes, "times of \(tag)")

            #expect(accumulated.upgraded.plugins[tag] == "scalars")
            let tensors = try #require(accumulated.upgraded.tensors[tag])
            expectSame(tensors.map(\.values), values.map { [Double($0)] }, "upgraded \(tag)")
        }
        for (tag, histograms) in logged.histograms {
            #expect(accumulated.upgraded.plugins[tag] == "histograms")
            let tensors = try #require(accumulated.upgraded.tensors[tag])
            expectSame(tensors.map(\.step), Array(0..<XORLab.stepCount), "steps of \(tag)")
            expectSame(tensors.map(\.wallTime), run.wallTimes, "times of \(tag)")
            expectSame(tensors.map(\.shape), histograms.map { [$0.bucketCount, 3] }, "shapes of \(tag)")
            let rows = histograms.map { histogram in
                histogram.buckets.flatMap { [$0.lowerBound, $0.upperBound, Double($0.count)] }
            }
            expectSame(tensors.map(\.values), rows, tag)
        }
    }

    @Test(arguments: XORLab.runs)
    func inspectCountsEveryStep(run: XORLab) async throws {
        let inspected = try await InspectedRun.read(try directory(of: run))
        #expect(Set(inspected.tags["scalars"] ?? []) == XORLab.scalarTags)
        let hyperparameterTags = ["_hparams_/session_start_info", "_hparams_/session_end_info"]
        #expect(Set(inspected.tags["tensor"] ?? []) == Set(XORLab.tensorSizes.keys).union(hyperparameterTags))
        // How the run ended stands behind its last step.
        for (kind, stepCount) in ["scalars": XORLab.stepCount, "tensor": XORLab.stepCount + 1] {
            let statistics = try #require(inspected.statistics[kind])
            #expect(statistics["first_step"] == "0")
            #expect(statistics["last_step"] == "\(stepCount - 1)")
            #expect(statistics["num_steps"] == "\(stepCount)")
            #expect(statistics["outoforder_steps"] == "[]")
        }
        #expect(inspected.statistics["graph"]?["num_steps"] == "1")
        #expect(inspected.statistics["sessionlog:start"]?["steps"] == "[0]")
    }

    @Test(arguments: XORLab.runs)
    func everyRecordOfTheFileIsSound(run: XORLab) async throws {
        let directory = try directory(of: run)
        let names = try FileManager.default.contentsOfDirectory(atPath: directory.path)
        try #require(names.count == 1)
        let file = try await EventFileRecords.read(directory.appendingPathComponent(names[0]))
        let records = file.records

        #expect(file.trailingBytes == 0)
        #expect(records.first?.offset == 0)
        let ends = records.map { $0.offset + $0.length + 16 }
        expectSame(records.dropFirst().map(\.offset), ends.dropLast(), "offsets")
        #expect(records.allSatisfy { $0.lengthChecksumIsRight && $0.payloadChecksumIsRight == true })

        let events = records.compactMap(\.event)
        let summaries = Array(repeating: "summary", count: 1 + XORLab.stepCount + 1)
        let kinds = ["file_version", "session_log", "graph_def"] + summaries
        expectSame(events.map(\.kind), kinds, "kinds of events")
        #expect(events.first?.fileVersion == "brain.Event:2")
        let steps = events.dropFirst(4).dropLast()
        expectSame(steps.map(\.step), Array(0..<XORLab.stepCount), "steps")
        expectSame(steps.map(\.wallTime), run.wallTimes, "times")
        let tags = XORLab.scalarTags.union(XORLab.tensorSizes.keys).sorted()
        #expect(steps.allSatisfy { $0.tags.sorted() == tags })
        let cost = try #require(try await run.logged.scalars["cost"])
        expectSame(steps.map { $0.scalars["cost"] }, cost, "cost")
    }

    private func directory(of run: XORLab) throws -> URL {
        try #require(Served.current).logDirectory.appendingPathComponent(run.name)
    }
}
