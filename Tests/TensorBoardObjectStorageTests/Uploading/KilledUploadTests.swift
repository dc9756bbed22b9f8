#if ObjectStorage
import Foundation
import Platform
import SystemPackage
import TestSupport
import Testing

@testable import TensorBoardObjectStorage

/// What is in the store when processes are killed at any moment and started again.
///
/// Not under a sanitizer, which takes seconds to start each of the hundred programs and is killed with them.
@Suite(
    .serialized,
    .enabled(if: ProcessInfo.processInfo.environment["SANITIZER"] == nil),
    .timeLimit(.minutes(10))
)
struct KilledUploadTests {
    let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
        try FileManager.default.createDirectory(
            atPath: directory.appending("store").string,
            withIntermediateDirectories: true
        )
    }

    /// Between every two steps of the upload of every file, and once more in the recovery from that.
    @Test(arguments: UploadStep.allCases, 1...3)
    func aKillBetweenTwoStepsLosesAndDoublesNothing(step: UploadStep, file: Int) throws {
        let kills = ["\(step.rawValue):\(file)", "\(step.rawValue):1"]
        var recordedCount = 0
        for end in kills {
            let uploading = try Uploading(directory.path, firstStep: try nextStep(), end: end)
            recordedCount += try uploading.end(expectsKill: true).count
        }
        // Without anything new.
        #expect(try Uploading(directory.path, firstStep: 0, count: 0).end(expectsKill: false) == [])
        let steps = try steps()
        #expect(steps == Array(0..<steps.count))
        // An event may be in the spool though the call that logged it has not returned.
        #expect((recordedCount...recordedCount + kills.count).contains(steps.count))
        #expect(recordedCount > 20)
        #expect(directory.appending("spool").entries.isEmpty)
    }

    /// At any moment, again and again.
    @Test func aRunThatIsKilledAgainAndAgainIsComplete() throws {
        var next = 0
        for round in 0..<30 {
            let uploading = try Uploading(directory.path, firstStep: next, count: 400)
            try uploading.kill(afterEvents: round.isMultiple(of: 3) ? 0...0 : 1...300)
            _ = try uploading.end(expectsKill: true)
            next = try nextStep()
        }
        try Uploading(directory.path, firstStep: next, count: 1).end(expectsKill: false)
        #expect(try steps() == Array(0...next))
        #expect(next > 100)
        let spool = directory.appending("spool")
        // A directory that was only being made may be left.
        let sessions = spool.entries.compactMap { SpoolSession(spool.appending($0)) }
        #expect(sessions.isEmpty)
    }

    /// A machine restarts: each finds what it has left itself, and the others' too.
    @Test func eightProcessesOnOneSpoolAreKilledAndStartedTogether() throws {
        let runs = (0..<8).map { "s3://bucket/logs/run\($0)" }
        let first = try runs.map { try Uploading(directory.path, to: $0, firstStep: 0, count: 2000) }
        for uploading in first { try uploading.kill(afterEvents: 50...200) }
        let recorded = try first.map { try $0.end(expectsKill: true).count }
        let second = try zip(runs, recorded).map { run, count in
            try Uploading(directory.path, to: run, firstStep: count + 10, count: 100)
        }
        for uploading in second { _ = try uploading.end(expectsKill: false) }
        for (number, count) in recorded.enumerated() {
            let steps = try steps(run: "run\(number)")
            let saved = steps.filter { $0 < count + 10 }
            #expect(saved == Array(0..<saved.count))
            #expect((count...count + 1).contains(saved.count))
            #expect(Array(steps.dropFirst(saved.count)) == Array(count + 10..<count + 110))
        }
    }

    /// Its writer is in a global variable.
    @Test func aProgramThatEndsWithoutClosingUploadsEverything() throws {
        let uploading = try Uploading(directory.path, firstStep: 0, end: "open")
        #expect(try uploading.end(expectsKill: false).count == 400)
        #expect(try steps() == Array(0..<400))
        #expect(directory.appending("spool").entries.isEmpty)
    }

    @Test func aProgramThatIsToldToEndUploadsEverything() throws {
        let uploading = try Uploading(directory.path, firstStep: 0, end: "terminated")
        try uploading.signal(SIGTERM, afterEvents: 400...400)
        #expect(try uploading.end(status: 143).count == 400)
        #expect(try steps() == Array(0..<400))
        #expect(directory.appending("spool").entries.isEmpty)
    }

    @Test func eightProcessesOfOneRunLoseAndDoubleNothing() throws {
        let all = try (0..<8).map { try Uploading(directory.path, firstStep: $0 * 1000, count: 200) }
        for uploading in all { _ = try uploading.end(expectsKill: false) }
        let steps = try steps()
        #expect(steps.count == 8 * 200)
        for number in 0..<8 {
            let own = steps.filter { $0 / 1000 == number }
            #expect(own == Array(number * 1000..<number * 1000 + 200))
        }
    }

    /// The steps of the objects of a run, in the order in which TensorBoard reads them.
    private func steps(run: String = "run1") throws -> [Int] {
        let store = directory.appending("store")
        return try store.entries.filter { $0.hasPrefix("logs%\(run)%events") }
            .flatMap { try InMemoryStore.steps(store.appending($0).contents()) }
    }

    /// The step behind the last that is in the store or the spool.
    private func nextStep() throws -> Int {
        let spool = directory.appending("spool")
        let files = spool.entries.flatMap { spool.appending($0).eventFiles() }
        let spooled = try files.flatMap { file in
            try RecordScanner.wholePayloads(file.contents()).payloads.map { WrittenEvent(message: try WireMessage($0)) }
                .filter { try !$0.scalars.isEmpty }.map(\.step)
        }
        return try (steps() + spooled).max().map { $0 + 1 } ?? 0
    }
}

/// A process that logs and uploads.
private struct Uploading {
    private let process = Process()
    private let output = Pipe()

    init(
        _ directory: FilePath,
        to address: String = "s3://bucket/logs/run1",
        firstStep: Int,
        count: Int = 400,
        end: String = "none"
    ) throws {
        process.executableURL = ExecutedCommand.location(of: "KilledUploader")
        process.arguments = [
            directory.appending("spool").string, directory.appending("store").string, address, "\(firstStep)",
            "\(count)",
            end,
        ]
        process.standardOutput = output
        try process.run()
    }

    /// Kills the process when it has told of so many events.
    func kill(afterEvents counts: ClosedRange<Int>) throws { try signal(SIGKILL, afterEvents: counts) }

    /// Sends the process a signal when it has told of so many events.
    func signal(_ number: Int32, afterEvents counts: ClosedRange<Int>) throws {
        let byteCount = Int.random(in: counts) * MemoryLayout<Int>.size
        if byteCount > 0 { told.bytes += try #require(try output.fileHandleForReading.read(upToCount: byteCount)) }
        Foundation.kill(process.processIdentifier, number)
    }

    private let told = Told()
    private final class Told { var bytes = Data() }

    /// Waits for the end of the process.
    ///
    /// - Returns: The steps that it has told of.
    @discardableResult
    func end(expectsKill: Bool = false, status: Int32 = 0) throws -> [Int] {
        told.bytes += try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        if expectsKill {
            #expect(process.terminationReason == .uncaughtSignal)
        } else {
            #expect(process.terminationReason == .exit && process.terminationStatus == status)
        }
        return Array(told.bytes).withUnsafeBytes { bytes in
            stride(from: 0, to: bytes.count, by: MemoryLayout<Int>.size).map {
                bytes.loadUnaligned(fromByteOffset: $0, as: Int.self)
            }
        }
    }
}
#endif
