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

    /// Scalars that lie one behind the other are read together, up to the first record that is something else.
    @Test(arguments: RestartRule.allCases)
    func whatStandsBetweenScalarsIsNeitherLostNorTakenForOne(_ rule: RestartRule) throws {
        let path = directory.appending("run")
        try withSummaryWriter(logDirectory: path) { writer in
            for step in 0..<3000 {
                writer.scalar("loss", step, step: step)
                if step % 7 == 0 { writer.text("note", "\(step)", step: step) }
                if step == 1000 { writer.scalar("loss", step, step: 900) }
                if step % 5 == 0 { writer.scalar(String(repeating: "long", count: 50), -step, step: step) }
            }
        }
        let run = try LoggedRun(path)
        let file = try #require(run.files.first)
        var options = ReadingOptions()
        options.filter.steps = 10...2990
        let expected = try pointByPoint(run, options, rule)
        let data = run.load(options: options, restarts: rule)
        #expect(data.faults.isEmpty)
        #expect(data.scalars.mapValues(\.steps) == expected)

        // The last scalar's value: nothing but the checksum tells.
        var bytes = try file.contents()
        bytes[bytes.count - 6] ^= 1
        try file.write(bytes)
        let damaged = run.load()
        #expect(damaged.faults.map(\.code) == [.damagedPayload])
        #expect(damaged.scalars["loss"]?.steps.last == 2998)
    }

    /// The steps of each scalar by the reader of single events.
    private func pointByPoint(
        _ run: LoggedRun,
        _ options: ReadingOptions,
        _ rule: RestartRule
    ) throws -> NameDictionary<[Int]> {
        var steps: NameDictionary<[Int]> = [:]
        var reader = RunReader(run, options: options)
        while let event = try reader.next() {
            guard case .summary(let values) = event.content else { continue }
            for value in values where value.kind == .scalar {
                if rule == .fastLoader { steps[value.tag]?.removeAll { $0 >= event.step } }
                steps[value.tag, default: []].append(event.step)
            }
        }
        return steps
    }

    @Test func everyByteIsReadOnce() throws {
        let run = try mixedRun()
        var byteCount = 0
        _ = run.loadScalars { byteCount += $0 }
        #expect(byteCount == run.byteCount)
    }
}
