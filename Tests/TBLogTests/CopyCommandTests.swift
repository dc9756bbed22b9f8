import Foundation
import SystemPackage
import TensorBoard
import TensorBoardLogs
import TestSupport
import Testing

struct CopyCommandTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func tblog(_ arguments: String...) async throws -> ExecutedCommand {
        try await ExecutedCommand("tblog", arguments, directory: directory.url)
    }

    private func log(_ run: String = "logs", steps: Range<Int> = 0..<100) throws {
        let path = directory.path.pushing(FilePath(run))
        try withSummaryWriter(logDirectory: path, options: .init(existingRun: .append)) { writer in
            writer.hyperparameters(["rate": 0.1])
            for step in steps {
                writer.step(step) { values in
                    values.scalar("cost", step == 50 ? 1000 : 0)
                    values.text("note", "hello")
                }
            }
        }
    }

    private func load(_ run: String) throws -> RunData {
        let run = try LoggedRun(directory.path.pushing(FilePath(run)))
        #expect(run.verify().faults.isEmpty)
        return run.load()
    }

    @Test func trimKeepsRangesAndWhatIsAboutTheRun() async throws {
        try log()
        let before = try LoggedRun(directory.appending("logs")).files.map { try $0.contents() }
        let ranges = ["--keep", "10...", "--drop", "20...97", "--drop", "99"]
        let arguments = ["trim", "logs"] + ranges + ["--output", "out"]
        let result = try await ExecutedCommand("tblog", arguments, directory: directory.url)
        #expect(result.status == 0)
        let data = try load("out")
        #expect(data.scalars["cost"]?.steps == Array(10..<20) + [98])
        // Its first value, the one with the metadata, is gone.
        #expect(data.tags["note"]?.kind == .text)
        #expect(data.contents["note"]?.values == Array(repeating: .text(LoggedText(["hello"])), count: 11))
        #expect(data.tags.values.contains { $0.kind == .hyperparameters })
        #expect(try LoggedRun(directory.appending("logs")).files.map { try $0.contents() } == before)
    }

    @Test func thinCountsPointsWhereStepsRepeat() async throws {
        try withSummaryWriter(logDirectory: directory.appending("logs")) { writer in
            for value in 0..<100 { writer.scalar("cost", value * value, step: 0) }
        }
        let result = try await tblog("thin", "logs", "--points", "10", "--output", "out")
        #expect(result.status == 0)
        let cost = try LoggedRun(directory.appending("out")).load().scalars["cost"]
        #expect(cost?.count == 10)
        #expect(cost?.values.first == 0)
        #expect(cost?.values.last == 9801.0)
    }

    @Test func tagsThatAreNotAskedForAreLeftOut() async throws {
        try log()
        let result = try await tblog("trim", "logs", "--drop", "50...", "--tag", "^note$", "--output", "out", "--json")
        #expect(result.status == 0)
        let data = try load("out")
        #expect(data.tags.keys.sorted() == ["note"])
        #expect(data.contents["note"]?.count == 50)
        let reports = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [[String: Any]]
        #expect(reports?.first?["kept_points"] as? Int == 50)
    }

    @Test func everyRunGoesBelowTheOutputUnderItsName() async throws {
        for run in ["logs/a", "logs/b/c"] { try log(run, steps: 0..<3) }
        #expect(try await tblog("trim", "logs", "--drop", "1", "--output", "out/put").status == 0)
        for run in ["out/put/a", "out/put/b/c"] { #expect(try load(run).scalars["cost"]?.steps == [0, 2]) }
    }

    @Test func thinTakesEachSoManyethPointAndTheLast() async throws {
        try log()
        #expect(try await tblog("thin", "logs", "--every", "40", "--output", "out").status == 0)
        let data = try load("out")
        #expect(data.scalars["cost"]?.steps == [0, 40, 80, 99])
        #expect(data.contents["note"]?.steps == [0, 40, 80, 99])
    }

    @Test func thinKeepsTheShapeOfACurve() async throws {
        try log()
        #expect(try await tblog("thin", "logs", "--points", "10", "--output", "out").status == 0)
        let data = try load("out")
        let cost = try #require(data.scalars["cost"])
        #expect(cost.count == 10)
        #expect(cost.steps.first == 0 && cost.steps.last == 99)
        #expect(cost.values.contains(1000))
        #expect(data.contents["note"]?.count == 100)
    }

    @Test(arguments: 2...12)
    func theShapeHasAsManyPointsAsAskedFor(count: Int) throws {
        try withSummaryWriter(logDirectory: directory.appending("logs")) { writer in
            for step in 0..<10 { writer.scalar("a", step == 3 ? Float.nan : Float(step % 4), step: step) }
        }
        let series = try #require(try LoggedRun(directory.appending("logs")).load().scalars["a"])
        let indices = series.shapeKeepingIndices(count: count)
        #expect(indices == Array(Set(indices)).sorted())
        #expect(indices.count == min(count, 9) + 1)
        #expect(indices.contains(3) && indices.first == 0 && indices.last == 9)
    }

    @Test func mergeMakesOneFileOfARun() async throws {
        try log(steps: 0..<5)
        try log(steps: 5..<9)
        #expect(try LoggedRun(directory.appending("logs")).files.count == 2)
        #expect(try await tblog("merge", "logs", "--output", "out").status == 0)
        #expect(try LoggedRun(directory.appending("out")).files.count == 1)
        let data = try load("out")
        #expect(data.scalars["cost"]?.steps == Array(0..<9))
        var versions = 0
        var reader = RunReader(try LoggedRun(directory.appending("out")))
        while let event = try reader.next() {
            if case .fileVersion = event.content { versions += 1 }
        }
        #expect(versions == 1)
    }

    @Test func nothingIsWrittenOver() async throws {
        try log()
        let before = try LoggedRun(directory.appending("logs")).files.map { try $0.contents() }
        let result = try await tblog("merge", "logs", "--output", "logs")
        #expect(result.status != 0)
        #expect(result.errors.contains("the directory holds event files already; choose another one"))
        #expect(try LoggedRun(directory.appending("logs")).files.map { try $0.contents() } == before)
    }

    @Test func aDamagedFileIsToBeRepairedFirst() async throws {
        try log()
        let file = try #require(try LoggedRun(directory.appending("logs")).files.first)
        var bytes = try file.contents()
        bytes[bytes.count / 2] ^= 1
        try file.write(bytes)
        let result = try await tblog("merge", "logs", "--output", "out")
        #expect(result.status != 0)
        #expect(result.errors.contains("tblog repair"))
        #expect(directory.appending("out").entries.isEmpty)
    }

    @Test(arguments: [
        ["trim", "logs", "--output", "o"], ["trim", "logs", "--keep", "9...3", "--output", "o"],
        ["trim", "logs", "--keep", "...", "--output", "o"], ["trim", "logs", "--keep", "a", "--output", "o"],
        ["thin", "logs", "--output", "o"], ["thin", "logs", "--every", "0", "--output", "o"],
        ["thin", "logs", "--every", "2", "--points", "5", "--output", "o"], ["merge", "logs"],
    ])
    func aMistakeIsOneSentence(arguments: [String]) async throws {
        try log(steps: 0..<1)
        let result = try await ExecutedCommand("tblog", arguments, directory: directory.url)
        #expect(result.status != 0)
        #expect(result.errors.hasPrefix("Error: "))
        #expect(result.errors.filter { $0 == "\n" }.count == 1)
        #expect(!directory.appending("o").exists)
    }

    @Test func originalsAreReplacedWhereThatIsAskedForAndKept() async throws {
        try log()
        let run = directory.appending("logs")
        let file = try LoggedRun(run).files[0]
        let before = try file.contents()
        let result = try await tblog("trim", "logs", "--keep", "...9", "--replace")
        #expect(result.status == 0)
        #expect(try LoggedRun(run).files == [file])
        #expect(try load("logs").scalars["cost"]?.steps == Array(0..<10))
        let original = try #require(run.entries.first { $0.contains("original") })
        #expect(try run.appending(original).contents() == before)
        #expect(run.entries.count == 2)
    }

    @Test func filesThatAreMergedInPlaceAreNotReadTwice() async throws {
        try log(steps: 0..<5)
        try log(steps: 5..<9)
        let run = directory.appending("logs")
        let files = try LoggedRun(run).files
        #expect(try await tblog("merge", "logs", "--replace").status == 0)
        #expect(try LoggedRun(run).files == [files[0]])
        #expect(try LoggedRun(run).load().scalars["cost"]?.steps == Array(0..<9))
        #expect(run.entries.filter { $0.contains("original") }.count == 2)
    }

    @Test func aRunThatIsBeingWrittenIsNotReplaced() async throws {
        let writer = try SummaryWriter(logDirectory: directory.appending("logs"), options: .init(existingRun: .append))
        writer.scalar("cost", 1, step: 0)
        try writer.flush()
        let result = try await tblog("trim", "logs", "--drop", "0", "--replace")
        #expect(result.status == 1)
        #expect(result.errors.contains("a writer is at work in the run directory"))
        #expect(try LoggedRun(directory.appending("logs")).load().scalars["cost"]?.count == 1)
        #expect(!directory.appending("logs").entries.contains { $0.contains("edited") })
        try writer.close()
    }

    @Test func aMergedRunHasItsVersionWhicheverFileBringsIt() async throws {
        try log(steps: 0..<3)
        // What a writer leaves that was killed at once.
        try directory.appending("logs").appending("events.out.tfevents.0").write([])
        #expect(try await tblog("merge", "logs", "--output", "out").status == 0)
        #expect(try load("out").scalars["cost"]?.count == 3)
    }

    @Test func aTagThatNothingHasIsTold() async throws {
        try log(steps: 0..<3)
        let result = try await tblog("thin", "logs", "--every", "2", "--tag", "coast", "--output", "out")
        #expect(result.status == 1)
        #expect(result.errors.hasPrefix("Error: no tag matches 'coast'"))
        #expect(!directory.appending("out").exists)
        let replacing = try await tblog("trim", "logs", "--keep", "0", "--tag", "coast", "--replace")
        #expect(replacing.status == 1)
        #expect(try load("logs").scalars["cost"]?.count == 3)
    }

    @Test func aStepBelowZeroIsNoOption() async throws {
        try log(steps: -3..<3)
        #expect(try await tblog("trim", "logs", "--keep", "-2...0", "--output", "out").status == 0)
        #expect(try load("out").scalars["cost"]?.steps == [-2, -1, 0])
    }

    @Test func aRunThatIsNamedTwiceIsEditedOnce() async throws {
        try log(steps: 0..<8)
        #expect(try await tblog("thin", "logs", "./logs/", ".", "--every", "2", "--replace").status == 0)
        // The last point stays too.
        #expect(try load("logs").scalars["cost"]?.steps == [0, 2, 4, 6, 7])
    }

    @Test func nothingIsLeftOfAnEditThatFails() async throws {
        try log(steps: 0..<3)
        try log(steps: 3..<5)
        let run = directory.appending("logs")
        let last = try LoggedRun(run).files[1]
        var bytes = try last.contents()
        bytes[bytes.count - 5] ^= 0xFF
        try last.write(bytes)
        let before = run.entries
        let result = try await tblog("trim", "logs", "--keep", "0...", "--replace")
        #expect(result.status == 1)
        #expect(result.errors.contains("a record is damaged"))
        #expect(run.entries == before)
    }

    @Test func aWriterThatIsNotOursIsNoticed() throws {
        try log(steps: 0..<3)
        let run = try LoggedRun(directory.appending("logs"))
        var isFirst = true
        let error = #expect(throws: TensorBoardError.self) {
            try run.replacePoints(where: { _ in
                // As another process would, while the run is copied.
                if isFirst, let file = try? FileHandle(forWritingTo: URL(filePath: run.files[0].string)) {
                    file.seekToEndOfFile()
                    file.write(Data([1, 2, 3]))
                }
                isFirst = false
                return true
            })
        }
        #expect(error?.code == .concurrentWriters)
        #expect(directory.appending("logs").entries == run.files.compactMap { $0.lastComponent?.string })
    }
}
