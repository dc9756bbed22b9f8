import Foundation
import SystemPackage
import TensorBoard
import TensorBoardLogs
import TestSupport
import Testing

struct RepairCommandTests {
    let directory: TemporaryDirectory
    let file: FilePath

    init() throws {
        directory = try TemporaryDirectory()
        file = directory.appending("events.tfevents.1")
    }

    private func tblog(_ arguments: String...) async throws -> ExecutedCommand {
        try await ExecutedCommand("tblog", arguments, directory: directory.url)
    }

    private static let events = (0..<4).map { EventBytes.summary(step: $0, EventBytes.scalar("a", Float($0))) }

    private func write(_ events: [[UInt8]]) throws { try directory.path.writeRecords("events.tfevents.1", events) }

    private func steps(_ file: FilePath) throws -> [Int] {
        var reader = try EventFileReader(file)
        var steps: [Int] = []
        while let event = try reader.next() {
            if case .summary = event.content { steps.append(event.step) }
        }
        let isTruncated = reader.isTruncated
        #expect(!isTruncated)
        return steps
    }

    @Test func goodRecordsGoIntoAFileThatTensorBoardDoesNotRead() async throws {
        try write([EventBytes.version()] + Self.events)
        var bytes = try file.contents()
        bytes[60] ^= 1
        bytes.removeLast()
        try file.write(bytes)
        let result = try await tblog("repair", ".")
        #expect(result.status == 0)
        #expect(result.output.contains("repaired, events: 3"))
        #expect(try file.contents() == bytes)
        #expect(directory.path.entries == ["events.repaired.1", "events.tfevents.1"])
        #expect(try steps(directory.appending("events.repaired.1")) == [1, 2])
    }

    @Test func aRepairedFileTakesThePlaceOfTheDamagedOne() async throws {
        try write([EventBytes.version()] + Self.events)
        let bytes = try file.contents() + [1, 2, 3]
        try file.write(bytes)
        try directory.appending("events.damaged.1").write([])
        let result = try await tblog("repair", "events.tfevents.1", "--replace")
        #expect(result.status == 0)
        #expect(directory.path.entries == ["events.damaged.1", "events.damaged.1.1", "events.tfevents.1"])
        #expect(try directory.appending("events.damaged.1.1").contents() == bytes)
        #expect(try steps(file) == [0, 1, 2, 3])
        #expect(try LoggedRun(directory.path).verify().faults.isEmpty)
    }

    @Test func recordsBehindATornOneAreSaved() throws {
        try write([EventBytes.version()] + Self.events)
        let bytes = try file.contents()
        try file.write(bytes.prefix(bytes.count - 10) + bytes)
        let repaired = try RepairedFile(of: file)
        #expect(repaired.faults.count == 1)
        #expect(try steps(#require(repaired.path)) == [0, 1, 2, 0, 1, 2, 3])
    }

    @Test func timesThatAreNotFiniteBecomeThoseBefore() throws {
        try write([
            EventBytes.version(wallTime: .nan), EventBytes.summary(wallTime: 7, step: 0, EventBytes.scalar("a")),
            EventBytes.summary(wallTime: .infinity, step: 1, EventBytes.scalar("a")),
        ])
        let repaired = try RepairedFile(of: file)
        #expect(repaired.faults.map(\.kind) == [.timeNotANumber, .timeInfinite])
        var reader = try EventFileReader(#require(repaired.path))
        for step in [0, 0, 1] {
            let event = try reader.next()
            #expect(event?.wallTime == 7)
            #expect(event?.step == step)
        }
    }

    @Test func aVersionThatWasLostIsPutBack() throws {
        try write([EventBytes.version()] + Self.events)
        var bytes = try file.contents()
        bytes[0] ^= 1
        try file.write(bytes)
        let path = try #require(try RepairedFile(of: file).path)
        var reader = try EventFileReader(path)
        let first = try reader.next()
        #expect(first?.content == .fileVersion("brain.Event:2"))
        #expect(try steps(path) == [0, 1, 2, 3])
    }

    @Test func aGoodFileIsLeftAlone() async throws {
        try write([EventBytes.version()] + Self.events)
        let result = try await tblog("repair", ".", "--replace")
        #expect(result.status == 0)
        #expect(result.output.contains("nothing to repair, events: 5"))
        #expect(directory.path.entries == ["events.tfevents.1"])
    }

    @Test func aFileWithoutEventsCannotBeRepaired() async throws {
        try file.write(Array(0xF0...0xFF))
        let result = try await tblog("repair", ".")
        #expect(result.status == 1)
        #expect(result.output.contains("no event can be repaired"))
        #expect(directory.path.entries == ["events.tfevents.1"])
    }

    @Test func damageThatFollowsDamageIsOneFault() throws {
        try write([[UInt8](repeating: 0, count: 4000)])
        let header = try file.contents().prefix(12)
        try file.write((0..<3000).flatMap { _ in header })
        let repaired = try RepairedFile(of: file)
        #expect(repaired.path == nil)
        #expect(repaired.faults.count == 2)
        #expect(repaired.faults.map(\.count).reduce(0, +) == 3000)
    }

    @Test func aRunThatIsBeingWrittenIsNotReplaced() throws {
        let writer = try SummaryWriter(logDirectory: directory.path, options: .init(existingRun: .append))
        try write([EventBytes.version(wallTime: .nan)])
        let repaired = try RepairedFile(of: file)
        #expect { try repaired.replaceOriginal() } throws: { ($0 as? TensorBoardError)?.code == .concurrentWriters }
        try writer.close()
    }

    @Test func aWriterInOneRunDoesNotKeepOthersFromBeingRepaired() async throws {
        for run in ["a", "b"] {
            let path = directory.appending(run)
            try withSummaryWriter(logDirectory: path) { $0.scalar("x", 1, step: 0) }
            let file = try LoggedRun(path).files[0]
            try file.write(try file.contents() + [1, 2, 3])
        }
        let writer = try SummaryWriter(logDirectory: directory.appending("a"), options: .init(existingRun: .append))
        let result = try await tblog("repair", ".", "--replace")
        #expect(result.status == 1)
        #expect(result.errors.contains("a writer is at work in the run directory"))
        #expect(try LoggedRun(directory.appending("b")).verify().faults.isEmpty)
        #expect(directory.appending("b").entries.contains { $0.contains("damaged") })
        try writer.close()
    }

    @Test(arguments: [0o600, 0o664])
    func whoMayReadAFileMayReadTheRepairedOne(permissions: Int) throws {
        try write([EventBytes.version(), EventBytes.summary(step: 0, EventBytes.scalar("x"))])
        let file = directory.appending("events.tfevents.1")
        try file.write(try file.contents() + [1])
        try FileManager.default.setAttributes([.posixPermissions: permissions], ofItemAtPath: file.string)
        let repaired = try RepairedFile(of: file)
        let attributes = try FileManager.default.attributesOfItem(atPath: try #require(repaired.path).string)
        #expect(attributes[.posixPermissions] as? Int == permissions)
    }
}
