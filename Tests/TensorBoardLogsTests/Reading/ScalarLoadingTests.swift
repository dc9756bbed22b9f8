import TensorBoard
import TensorBoardLogs
import TestSupport
import Testing

/// Scalars alone are read in one pass, and are the same as when everything is read.
struct ScalarLoadingTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func mixedRun() throws -> LoggedRun {
        let path = directory.appending("run")
        try withSummaryWriter(logDirectory: path) { writer in
            writer.hyperparameters(["rate": 0.5])
            for step in 0..<10 {
                writer.scalar("loss", step, step: step)
                writer.scalar("accuracy", -step, step: step)
                writer.histogram("weights", [1 as Float], step: step)
                writer.text("note", "hello", step: step)
            }
        }
        return try LoggedRun(path)
    }

    @Test func otherKindsAreLeftOutAndHyperparametersKept() throws {
        let run = try mixedRun()
        let (all, scalars) = (run.load(), run.loadScalars())
        #expect(scalars.scalars == all.scalars)
        #expect(Set(scalars.scalars.keys) == ["loss", "accuracy"])
        #expect(scalars.hyperparameters == ["rate": 0.5])
        #expect(scalars.tags.values.allSatisfy { $0.kind == .scalar || $0.kind == .hyperparameters })
    }

    @Test func theFilterChoosesScalarsAndLeavesHyperparameters() throws {
        let run = try mixedRun()
        var options = ReadingOptions()
        options.filter.includesTag = { $0 == "loss" }
        options.filter.steps = 3...4
        let data = run.loadScalars(options: options)
        #expect(data.scalars.mapValues(\.steps) == ["loss": [3, 4]])
        options.filter.steps = .min ... .max
        #expect(run.loadScalars(options: options).hyperparameters == ["rate": 0.5])
    }

    @Test func everyByteIsReadOnce() throws {
        let run = try mixedRun()
        var byteCount = 0
        _ = run.loadScalars { byteCount += $0 }
        #expect(byteCount == run.byteCount)
    }
}
