import Foundation
import Synchronization
import TensorBoard
import TensorBoardLogs
import Testing

extension ConformanceTests {
    /// What both loaders show of runs to which something has happened.
    @Suite(
        .stockTensorBoard(
            serving: { directory in
                try FaultyRuns.writeResumed(in: directory)
                try FaultyRuns.writeRotated(in: directory)
                try FaultyRuns.writeTorn(in: directory)
                try FaultyRuns.writeWithBadClock(in: directory)
                try FaultyRuns.writeWithTwoKinds(in: directory)
            },
            isLoaded: { server in
                let tags = try await server.tags(dashboard: "scalars")
                return FaultyRuns.all.allSatisfy { tags[$0]?.contains("written") == true }
            }
        )
    )
    struct FaultConformanceTests {
        // MARK: - Resuming

        @Test(arguments: Loader.available)
        func aResumedRunShowsEachStepOnce(loader: Loader) async throws {
            let points = try await Served.by(loader).scalars(run: FaultyRuns.resumed, tag: "cost")
            #expect(points.map(\.step) == Array(0..<12))
            #expect(points.map { Int($0.value) } == Array(0..<6) + Array(106..<112))
        }

        @Test(arguments: Loader.available)
        func whatIsNotLoggedAgainEndsWhereTheRunIsResumed(loader: Loader) async throws {
            let server = try Served.by(loader)
            #expect(
                try await server.scalars(run: FaultyRuns.resumed, tag: "only before").map(\.step) == Array(0..<6)
            )
            #expect(try await server.histograms(run: FaultyRuns.resumed, tag: "weights").map(\.step) == Array(0..<6))
        }

        // MARK: - Rotation

        @Test(arguments: Loader.available)
        func aRunOfManyFilesShowsAllSteps(loader: Loader) async throws {
            let server = try Served.by(loader)
            let run = try #require(Served.current).logDirectory.appendingPathComponent(FaultyRuns.rotated)
            #expect(try FileManager.default.contentsOfDirectory(atPath: run.path).count > 5)
            let points = try await server.scalars(run: FaultyRuns.rotated, tag: "cost")
            #expect(points.map(\.step) == Array(0..<40))
            let histograms = try await server.histograms(run: FaultyRuns.rotated, tag: "weights")
            #expect(histograms.map(\.step) == Array(0..<40))
            #expect(histograms.allSatisfy { $0.count == 3 })
        }

        // MARK: - Crashes

        @Test(arguments: Loader.available)
        func aTornEndHidesNothingBeforeIt(loader: Loader) async throws {
            let points = try await Served.by(loader).scalars(run: FaultyRuns.torn, tag: "cost")
            #expect(points.map(\.step) == Array(0..<9))
        }

        // MARK: - Odd callers

        @Test(arguments: Loader.available)
        func aClockMayStopAndGoBack(loader: Loader) async throws {
            let points = try await Served.by(loader).scalars(run: FaultyRuns.badClock, tag: "cost")
            #expect(points.map(\.step) == [0, 1, 2, 3])
            #expect(points.map(\.wallTime) == [1000, 1000, 1000, 500])
        }

        @Test(arguments: Loader.available)
        func aTagOfTwoKindsKeepsTheFirst(loader: Loader) async throws {
            let server = try Served.by(loader)
            let points = try await server.scalars(run: FaultyRuns.twoKinds, tag: "cost")
            #expect(points.map(\.step) == [0, 2])
            #expect(try await server.tags(dashboard: "histograms")[FaultyRuns.twoKinds]?.contains("cost") != true)
        }
    }
}

/// Runs to which something has happened.
private enum FaultyRuns {
    static let resumed = "resumed"
    static let rotated = "rotated"
    static let torn = "torn"
    static let badClock = "bad clock"
    static let twoKinds = "two kinds"
    static let all = [resumed, rotated, torn, badClock, twoKinds]

    private static func path(_ run: String, _ directory: URL) -> FilePath {
        FilePath(directory.appendingPathComponent(run).path)
    }

    static func writeResumed(in directory: URL) throws {
        let path = path(resumed, directory)
        try withSummaryWriter(logDirectory: path) { writer in
            for step in 0..<10 {
                writer.scalar("cost", step, step: step)
                writer.scalar("only before", step, step: step)
                writer.histogram("weights", [Float(step), 1], step: step)
            }
        }
        try withSummaryWriter(logDirectory: path, options: .init(existingRun: .resume(atStep: 6))) { writer in
            for step in 6..<12 { writer.scalar("cost", 100 + step, step: step) }
            writer.scalar("written", 1, step: 12)
        }
    }

    static func writeRotated(in directory: URL) throws {
        let options = SummaryWriter.Options(maximumFileSize: 1000)
        try withSummaryWriter(logDirectory: path(rotated, directory), options: options) { writer in
            for step in 0..<40 {
                writer.scalar("cost", step, step: step)
                writer.histogram("weights", [Float(step), 1, -1], step: step)
            }
            writer.scalar("written", 1, step: 40)
        }
    }

    static func writeTorn(in directory: URL) throws {
        let file = try withSummaryWriter(logDirectory: path(torn, directory)) { writer in
            writer.scalar("written", 1, step: 0)
            for step in 0..<10 { writer.scalar("cost", step, step: step) }
            return writer.eventFile
        }
        let url = URL(fileURLWithPath: file.string)
        try Data(contentsOf: url).dropLast(5).write(to: url)
    }

    static func writeWithBadClock(in directory: URL) throws {
        // Asked once for the file, then once for each event.
        let times = Times([1000, 1000, .nan, .infinity, 500])
        let options = SummaryWriter.Options(clock: { times.next() }, onIssue: { _ in })
        try withSummaryWriter(logDirectory: path(badClock, directory), options: options) { writer in
            for step in 0..<4 { writer.scalar("cost", step, step: step) }
            writer.scalar("written", 1, step: 4)
        }
    }

    static func writeWithTwoKinds(in directory: URL) throws {
        let options = SummaryWriter.Options(onIssue: { _ in })
        try withSummaryWriter(logDirectory: path(twoKinds, directory), options: options) { writer in
            writer.scalar("cost", 1, step: 0)
            writer.histogram("cost", [1.0], step: 1)
            writer.scalar("cost", 1, step: 2)
            writer.scalar("written", 1, step: 2)
        }
    }
}

/// Gives one time after the other, the last one for ever.
private final class Times: Sendable {
    private let times: Mutex<[Double]>

    init(_ times: [Double]) { self.times = Mutex(times) }

    func next() -> Double { times.withLock { $0.count > 1 ? $0.removeFirst() : $0[0] } }
}
