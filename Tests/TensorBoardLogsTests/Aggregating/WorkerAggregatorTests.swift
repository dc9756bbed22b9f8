import Foundation
import SystemPackage
import TensorBoard
import TensorBoardLogs
import TestSupport
import Testing

/// Aggregates of what ranks have logged, all at once.
struct WorkerAggregatorTests {
    let logs: RankLogs

    init() throws { logs = try RankLogs() }

    /// Ranks that log some tags at some steps, in any order of tags, and go back now and then.
    @Test(arguments: 0..<12)
    func theAggregateIsThatOfAPlainComputation(seed: Int) throws {
        var generator = SplitMix(state: UInt64(seed) &* 977 &+ 1)
        let rankCount = Int.random(in: 1...9, using: &generator)
        let tags = (0..<Int.random(in: 1...4, using: &generator)).map { "group\($0 % 2)/tag\($0)" }
        for rank in 0..<rankCount {
            let writer = try logs.writer(rank, clock: { 5 })
            let last = Int.random(in: 1...2500, using: &generator)
            var step = 0
            while step < last {
                for tag in tags where Int.random(in: 0..<10, using: &generator) > 0 {
                    let isNaN = Int.random(in: 0..<400, using: &generator) == 0
                    let value = isNaN ? .nan : Float(Int.random(in: 0..<50, using: &generator))
                    writer.scalar(tag, value, step: tag.hasSuffix("3") ? step / 100 : step)
                }
                step += 1
                if Int.random(in: 0..<900, using: &generator) == 0 { step = max(0, step - 40) }
            }
            try writer.close()
        }
        let expected = try plainAggregate()
        let points = try logs.points()
        #expect(points.count == expected.count)
        for point in points {
            let values = try #require(expected[Place(tag: point.tag, step: point.step)])
            #expect(point.rankCount == values.count)
            if values.contains(where: \.value.isNaN) {
                #expect(point.mean.isNaN && point.maximum.isNaN)
                #expect(values[point.rankOfMaximum]?.isNaN == true)
            } else {
                #expect(abs(point.mean - values.values.reduce(0, +) / Double(values.count)) < 1e-9)
                #expect(point.minimum == values.values.min())
                #expect(point.maximum == values.values.max())
                #expect(values[point.rankOfMaximum] == point.maximum)
                let sorted = values.values.sorted()
                let position = 0.99 * Double(sorted.count - 1)
                let (low, high) = (sorted[Int(position)], sorted[min(sorted.count - 1, Int(position) + 1)])
                #expect(abs(point.percentile99 - (low + (high - low) * (position - position.rounded(.down)))) < 1e-9)
            }
        }
        for tag in tags {
            let steps = points.filter { $0.tag == tag }.map(\.step)
            #expect(steps == Array(Set(steps)).sorted(), "each step of \(tag) once, in order")
        }
    }

    private struct Place: Hashable {
        let tag: String
        let step: Int
    }

    /// All values by tag and step, from whole runs in memory.
    private func plainAggregate() throws -> [Place: [Int: Double]] {
        var values: [Place: [Int: Double]] = [:]
        for (rank, name) in logs.workers.entries.enumerated() {
            let data = try LoggedRun(logs.workers.appending(name)).loadScalars(restarts: .fastLoader)
            for (tag, series) in data.scalars {
                for (step, value) in zip(series.steps, series.values) {
                    values[Place(tag: tag, step: step), default: [:]][rank] = value
                }
            }
        }
        return values
    }

    @Test func aStepThatRanksLackHasFewerRanks() throws {
        try logs.log(0, 0..<6)
        try logs.log(1, [0, 2, 4])
        try logs.log(2, 0..<3)
        #expect(try logs.points().map(\.rankCount) == [3, 2, 3, 1, 2, 1])
    }

    @Test func aJobThatRestartsWithFewerWorkersCountsOnlyThemFromThere() throws {
        for rank in 0..<4 { try logs.log(rank, 0..<10) }
        for rank in 0..<2 { try logs.log(rank, 6..<12, attempt: 1, value: { _ in 100 }) }
        let points = try logs.points()
        #expect(points.map(\.step) == Array(0..<12))
        #expect(points.map(\.rankCount) == Array(repeating: 4, count: 6) + Array(repeating: 2, count: 6))
        #expect(points.map(\.maximum) == Array(repeating: 3, count: 6) + Array(repeating: 100, count: 6))
    }

    @Test func aJobThatRestartsWithMoreWorkersCountsThemAll() throws {
        for rank in 0..<2 { try logs.log(rank, 0..<10) }
        for rank in 0..<3 { try logs.log(rank, 6..<8, attempt: 1) }
        // Only rank 1 has got to a later step before it starts again, and that late.
        for rank in 0..<3 { try logs.log(rank, 7..<9, attempt: 2) }
        let points = try logs.points()
        #expect(points.map(\.step) == Array(0..<9))
        #expect(points.map(\.rankCount) == [2, 2, 2, 2, 2, 2, 3, 3, 3])
    }

    @Test func oneRankThatGoesBackLeavesTheOthersAlone() throws {
        try logs.log(0, 0..<5)
        try logs.log(1, Array(0..<5) + Array(2..<4), value: { Float(10 * $0) })
        #expect(try logs.points().map(\.rankCount) == [2, 2, 2, 2, 1])
    }

    @Test func tensorsAreScalarsTooAndOtherKindsAreNot() throws {
        try logs.log(0, [0, 1])
        let run = logs.workers.appending("rank-0001")
        let steps = (0..<2).map { step in
            EventBytes.summary(
                step: step,
                EventBytes.tensor("loss", [7], shape: [], plugin: "scalars"),
                EventBytes.histogram("weights"),
                EventBytes.scalar("rate", 3)
            )
        }
        try run.makeRun([EventBytes.version()] + steps)
        let points = try logs.points()
        #expect(points.filter { $0.tag == "loss" }.map(\.maximum) == [7, 7])
        #expect(points.filter { $0.tag == "rate" }.map(\.rankCount) == [1, 1])
        #expect(Set(points.map(\.tag)) == ["loss", "rate"])
    }

    @Test func damageIsReportedAndTheRestCounts() throws {
        for rank in 0..<2 { try logs.log(rank, 0..<5) }
        let file = try LoggedRun(logs.workers.appending("rank-0001")).files[0]
        var bytes = try file.contents()
        bytes[bytes.count - 5] ^= 0xFF
        try file.write(bytes)
        var aggregator = try WorkerAggregator(logs.workers)
        var counts: [Int] = []
        aggregator.finish { update in
            if case .point(let point) = update { counts.append(point.rankCount) }
        }
        #expect(counts == [2, 2, 2, 2, 1])
        #expect(aggregator.faults.map(\.path) == [file])
    }

    @Test func onlyTheTagsAndStepsThatAreAskedForCount() throws {
        try logs.log(0, 0..<5)
        try logs.log(0, 0..<5, tag: "rate")
        var options = WorkerAggregator.Options()
        options.reading.filter.includesTag = { $0 == "rate" }
        options.reading.filter.steps = 1...2
        var aggregator = try WorkerAggregator(logs.workers, options: options)
        var steps: [Int] = []
        aggregator.finish { update in
            if case .point(let point) = update { steps.append(point.step) }
        }
        #expect(steps == [1, 2])
        #expect(aggregator.scalarTags == ["rate"])
    }

    @Test func noStepIsTooLargeOrTooSmall() throws {
        let steps = [Int.max, 3, Int.min, Int.min, 7, Int.max]
        for rank in 0..<2 { try logs.log(rank, steps) }
        #expect(try logs.points().map(\.step) == [.min, 7, .max])
        var aggregator = try WorkerAggregator(logs.workers)
        _ = aggregator.news()
        for rank in 0..<2 { try logs.log(rank, [0, Int.min]) }
        #expect(aggregator.news().first == "restart at \(Int.min)")
    }

    @Test func otherDirectoriesAreNoRanksAndARankHasOne() throws {
        for name in ["rank_1", "rank02", "ranking", "rank-x", "rank-", "logs", "rank--3"] {
            let path = logs.workers.appending(name).string
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        }
        #expect(try WorkerAggregator(logs.workers).rankCount == 2)
        try FileManager.default.createDirectory(
            atPath: logs.workers.appending("rank-0001").string,
            withIntermediateDirectories: true
        )
        let error = #expect(throws: TensorBoardError.self) { _ = try WorkerAggregator(logs.workers) }
        #expect(error?.message.contains("both of rank 1") == true)
    }
}
