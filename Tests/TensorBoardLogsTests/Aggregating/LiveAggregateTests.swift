import Foundation
import SystemPackage
import TensorBoard
import TensorBoardLogs
import TestSupport
import Testing

/// Aggregates of ranks that are at work.
struct LiveAggregateTests {
    let logs: RankLogs

    init() throws { logs = try RankLogs() }

    private func aggregator(patience: Duration = .seconds(3600)) throws -> WorkerAggregator {
        var options = WorkerAggregator.Options()
        options.patience = patience
        return try WorkerAggregator(logs.workers, options: options)
    }

    private func log(_ writer: SummaryWriter, _ steps: Range<Int>) throws {
        for step in steps { writer.scalar("loss", 1, step: step) }
        try writer.flush()
    }

    @Test func aStepIsGivenOutWhenEveryRankIsBeyondIt() throws {
        let writers = try (0..<3).map { try logs.writer($0) }
        var aggregator = try aggregator()
        #expect(aggregator.news() == [])
        for writer in writers { try log(writer, 0..<3) }
        #expect(aggregator.news() == ["0: 3", "1: 3"])
        try log(writers[0], 3..<6)
        try log(writers[1], 3..<6)
        #expect(aggregator.news() == [])
        try log(writers[2], 3..<5)
        #expect(aggregator.news() == ["2: 3", "3: 3"])
        for writer in writers { try writer.close() }
        var last: [Int] = []
        aggregator.finish { update in
            if case .point(let point) = update { last.append(point.rankCount) }
        }
        #expect(last == [3, 2])
    }

    @Test func aDeadRankIsWaitedForNoLongerThanThePatience() throws {
        let writers = try (0..<2).map { try logs.writer($0) }
        try log(writers[0], 0..<5)
        try log(writers[1], 0..<2)
        // Without patience, a rank is dead that logs nothing between two calls.
        var aggregator = try aggregator(patience: .zero)
        #expect(aggregator.news() == ["0: 2"])
        try log(writers[0], 5..<7)
        #expect(aggregator.news() == ["1: 2", "2: 1", "3: 1", "4: 1", "5: 1"])
        #expect(aggregator.lateValueCount == 0)
        // It was not dead after all.
        try log(writers[1], 2..<7)
        try log(writers[0], 7..<9)
        #expect(aggregator.news() == [])
        #expect(aggregator.lateValueCount == 4)
        try log(writers[1], 7..<9)
        #expect(aggregator.news() == ["6: 2", "7: 2"])
        #expect(aggregator.lateValueCount == 4)
    }

    @Test func aRankThatJoinsTakesTheAggregateBackToItsFirstStep() throws {
        let first = try logs.writer(0)
        try log(first, 0..<4)
        var aggregator = try aggregator()
        #expect(aggregator.news() == ["0: 1", "1: 1", "2: 1"])
        let second = try logs.writer(1)
        try log(second, 1..<4)
        #expect(aggregator.news() == ["restart at 1"])
        #expect(aggregator.news() == ["1: 2", "2: 2"])
        #expect(aggregator.rankCount == 2)
        // A tag that a rank logs for the first time, too.
        for step in 0..<3 { first.scalar("accuracy", 1, step: step) }
        try first.flush()
        #expect(aggregator.news() == ["0: 1", "1: 1"])
        for step in 0..<3 { second.scalar("accuracy", 1, step: step) }
        try second.flush()
        // Steps 0 to 2 of the loss, which rank 1 began at step 1, and 0 and 1 of the accuracy.
        let news = aggregator.news()
        #expect(news.first == "restart at 0")
        #expect(news.dropFirst().sorted() == ["0: 1", "0: 2", "1: 2", "1: 2", "2: 2"])
        #expect(aggregator.lateValueCount == 0)
    }

    @Test func aRankThatGoesBackTakesTheAggregateBack() throws {
        for rank in 0..<2 { try logs.log(rank, 0..<6) }
        var aggregator = try aggregator()
        #expect(aggregator.news() == (0..<5).map { "\($0): 2" })
        try logs.log(1, 3..<4)
        // Of rank 1, step 3 may come again, and what was behind is purged.
        #expect(aggregator.news() == ["restart at 3"])
        try logs.log(1, 4..<7)
        #expect(aggregator.news() == ["3: 2", "4: 2"])
    }

    @Test func aJobThatRestartsWithFewerWorkersTakesTheAggregateBack() throws {
        for rank in 0..<3 { try logs.log(rank, 0..<6) }
        var aggregator = try aggregator(patience: .zero)
        #expect(aggregator.news() == (0..<5).map { "\($0): 3" })
        for rank in 0..<2 { try logs.log(rank, 3..<6, attempt: 1) }
        #expect(aggregator.news().first == "restart at 3")
        for rank in 0..<2 { try logs.log(rank, 6..<8, attempt: 1) }
        #expect(aggregator.news().allSatisfy { $0.hasSuffix(": 2") })
    }

    @Test func logsThatWereWrittenAnewAreReadAnew() throws {
        for rank in 0..<2 { try logs.log(rank, 0..<6) }
        var aggregator = try aggregator()
        #expect(aggregator.news().count == 5)
        // Takes the events from step 2 on out of the file.
        let resumed = try SummaryWriter(
            logDirectory: logs.workers.appending("rank-0001"),
            options: .init(existingRun: .resume(atStep: 2))
        )
        try log(resumed, 2..<4)
        #expect(aggregator.news() == ["restart at 0", "0: 2", "1: 2", "2: 2"])
        try resumed.close()
    }

    @Test func whatWasGivenOutLiveIsWhatIsGivenOutAtOnce() throws {
        let writers = try (0..<4).map { try logs.writer($0) }
        var aggregator = try aggregator()
        var points: [AggregatedPoint] = []
        for round in 0..<20 {
            for (rank, writer) in writers.enumerated() {
                for step in round * 10..<(round * 10 + 10 - (rank + round) % 3) {
                    writer.scalar("loss", Float(rank * step), step: step)
                    if step.isMultiple(of: 7) { writer.scalar("epoch/accuracy", Float(rank), step: step / 7) }
                }
                try writer.flush()
            }
            aggregator.readNew { update in
                if case .point(let point) = update { points.append(point) }
            }
        }
        aggregator.finish { update in
            if case .point(let point) = update { points.append(point) }
        }
        let place = { (point: AggregatedPoint) in "\(point.tag) \(100_000 + point.step)" }
        #expect(points.sorted { place($0) < place($1) } == (try logs.points()).sorted { place($0) < place($1) })
        #expect(aggregator.lateValueCount == 0)
    }

    /// Ranks that join, log at their own pace, go back, and a job that starts again with other ranks.
    @Test(arguments: 0..<10)
    func whateverTheRanksDoTheLiveAggregateBecomesTheWholeOne(seed: Int) throws {
        var generator = SplitMix(state: UInt64(seed) &* 7919 &+ 3)
        var aggregator = try FollowedAggregate(logs.workers)
        var (attempt, step) = (0, 0)
        var ranks = 0..<3
        var writers: [Int: SummaryWriter] = [:]
        var behind: [Int: Int] = [:]
        for _ in 0..<40 {
            switch Int.random(in: 0..<12, using: &generator) {
            case 0:
                for writer in writers.values { try writer.close() }
                writers = [:]
                attempt += 1
                step = max(0, step - Int.random(in: 0...20, using: &generator))
                ranks = 0..<Int.random(in: 1...5, using: &generator)
            case 1: behind[Int.random(in: ranks, using: &generator)] = 6
            default: break
            }
            let end = step + Int.random(in: 1...8, using: &generator)
            for rank in ranks where Int.random(in: 0..<8, using: &generator) > 0 {
                let writer = try writers[rank] ?? logs.writer(rank, attempt: attempt)
                writers[rank] = writer
                for step in max(0, step - (behind.removeValue(forKey: rank) ?? 0))..<end {
                    writer.scalar("loss", Float.random(in: 0...1, using: &generator), step: step)
                    if step.isMultiple(of: 5) { writer.scalar("epoch", Float(rank), step: step / 5) }
                }
                try writer.flush()
            }
            step = end
            aggregator.readNew()
        }
        for writer in writers.values { try writer.close() }
        aggregator.finish()
        #expect(aggregator.lateValueCount == 0)
        var whole = try FollowedAggregate(logs.workers)
        whole.finish()
        #expect(aggregator.points == whole.points)
        #expect(whole.points.count > 40)
    }
}

/// The points of an aggregate as they are after all that was given out.
private struct FollowedAggregate: ~Copyable {
    private(set) var points: [String: AggregatedPoint] = [:]
    private var lastSteps: [String: Int] = [:]
    private var aggregator: WorkerAggregator

    init(_ workers: FilePath) throws {
        var options = WorkerAggregator.Options()
        options.patience = .seconds(3600)
        // Nobody has logged yet.
        try FileManager.default.createDirectory(atPath: workers.string, withIntermediateDirectories: true)
        aggregator = try WorkerAggregator(workers, options: options)
    }

    var lateValueCount: Int { aggregator.lateValueCount }

    mutating func readNew() {
        var updates: [WorkerAggregator.Update] = []
        aggregator.readNew { updates.append($0) }
        apply(updates)
    }

    mutating func finish() {
        var updates: [WorkerAggregator.Update] = []
        aggregator.finish { updates.append($0) }
        apply(updates)
    }

    private mutating func apply(_ updates: [WorkerAggregator.Update]) {
        for update in updates {
            switch update {
            case .restart(let step):
                points = points.filter { $0.value.step < step }
                lastSteps = lastSteps.mapValues { min($0, step - 1) }
            case .point(let point):
                #expect(lastSteps[point.tag] ?? -1 < point.step, "the steps of a tag grow")
                lastSteps[point.tag] = point.step
                points["\(point.tag) \(point.step)"] = point
            }
        }
    }
}
