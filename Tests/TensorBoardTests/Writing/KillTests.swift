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
            #expect(steps.count >= killed.last.saved)
            if durability == .everyEvent { #expect(steps.count >= killed.last.recorded) }
        }
    }

    /// By the clock of the writer's process, up to its last report: what is lost is no older than the flush interval.
    ///
    /// A busy machine may make the thread that writes wait, so it is given much longer than the 10 ms that it promises, and
    /// much less than the writer's life.
    @Test func aKillLosesNoMoreThanTheLastMoments() throws {
        let slack = Duration.milliseconds(250)
        for _ in 0..<6 {
            let killed = try KilledRun(.process, pause: .milliseconds(1), afterEvents: 500...700)
            let saved = try killed.steps().count
            try #require(killed.last.time > slack * 2)
            // Reports come in the order of the events, and all that were recorded before the last are among them.
            if let oldestLost = killed.reports.dropFirst(saved).first {
                #expect(killed.last.time - oldestLost.time <= .milliseconds(10) + slack)
            }
        }
    }

    /// Each of them looks at the directory before it makes one of its own.
    @Test func processesThatBeginTogetherGetADirectoryEach() throws {
        let directory = try TemporaryDirectory()
        let run = directory.appending("run")
        let products = try #require(CommandLine.arguments.first.map { URL(filePath: $0).deletingLastPathComponent() })
        let writers = try (0..<8).map { _ in
            let process = Process()
            process.executableURL = products.appending(path: "KilledWriter")
            process.arguments = [run.string, "everyEvent", "1", "0", "\(Int.max)"]
            let output = Pipe()
            process.standardInput = Pipe()
            process.standardOutput = output
            try process.run()
            return (process, output)
        }
        // All of them are at work when the last has told of its event.
        for (_, output) in writers { _ = try output.fileHandleForReading.read(upToCount: 1) }
        for (process, _) in writers {
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
        }
        #expect(directory.path.entries == ["run"] + (1..<8).map { "run_\($0)" })
        for name in directory.path.entries {
            let files = directory.appending(name).entries.filter { $0.contains("tfevents") }
            #expect(files.count == 1, "\(name)")
        }
    }
}

/// A run whose writer was killed.
private struct KilledRun {
    /// What the writer tells after an event.
    struct Report {
        var recorded = 0
        var saved = 0
        /// Since the first event.
        var time = Duration.zero
    }

    /// What the writer told before it died.
    let reports: [Report]
    var last: Report { reports.last ?? Report() }
    private let directory: TemporaryDirectory

    private static let eventCount = 1000

    init(
        _ durability: SummaryWriter.Options.Durability,
        pause: Duration = .zero,
        afterEvents: ClosedRange<Int> = 1...eventCount,
        maximumFileSize: Int = .max
    ) throws {
        directory = try TemporaryDirectory()
        let (input, output) = (Pipe(), Pipe())
        let process = Process()
        // Tests and executables are built into one directory.
        let products = try #require(CommandLine.arguments.first.map { URL(filePath: $0).deletingLastPathComponent() })
        process.executableURL = products.appending(path: "KilledWriter")
        process.arguments = [
            directory.path.string, durability.rawValue, "\(Self.eventCount)", "\(Int(pause / .microseconds(1)))",
            "\(maximumFileSize)",
        ]
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        // After so many reports, and some more that came in the meantime.
        let reportByteCount = 3 * MemoryLayout<Int>.size
        var bytes = try Self.read(output, byteCount: Int.random(in: afterEvents) * reportByteCount)
        kill(process.processIdentifier, SIGKILL)
        bytes += try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        #expect(process.terminationReason == .uncaughtSignal)
        reports = Array(bytes).withUnsafeBytes { bytes in
            stride(from: 0, through: bytes.count - reportByteCount, by: reportByteCount).map { offset in
                func number(_ index: Int) -> Int {
                    bytes.loadUnaligned(fromByteOffset: offset + index * MemoryLayout<Int>.size, as: Int.self)
                }
                return Report(recorded: number(0), saved: number(1), time: .nanoseconds(number(2)))
            }
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
