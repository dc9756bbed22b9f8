import Foundation
import Summaries
import Synchronization
import SystemPackage
import TFRecord
import TensorBoard
import TensorBoardLogs
import TestSupport
import Testing

@testable import DataServer

/// What is known of a log directory after each look.
struct LogLoaderTests {
    /// A log directory, and what a loader knows of it and says about it.
    private final class Log: Sendable {
        let directory: TemporaryDirectory
        let contents = LogContents()
        let loader: LogLoader
        let lines: Lines

        final class Lines: Sendable {
            let all = Mutex<[String]>([])
        }

        init() throws {
            let directory = try TemporaryDirectory()
            let lines = Lines()
            var options = LoadOptions()
            options.report = { level, line in
                if level == .warning { lines.all.withLock { $0.append(line) } }
            }
            self.directory = directory
            self.lines = lines
            loader = LogLoader(LogDirectory(directory.path), options: options, into: contents)
        }

        func write(_ run: String, file: String = "tfevents.1", _ events: [[UInt8]]) throws {
            let path = directory.appending(run)
            try FileManager.default.createDirectory(atPath: path.string, withIntermediateDirectories: true)
            try path.writeRecords(file, events)
        }

        /// The values of a tag by step.
        func scalars(_ run: String, _ tag: String = "a") -> [Int: Float]? {
            let series = contents[UTF8Key(run)]?.tags.first { $0.name.name == tag }?.scalars
            return series.map { Dictionary(uniqueKeysWithValues: zip($0.steps, $0.values)) }
        }
    }

    private static func scalars(_ steps: ClosedRange<Int>, plus offset: Float = 0, tag: String = "a") -> [[UInt8]] {
        steps.map { EventBytes.summary(step: $0, EventBytes.scalar(tag, Float($0) + offset)) }
    }

    @Test func runsComeGrowAndGo() throws {
        let log = try Log()
        log.loader.reload()
        #expect(log.contents.snapshot.isEmpty)
        try log.write("one", Self.scalars(0...1))
        log.loader.reload()
        #expect(log.scalars("one") == [0: 0, 1: 1])
        try log.write("two", Self.scalars(0...0))
        try log.write("one", file: "tfevents.2", Self.scalars(2...2))
        log.loader.reload()
        #expect(log.scalars("one") == [0: 0, 1: 1, 2: 2])
        #expect(log.scalars("two") == [0: 0])
        try FileManager.default.removeItem(atPath: log.directory.appending("one").string)
        log.loader.reload()
        #expect(log.contents.snapshot.map(\.name.name) == ["two"])
    }

    @Test func aLogDirectoryThatIsRemovedMayComeBack() throws {
        let log = try Log()
        try log.write("one", Self.scalars(0...3))
        log.loader.reload()
        try FileManager.default.removeItem(atPath: log.directory.path.string)
        log.loader.reload()
        log.loader.reload()
        #expect(log.contents.snapshot.isEmpty)
        let lines = log.lines.all.withLock { $0 }
        #expect(lines.count == 1 && lines.allSatisfy { $0.contains(log.directory.path.string) }, "\(lines)")
        try log.write("one", Self.scalars(5...6))
        log.loader.reload()
        #expect(log.scalars("one") == [5: 5, 6: 6])
    }

    @Test func aFileIsReadOnWhereItEnded() throws {
        let log = try Log()
        try log.write("run", Self.scalars(0...9))
        let file = log.directory.appending("run").appending("tfevents.1")
        let bytes = try file.contents()
        // The last record is not whole yet.
        try file.write(bytes.dropLast(5))
        log.loader.reload()
        #expect(log.scalars("run")?.count == 9)
        let writer = try FileHandle(forWritingTo: URL(filePath: file.string))
        try writer.seekToEnd()
        try writer.write(contentsOf: bytes.suffix(5))
        try writer.close()
        log.loader.reload()
        #expect(log.scalars("run")?.count == 10)
        #expect(log.lines.all.withLock { $0 } == [])
    }

    @Test func aFileThatWasReplacedCutOffOrRemovedIsReadAnew() throws {
        let log = try Log()
        try log.write("run", Self.scalars(0...9))
        try log.write("run", file: "tfevents.2", Self.scalars(10...19))
        log.loader.reload()
        #expect(log.scalars("run")?.count == 20)

        // Another file of the same name, longer than what was read.
        try log.write("run", Self.scalars(0...9, plus: 100) + Self.scalars(10...12, tag: "b"))
        log.loader.reload()
        #expect(log.scalars("run")?[3] == 103)
        #expect(log.scalars("run", "b")?.count == 3)

        let file = log.directory.appending("run").appending("tfevents.1")
        try file.write(try file.contents().dropLast(100))
        log.loader.reload()
        #expect((log.scalars("run", "b")?.count ?? 0) < 3)

        try FileManager.default.removeItem(atPath: log.directory.appending("run").appending("tfevents.2").string)
        log.loader.reload()
        #expect(log.scalars("run")?.keys.max() == 9)
    }

    @Test func aFileThatSortsBeforeOthersIsReadBeforeThem() throws {
        let log = try Log()
        try log.write("run", file: "tfevents.2", Self.scalars(5...9))
        log.loader.reload()
        try log.write("run", file: "tfevents.1", Self.scalars(0...7))
        log.loader.reload()
        #expect(log.scalars("run")?.count == 10)
    }

    @Test func damagedRecordsAreSkippedAndReported() throws {
        let log = try Log()
        try log.write("run", Self.scalars(0...9))
        let file = log.directory.appending("run").appending("tfevents.1")
        var bytes = try file.contents()
        let size = bytes.count / 10
        bytes[3 * size + 20] ^= 1
        bytes[6 * size] ^= 1
        try file.write(bytes)
        log.loader.reload()
        #expect(log.scalars("run")?.keys.sorted() == [0, 1, 2, 4, 5, 7, 8, 9])
        let lines = log.lines.all.withLock { $0 }
        #expect(lines.count == 2)
        #expect(lines.first?.hasPrefix("\(file): byte \(3 * size): ") == true)
        #expect(lines.last?.hasPrefix("\(file): byte \(6 * size): ") == true)
    }

    @Test func manyFaultsOfAFileAreCounted() throws {
        let log = try Log()
        try log.write("run", (0..<100).map { _ in [0xFF] } + Self.scalars(0...0))
        log.loader.reload()
        #expect(log.scalars("run") == [0: 0])
        let lines = log.lines.all.withLock { $0 }
        #expect(lines.count == 4)
        #expect(lines.last?.contains("97 more records cannot be read") == true)
    }

    @Test func aSessionThatResumesPurgesAllTagsFromItsStepOn() throws {
        let log = try Log()
        let first = Self.scalars(0...4) + Self.scalars(0...4, tag: "b")
        try log.write("resumed", first + [EventBytes.start(step: 2)] + Self.scalars(2...3, plus: 10))
        try log.write("begun", first + [EventBytes.start(step: 0)] + Self.scalars(0...1, plus: 10))
        log.loader.reload()
        #expect(log.scalars("resumed") == [0: 0, 1: 1, 2: 12, 3: 13])
        #expect(log.scalars("resumed", "b") == [0: 0, 1: 1])
        // A start at step 0 does not say that it resumes: what is not logged again stays.
        #expect(log.scalars("begun") == [0: 10, 1: 11])
        #expect(log.scalars("begun", "b")?.count == 5)
    }

    /// The tag `again` was logged again from step 2 on, `once` was not.
    @Test(arguments: ["tensorboardX-restart", "tensorflow1-restart", "torch-restart"])
    func otherWritersRestartsAreShownAsTheyWereMeant(run: String) throws {
        let contents = LogContents()
        LogLoader(LogDirectory(PeerFiles.directory), options: LoadOptions(), into: contents).reload()
        let tags = try #require(contents[UTF8Key(run)]).tags
        let again = try #require(tags.first { $0.name.name == "again" }).scalars
        #expect(again.steps == [0, 1, 2, 3])
        #expect(again.values == [0, 1, 12, 13])
        #expect(tags.first { $0.name.name == "once" }?.scalars.steps == [0, 1])
    }

    @Test func eventsWithoutAValidTimeAreLeftOut() throws {
        let log = try Log()
        let broken = [Double.nan, .infinity].map { EventBytes.summary(wallTime: $0, step: 5, EventBytes.scalar("a")) }
        try log.write("run", Self.scalars(0...1) + broken + Self.scalars(2...2))
        log.loader.reload()
        #expect(log.scalars("run")?.count == 3)
    }

    private final class Writing: Sendable {
        let hasEnded = Mutex(false)
    }

    /// For the Thread Sanitizer above all.
    @Test func aRunIsFollowedWhileItIsWritten() throws {
        let log = try Log()
        let steps = 20_000
        let writer = Writing()
        let path = log.directory.appending("live").string
        Thread.detachNewThread {
            if let log = try? SummaryWriter(logDirectory: path) {
                for step in 0..<steps {
                    log.scalar("a", Float(step), step: step)
                    if step.isMultiple(of: 100) { log.histogram("h", [Float(step), 1, 2], step: step) }
                }
                try? log.close()
            }
            writer.hasEnded.withLock { $0 = true }
        }
        var looks = 0
        var last = -1
        while looks < 24 || !writer.hasEnded.withLock({ $0 }) {
            looks += 1
            log.loader.reload()
            let step = log.contents[UTF8Key("live")]?.tags.first { $0.name.name == "a" }?.scalars.steps.last ?? -1
            #expect(step >= last)
            last = step
        }
        log.loader.reload()
        let run = try #require(log.contents[UTF8Key("live")])
        let histograms = try #require(run.tags.first { $0.name.name == "h" }).references
        #expect(run.tags.first { $0.name.name == "a" }?.scalars.steps.last == steps - 1)
        #expect(histograms.steps.last == steps - 100)
        var reader = ReferenceReader(run)
        for reference in histograms.values { #expect(try !reader.tensor(reference).isEmpty) }
        #expect(log.lines.all.withLock { $0 } == [])
    }

    @Test func whatAFuzzerFoundDoesNoHarm() throws {
        let log = try Log()
        let corpus = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "FuzzTargets/Corpus")
        var count = 0
        for name in ["event-files", "events"] {
            var inputs = try TFRecordReader(path: corpus.appending(path: "\(name).tfrecord.gz").path)
            while let input = try inputs.next().map({ Array($0.payload) }) {
                // Once as a file, once as what a record holds.
                try log.write("file\(count)", [])
                try log.directory.appending("file\(count)").appending("tfevents.1").write(input)
                try log.write("record\(count)", [input])
                count += 1
            }
        }
        #expect(count > 50)
        log.loader.reload()
        #expect(log.contents.snapshot.count == 2 * count)
        for run in log.contents.snapshot {
            var reader = ReferenceReader(run)
            for tag in run.tags {
                for reference in tag.references.values where reference.blobCount == 0 {
                    _ = try reader.tensor(reference)
                }
                for reference in tag.references.values {
                    for index in 0..<min(3, reference.blobCount) {
                        #expect(try reader.blob(index, reference, pluginName: tag.metadata.pluginName) != nil)
                    }
                }
            }
        }
    }
}
