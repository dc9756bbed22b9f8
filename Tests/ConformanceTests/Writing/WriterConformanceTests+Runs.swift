import Foundation
import TensorBoard
import Testing

extension HardCases {
    static let nestedRuns = [".", "outer", "outer/inner", "ä b%20&c/+"]

    static func writeRuns(in directory: URL) throws {
        for (index, run) in nestedRuns.enumerated() {
            try write(run, in: directory) { $0.scalar("place", index, step: 0) }
        }
    }
}

extension ConformanceTests.WriterConformanceTests {
    private static let liveRun = "live"

    @Test(arguments: Loader.available)
    func runsAreCalledByTheirDirectories(loader: Loader) async throws {
        let server = try Served.by(loader)
        let listed = try await server.runs().filter { !$0.hasPrefix(Self.liveRun) }
        #expect(listed.sorted() == HardCases.runs.sorted())
        for (index, run) in HardCases.nestedRuns.enumerated() {
            #expect(try await server.scalars(run: run, tag: "place").map { Int($0.value) } == [index])
        }
    }

    @Test(arguments: Loader.available)
    func pointsAppearWhileTheWriterIsOpen(loader: Loader) async throws {
        let run = "\(Self.liveRun) for the \(loader) loader"
        let directory = try #require(Served.current).logDirectory.appendingPathComponent(run)
        let server = try Served.by(loader)
        let writer = try SummaryWriter(logDirectory: directory.path)
        for step in 0..<3 {
            writer.scalar("cost", step, step: step)
            let points = try await poll("step \(step) of \(run)") {
                // Until the server has found the run it answers with errors.
                let points = try? await server.scalars(run: run, tag: "cost")
                return points.flatMap { $0.count > step ? $0 : nil }
            }
            #expect(points.map { Int($0.value) } == Array(0...step))
        }
        try writer.close()
    }
}
