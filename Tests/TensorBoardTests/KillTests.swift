import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import TensorBoard

/// What is left in the files when the process is killed at any moment.
@Suite(.serialized)
struct KillTests {
    /// A kill in the middle of the logging, of the drain's work, or between two files.
    @Test(arguments: [SummaryWriter.Options.Durability.process, .everyEvent], [Int.max, 4000])
    func whatWasSavedOutlivesAKill(durability: SummaryWriter.Options.Durability, maximumFileSize: Int) throws {
        for _ in 0..<60 {
            let killed = try KilledRun(durability, maximumFileSize: maximumFileSize)
            let steps = try killed.steps()
            // Without a gap: what is lost is the end.
            #expect(steps == Array(0..<steps.count))
            #expect(steps.count >= killed.reported.saved)
            if durability == .everyEvent { #expect(steps.count >= killed.reported.recorded) }
        }
    }
}

/// A run whose writer was killed.
private struct KilledRun {
    /// What the writer told before it died, last.
    let reported: (recorded: Int, saved: Int)
    private let directory: TemporaryDirectory

    private static let eventCount = 1000

    init(_ durability: SummaryWriter.Options.Durability, maximumFileSize: Int) throws {
        directory = try TemporaryDirectory()
        let (input, output) = (Pipe(), Pipe())
        let process = Process()
        // Tests and executables are built into one directory.
        let products = try #require(CommandLine.arguments.first.map { URL(filePath: $0).deletingLastPathComponent() })
        process.executableURL = products.appending(path: "KilledWriter")
        process.arguments = [directory.path.string, durability.rawValue, "\(Self.eventCount)", "\(maximumFileSize)"]
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        // After so many reports, and some more that came in the meantime.
        let reportByteCount = 2 * MemoryLayout<Int>.size
        var reports = try Self.read(output, byteCount: Int.random(in: 1...Self.eventCount) * reportByteCount)
        kill(process.processIdentifier, SIGKILL)
        reports += try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        #expect(process.terminationReason == .uncaughtSignal)
        let last = Array(reports.prefix(reports.count / reportByteCount * reportByteCount).suffix(reportByteCount))
        reported = last.withUnsafeBytes {
            ($0.loadUnaligned(as: Int.self), $0.loadUnaligned(fromByteOffset: MemoryLayout<Int>.size, as: Int.self))
        }
    }

    private static func read(_ pipe: Pipe, byteCount: Int) throws -> Data {
        var data = Data()
        while data.count < byteCount {
            let more = try #require(try pipe.fileHandleForReading.read(upToCount: byteCount - data.count))
            try #require(!more.isEmpty)
            data += more
        }
        return data
    }

    /// The steps in the files, up to the last whole record; only the last file may end in the middle of one.
    func steps() throws -> [Int] {
        let files = directory.path.entries.filter { $0.contains("tfevents") }
        return try files.flatMap { name -> [Int] in
            let whole = RecordScanner.wholePayloads(try directory.appending(name).contents())
            if let damage = whole.damage {
                #expect(damage.reason.hasPrefix("torn"))
                #expect(name == files.last)
            }
            return try whole.payloads.map { WrittenEvent(message: try WireMessage($0)) }
                .filter { try !$0.values.isEmpty }.map(\.step)
        }
    }
}
