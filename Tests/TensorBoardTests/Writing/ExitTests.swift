import EventFiles
import Foundation
import Platform
import Synchronization
import SystemPackage
import TestSupport
import Testing

@testable import TensorBoard

/// What becomes of open writers when the program ends, each test in a process of its own.
@Suite(.timeLimit(.minutes(5)))
struct ExitTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func file(_ run: FilePath) throws -> FilePath {
        run.appending(try #require(run.entries.first { $0.contains("tfevents") }))
    }

    @Test func aProgramThatEndsWithoutClosingLosesNothing() async throws {
        let run = directory.path.string
        await #expect(processExitsWith: .exitCode(3)) { [run = run as String] in
            let writer = try SummaryWriter(logDirectory: run, options: .init(flushInterval: .seconds(3600)))
            for step in 0..<1000 { writer.scalar("cost", step, step: step) }
            exitProcess(3)
        }
        #expect(try file(directory.path).loggedEvents().count == 1000)
    }

    /// One after the other, they would hold the program for longer than the test may take.
    @Test func writersOfADiskThatHangsShareOneWait() async throws {
        let runs = directory.path.string
        await #expect(processExitsWith: .exitCode(3)) { [runs = runs as String] in
            let disk = StuckDisk()
            let options = SummaryWriter.Options(
                existingRun: .append,
                concurrentWriters: .allow,
                stallTimeout: .seconds(1),
                onIssue: { _ in }
            )
            let writers = try (0..<80).map { number in
                let run = FilePath(runs).appending("run\(number)")
                return try SummaryWriter(logDirectory: run, options: options, operations: disk.operations)
            }
            disk.stick()
            for writer in writers { writer.scalar("x", 1, step: 0) }
            exitProcess(3)
        }
        #expect(directory.path.entries.count == 80)
    }

    /// The end of the program waits for the close that another thread has begun.
    @Test func aWriterThatAnotherThreadIsClosingLosesNothing() async throws {
        let run = directory.path.string
        await #expect(processExitsWith: .exitCode(3)) { [run = run as String] in
            let disk = StuckDisk()
            let writer = try SummaryWriter(
                logDirectory: FilePath(run),
                options: .init(stallTimeout: .seconds(3600), onIssue: { _ in }),
                operations: disk.operations
            )
            disk.stick()
            for step in 0..<100 { writer.scalar("x", step, step: step) }
            #expect(BackgroundThread.start { try? writer.close() } == 0)
            while writer.log?.pending.withLock({ $0.phase == .open }) == true { usleep(1000) }
            // The disk answers while the program is ending: the exit handlers run in the opposite order of their
            // registration, so this one comes before the log's.
            stuckDisk.withLock { $0 = disk }
            atexit { stuckDisk.withLock { _ = BackgroundThread.start { [disk = $0] in disk?.release() } } }
            exitProcess(3)
        }
        #expect(try file(directory.path).loggedEvents().map(\.step) == Array(0..<100))
    }

    @Test func aWriterThatAnotherThreadHasClosedIsNoMatter() async throws {
        let run = directory.path.string
        await #expect(processExitsWith: .exitCode(3)) { [run = run as String] in
            let writer = try SummaryWriter(logDirectory: run, options: .init(stallTimeout: .seconds(3600)))
            writer.scalar("x", 1, step: 0)
            #expect(BackgroundThread.start { try? writer.close() } == 0)
            exitProcess(3)
        }
        #expect(try file(directory.path).loggedEvents().count == 1)
    }

    /// The child has no thread that drains, and would wait for it, or write over what the parent writes.
    @Test(
        .disabled(
            if: ProcessInfo.processInfo.environment["SANITIZER"] == "address",
            "a child lacks the stacks of its parent's threads, and the sanitizer takes what they hold for leaks"
        ),
        arguments: SummaryWriter.Options.Durability.allCases
    )
    func aForkedChildLeavesTheParentsFileAlone(_ durability: SummaryWriter.Options.Durability) async throws {
        let (run, durability) = (directory.path.string, durability.rawValue)
        await #expect(processExitsWith: .exitCode(3)) { [run = run as String, durability = durability as String] in
            let durability = try #require(SummaryWriter.Options.Durability(rawValue: durability))
            let options = SummaryWriter.Options(durability: durability, stallTimeout: .seconds(120))
            let writer = try SummaryWriter(logDirectory: run, options: options)
            writer.scalar("x", 0, step: 0)
            try writer.flush()
            let child = try forkAsCodeInC()
            if child == 0 {
                for step in 100..<110 { writer.scalar("x", step, step: step) }
                let error = #expect(throws: TensorBoardError.self) { try writer.flush() }
                try writer.close()
                exitProcess(error?.code == .cannotWrite ? 5 : 6)
            }
            var status: CInt = 0
            #expect(waitpid(child, &status, 0) == child)
            #expect(status >> 8 & 0xFF == 5)
            writer.scalar("x", 1, step: 1)
            exitProcess(3)
        }
        #expect(try file(directory.path).loggedEvents().map(\.step) == [0, 1])
    }
}

private let stuckDisk = Mutex<StuckDisk?>(nil)

/// What C code may do, though Swift does not let its own.
private func forkAsCodeInC() throws -> pid_t {
    #if canImport(Darwin)
    let all = UnsafeMutableRawPointer(bitPattern: -2)
    #else
    let all: UnsafeMutableRawPointer? = nil
    #endif
    let symbol = try #require(dlsym(all, "fork"))
    return unsafeBitCast(symbol, to: (@convention(c) () -> pid_t).self)()
}
