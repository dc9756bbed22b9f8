import TensorBoard
import TensorBoardLogs
import TestSupport
import Testing

struct ScalarComparisonTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    @Test func runsAreComparedByTheirBestValueAndByWhenTheyReachedAThreshold() throws {
        for (name, values) in [("a", [3, 1, 2]), ("b", [4, 3, 2])] {
            try withSummaryWriter(logDirectory: directory.appending(name)) { writer in
                for (step, value) in values.enumerated() { writer.scalar("loss", value, step: step) }
                if name == "a" { writer.scalar("only", 1, step: 0) }
            }
        }
        let runs = try LogDirectory(directory.path).runs().map { $0.loadScalars() }
        let comparisons = runs.compareScalars(reaching: 2)
        #expect(comparisons.map(\.tag) == ["loss", "only"])
        #expect(comparisons[0].entries.map(\.run.name) == ["a", "b"])
        #expect(comparisons[0].entries.map(\.bestValue) == [1, 2])
        #expect(comparisons[0].entries.map(\.bestStep) == [1, 2])
        #expect(comparisons[0].entries.map(\.reachedStep) == [1, 2])
        #expect(comparisons[1].entries.map(\.run.name) == ["a"])
        #expect(ScalarComparison(of: "loss", in: runs, goal: .highest).entries.map(\.bestStep) == [0, 0])
    }
}
