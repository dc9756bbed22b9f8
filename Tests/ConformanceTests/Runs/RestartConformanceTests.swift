import Foundation
import TensorBoard
import TensorBoardLogs
import Testing

extension ConformanceTests {
    /// What both loaders show of runs that are written more than once.
    @Suite(
        .stockTensorBoard(
            serving: { directory in
                try Restarts.writeAppendedRun(in: directory)
                try Restarts.writeRunWithGraphs(in: directory)
                try Restarts.writeLayouts(in: directory)
                try Restarts.writeTrials(in: directory)
                try Restarts.overwrite(Restarts.overwritten, in: directory, with: 1, count: 5)
                try Restarts.overwrite(Restarts.overwritten, in: directory, with: 2, count: 3)
            },
            isLoaded: { server in
                let tags = try await server.tags(dashboard: "scalars")
                return Restarts.runs.allSatisfy { tags[$0]?.contains("written") == true }
            },
            logs: [
                // The Python loader says what it does when a session starts anew.
                "Detected out of order event.step likely caused by a TensorFlow restart. Purging",
                "Found more than one graph event per run",
            ]
        )
    )
    struct RestartConformanceTests {
        /// The data server shows the last value of a step, the Python loader every one.
        @Test(arguments: Loader.available)
        func ofAStepThatIsLoggedAgainTheLastValueIsShown(loader: Loader) async throws {
            let points = try await Served.by(loader).scalars(run: Restarts.appended, tag: "cost")
            let earlier = loader == .fast ? 0..<6 : 0..<10
            #expect(points.map(\.step) == Array(earlier) + Array(6..<15))
            #expect(points.map { Int($0.value) } == Array(earlier) + Array(106..<115))
        }

        @Test(arguments: Loader.available)
        func whatWasLoggedBeforeStays(loader: Loader) async throws {
            let points = try await Served.by(loader).scalars(run: Restarts.appended, tag: "only before")
            #expect(points.map(\.step) == Array(0..<10))
        }

        @Test(arguments: Loader.available)
        func theGraphOfTheLastFileIsShown(loader: Loader) async throws {
            let graph = try await Served.by(loader).graph(run: Restarts.appended)
            #expect(graph.nodes.keys.sorted() == ["after"])
        }

        @Test(arguments: Loader.available)
        func ofTwoGraphsTheLastIsShown(loader: Loader) async throws {
            let graph = try await Served.by(loader).graph(run: Restarts.graphs)
            #expect(graph.nodes.keys.sorted() == ["after"])
        }

        @Test(arguments: Loader.available)
        func anOverwrittenRunShowsTheNewPointsOnly(loader: Loader) async throws {
            let server = try Served.by(loader)
            let points = try await server.scalars(run: Restarts.overwritten, tag: "cost")
            #expect(points.map { Int($0.value) } == [2, 2, 2])
            #expect(try await server.tags(dashboard: "scalars")[Restarts.overwritten] == ["cost", "written"])
        }

        /// Without TensorFlow, the Python loader stays for ever at a file that was deleted.
        ///
        /// It has to be started anew to see the new run.
        @Test(.enabled(if: Loader.available.contains(.fast)))
        func aRunMayBeOverwrittenWhileItIsShown() async throws {
            let run = "live"
            let directory = try #require(Served.current).logDirectory
            let server = try Served.by(.fast)
            for (value, count) in [(1, 5), (2, 3)] {
                try Restarts.overwrite(run, in: directory, with: value, count: count)
                let points = try await poll("value \(value) of \(run)") {
                    // Until the server has found the run it answers with errors.
                    let points = try? await server.scalars(run: run, tag: "cost")
                    return points.flatMap { $0.last?.value == Double(value) ? $0 : nil }
                }
                #expect(points.map { Int($0.value) } == Array(repeating: value, count: count))
            }
        }
    }
}

/// Runs that are written more than once.
enum Restarts {
    static let appended = "appended"
    static let graphs = "graphs"
    static let overwritten = "overwritten"
    static let runs = [appended, graphs, overwritten] + layoutRuns + trialRuns

    static func writeAppendedRun(in directory: URL) throws {
        let path = FilePath(directory.appendingPathComponent(appended).path)
        try withSummaryWriter(logDirectory: path) { writer in
            writer.graph(GraphDefinition(nodes: [.init(name: "before", operation: "NoOp")]))
            for step in 0..<10 { writer.scalar("cost", step, step: step) }
            for step in 0..<10 { writer.scalar("only before", step, step: step) }
        }
        let options = SummaryWriter.Options(existingRun: .append, onIssue: { _ in })
        try withSummaryWriter(logDirectory: path, options: options) { writer in
            writer.graph(GraphDefinition(nodes: [.init(name: "after", operation: "NoOp")]))
            for step in 6..<15 { writer.scalar("cost", 100 + step, step: step) }
            writer.scalar("written", 1, step: 15)
        }
    }

    static func overwrite(_ run: String, in directory: URL, with value: Int, count: Int) throws {
        let path = FilePath(directory.appendingPathComponent(run).path)
        try withSummaryWriter(logDirectory: path, options: .init(existingRun: .overwrite)) { writer in
            for step in 0..<count { writer.scalar("cost", value, step: step) }
            writer.scalar("written", 1, step: 0)
        }
    }

    static func writeRunWithGraphs(in directory: URL) throws {
        try withSummaryWriter(logDirectory: FilePath(directory.appendingPathComponent(graphs).path)) { writer in
            writer.graph(GraphDefinition(nodes: [.init(name: "before", operation: "NoOp")]))
            writer.graph(GraphDefinition(nodes: [.init(name: "after", operation: "NoOp")]))
            writer.scalar("written", 1, step: 0)
        }
    }
}
