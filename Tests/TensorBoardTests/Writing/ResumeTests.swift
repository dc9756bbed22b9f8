import EventFiles
import Foundation
import Synchronization
import SystemPackage
import TestSupport
import Testing

@testable import TensorBoard

struct ResumeTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private var run: FilePath { directory.appending("run") }

    private func writer(
        _ existingRun: SummaryWriter.Options.ExistingRun,
        _ operations: FileOperations = .system
    ) throws -> SummaryWriter {
        let options = SummaryWriter.Options(existingRun: existingRun, onIssue: { _ in })
        return try SummaryWriter(logDirectory: run, options: options, operations: operations)
    }

    /// Logs the tags `x` and `h` at the steps.
    private func log(_ writer: SummaryWriter, _ steps: Range<Int>) {
        for step in steps {
            writer.scalar("x", step, step: step)
            writer.histogram("h", [Float(step)], step: step)
        }
    }

    private func files(_ mark: String) -> [FilePath] {
        run.entries.filter { $0.contains(mark) }.map { run.appending($0) }
    }

    /// The steps of a tag in all event files, in the order in which TensorBoard reads them.
    private func steps(_ tag: String, _ mark: String = "tfevents") throws -> [Int] {
        try files(mark).flatMap { file in
            try file.events().filter { try $0.values.contains { $0.text(1) == tag } }.map(\.step)
        }
    }

    @Test func eachStepIsThereOnceAndNothingIsDeleted() throws {
        let first = try writer(.append)
        log(first, 0..<10)
        try first.close()
        let before = first.eventFile
        let second = try writer(.resume(atStep: 6))
        for step in 6..<8 { second.scalar("x", step, step: step) }
        try second.close()
        #expect(try steps("x") == Array(0..<8))
        #expect(try steps("h") == Array(0..<6))
        #expect(try steps("x", "superseded") == [6, 7, 8, 9])
        #expect(try steps("h", "superseded") == [6, 7, 8, 9])
        let start = try #require(try second.eventFile.events().dropFirst().first)
        #expect(start.isSessionStart)
        #expect(start.step == 6)
        #expect(files("tfevents") == [before, second.eventFile])
        #expect(files("rewinding").isEmpty)
    }

    @Test func aFileWithNothingToTakeOutIsNotTouched() throws {
        let first = try writer(.append)
        log(first, 0..<5)
        try first.close()
        let contents = try first.eventFile.contents()
        let attributes = try FileManager.default.attributesOfItem(atPath: first.eventFile.string)
        try writer(.resume(atStep: 5)).close()
        let after = try FileManager.default.attributesOfItem(atPath: first.eventFile.string)
        #expect(attributes[.systemFileNumber] as? Int == after[.systemFileNumber] as? Int)
        #expect(try first.eventFile.contents() == contents)
        #expect(files("superseded").isEmpty)
    }

    @Test(arguments: [1, 7, 13, 30])
    func aTornEndIsRepaired(_ cut: Int) throws {
        let first = try writer(.append)
        log(first, 0..<5)
        try first.close()
        let contents = try first.eventFile.contents()
        try first.eventFile.write(Array(contents.dropLast(cut)))
        try writer(.resume(atStep: 100)).close()
        #expect(try first.eventFile.events().last?.step == 4)
        #expect(try steps("x") == Array(0..<5))
    }

    @Test func severalFilesAndSeveralResumesAreTakenBack() throws {
        for range in [0..<4, 4..<8, 8..<12] {
            let writer = try writer(.append)
            log(writer, range)
            try writer.close()
        }
        for _ in 0..<2 {
            let writer = try writer(.resume(atStep: 3))
            log(writer, 3..<5)
            try writer.close()
        }
        #expect(try steps("x") == Array(0..<5))
        #expect(try steps("x", "superseded").sorted() == [3, 3, 4, 4, 5, 6, 7, 8, 9, 10, 11])
    }

    @Test func aRunThatIsNotThereYetBeginsAtTheStep() throws {
        let writer = try writer(.resume(atStep: 7))
        #expect(try writer.eventFile.events().map(\.step) == [0, 7])
    }

    @Test func theGraphOfAnEarlierStepStays() throws {
        let first = try writer(.append)
        first.graph(GraphDefinition(nodes: [.init(name: "x", operation: "Placeholder")]))
        log(first, 0..<3)
        try first.close()
        try writer(.resume(atStep: 1)).close()
        #expect(try first.eventFile.events().contains { $0.message.has(4) })
    }

    @Test(arguments: [0o600, 0o640])
    func whoMayReadTheFileMayReadWhatIsMadeOfIt(permissions: Int) throws {
        let first = try writer(.append)
        log(first, 0..<10)
        try first.close()
        try #require(chmod(first.eventFile.string, mode_t(permissions)) == 0)
        try writer(.resume(atStep: 6)).close()
        let aside = try #require(files("superseded").first)
        for file in [first.eventFile, aside] {
            let attributes = try FileManager.default.attributesOfItem(atPath: file.string)
            #expect(attributes[.posixPermissions] as? Int == permissions, "\(file)")
        }
    }

    @Test func aDamagedFileIsNamedAndNothingIsChanged() throws {
        let first = try writer(.append)
        log(first, 0..<5)
        try first.close()
        let second = try writer(.append)
        log(second, 5..<9)
        try second.close()
        var contents = try second.eventFile.contents()
        let middle = contents.count / 2
        contents[middle] ^= 0x40
        try second.eventFile.write(contents)
        let entries = run.entries
        let before = try first.eventFile.contents()
        let error = #expect(throws: TensorBoardError.self) { try writer(.resume(atStep: 2)) }
        #expect(error?.code == .damagedFile)
        #expect(error?.path == second.eventFile)
        #expect(try #require(error?.offset) <= middle)
        #expect(run.entries == entries)
        #expect(try first.eventFile.contents() == before)
    }

    @Test(.enabled(if: FilePath("/proc/self/mem").exists))
    func whatCannotBeReadIsNamedAndNothingIsLeftBehind() throws {
        let first = try writer(.append)
        log(first, 0..<5)
        try first.close()
        // A file that nobody can read from its beginning, root included.
        let unreadable = run.appending("z.tfevents")
        try FileManager.default.createSymbolicLink(atPath: unreadable.string, withDestinationPath: "/proc/self/mem")
        let entries = run.entries
        let error = #expect(throws: TensorBoardError.self) { try writer(.resume(atStep: 2)) }
        #expect(error?.path == unreadable)
        #expect(error?.errno == .ioError)
        #expect(run.entries == entries)
    }

    @Test func aLiveWriterIsNotRewritten() throws {
        let first = try writer(.append)
        log(first, 0..<5)
        try first.flush()
        let error = #expect(throws: TensorBoardError.self) { try writer(.resume(atStep: 2)) }
        #expect(error?.code == .concurrentWriters)
        log(first, 5..<6)
        try first.close()
        #expect(try steps("x") == Array(0..<6))
    }

    /// The process dies at one call after the other; the state of the directory is what a crash leaves, because from
    /// that call on nothing is done any more.
    @Test func aCrashAtAnyCallLosesNothing() throws {
        var crashes = 0
        while true {
            let directory = try TemporaryDirectory()
            let run = directory.appending("run")
            func open(_ policy: SummaryWriter.Options.ExistingRun, _ operations: FileOperations) throws -> SummaryWriter
            {
                let options = SummaryWriter.Options(existingRun: policy, onIssue: { _ in })
                return try SummaryWriter(logDirectory: run, options: options, operations: operations)
            }
            for range in [0..<4, 4..<6, 6..<8] {
                let writer = try open(.append, .system)
                log(writer, range)
                try writer.close()
            }
            let process = DyingProcess(callsToLive: crashes)
            let writer = try? open(.resume(atStep: 2), process.operations)
            let hasDied = process.isDead
            try? writer?.close()

            func events(_ mark: String) throws -> [Int] {
                try run.entries.filter { $0.contains(mark) }.flatMap { name in
                    try run.appending(name).events().filter { try $0.scalars["x"] != nil }.map(\.step)
                }
            }
            if hasDied {
                // Every event is still where TensorBoard or a person finds it.
                let found = Set(try wholeEvents(run, "tfevents")).union(try wholeEvents(run, "superseded"))
                #expect(found == Set(0..<8), "crash at call \(crashes)")
                // And what TensorBoard shows is the beginning of what was logged, without a hole.
                let shown = try wholeEvents(run, "tfevents")
                #expect(shown == Array(0..<shown.count), "crash at call \(crashes)")
            }
            let again = try open(.resume(atStep: 2), .system)
            log(again, 2..<3)
            try again.close()
            #expect(try events("tfevents") == [0, 1, 2], "crash at call \(crashes)")
            #expect(Set(try wholeEvents(run, "superseded")) == Set(2..<8), "crash at call \(crashes)")
            #expect(!run.entries.contains { $0.contains("rewinding") })
            guard hasDied else { break }
            crashes += 1
        }
        #expect(crashes > 10)
    }

    /// The steps of `x` in files that a crash may have left incomplete.
    private func wholeEvents(_ run: FilePath, _ mark: String) throws -> [Int] {
        try run.entries.filter { $0.contains(mark) }.flatMap { name -> [Int] in
            let whole = RecordScanner.wholePayloads(try run.appending(name).contents())
            return try whole.payloads.map { WrittenEvent(message: try WireMessage($0)) }
                .filter { try $0.scalars["x"] != nil }.map(\.step)
        }
    }
}

/// A process that does so many calls and then no more, as one that was killed.
private final class DyingProcess: Sendable {
    private let callsLeft: Mutex<Int>

    init(callsToLive: Int) { callsLeft = Mutex(callsToLive) }

    var isDead: Bool { callsLeft.withLock { $0 < 0 } }

    private func mayCall() -> Bool {
        callsLeft.withLock { callsLeft in
            callsLeft -= 1
            return callsLeft >= 0
        }
    }

    var operations: FileOperations {
        let system = FileOperations.system
        var operations = system
        operations.create = { [self] in mayCall() ? system.create($0) : .failure(.ioError) }
        operations.write = { [self] in
            // A write that the process did not live through may have been done in part.
            let half = UnsafeRawBufferPointer(rebasing: $1.prefix($1.count / 2))
            return mayCall() ? system.write($0, $1, $2) : system.write($0, half, $2).flatMap { _ in .failure(.ioError) }
        }
        operations.truncate = { [self] in mayCall() ? system.truncate($0, $1) : .ioError }
        operations.synchronize = { [self] in mayCall() ? system.synchronize($0) : .ioError }
        operations.synchronizeDirectory = { [self] in mayCall() ? system.synchronizeDirectory($0) : .ioError }
        operations.link = { [self] in mayCall() ? system.link($0, $1) : .ioError }
        operations.move = { [self] in mayCall() ? system.move($0, $1) : .ioError }
        operations.remove = { [self] in mayCall() ? system.remove($0) : .ioError }
        return operations
    }
}
