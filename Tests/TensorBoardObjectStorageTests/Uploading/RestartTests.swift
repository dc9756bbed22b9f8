#if ObjectStorage
import EventFiles
import Foundation
import SystemPackage
import TensorBoard
import TestSupport
import Testing

@testable import TensorBoardObjectStorage

/// What earlier sessions have left in the spool.
@Suite(.timeLimit(.minutes(5)))
struct RestartTests {
    let fixture: UploadFixture

    init() throws { fixture = try UploadFixture() }

    private var store: InMemoryStore { fixture.store }

    @Test func whatSessionsHaveLeftIsUploadedInOrderBeforeAnythingNew() throws {
        // The clock went back in between.
        try fixture.leaveSession(steps: 0..<100, time: 1_700_000_100, maximumFileSize: 1000)
        try fixture.leaveSession(steps: 100..<200, time: 1_700_000_000, maximumFileSize: 1000)
        let writer = try fixture.writer { $0.clock = { 1_600_000_000 } }
        writer.log(200..<300)
        try writer.close()
        #expect(try store.steps() == Array(0..<300))
        #expect(store.storedKeys == store.keys)
        #expect(fixture.spool.entries.isEmpty)
        #expect(fixture.issues.isEmpty)
    }

    /// A process that is killed leaves a part of a record.
    @Test(arguments: [1, 8, 13, 30])
    func aTornEndIsCutOff(missingBytes: Int) throws {
        let session = try fixture.leaveSession(steps: 0..<10)
        let file = try #require(session.eventFiles().last)
        try file.write(Array(try file.contents().dropLast(missingBytes)))
        try fixture.writer().close()
        #expect(try store.steps() == Array(0..<9))
        #expect(fixture.spool.entries.isEmpty)
    }

    @Test func aFileWithoutEventsIsNotUploaded() throws {
        let session = try fixture.leaveSession(steps: 0..<0)
        let file = try #require(session.eventFiles().first)
        try session.appending("events.out.tfevents.1700000001.a.1.0000").write(try Array(file.contents().prefix(20)))
        let writer = try fixture.writer()
        writer.log(0..<1)
        try writer.close()
        // The first is whole: a later session start must find it.
        #expect(try store.steps() == [0])
        #expect(fixture.spool.entries.isEmpty)
    }

    /// It was sent, and the process died before it removed the file.
    @Test func aFileThatIsInTheStoreAlreadyIsRecognized() throws {
        let session = try fixture.leaveSession(steps: 0..<10)
        var file = try #require(session.eventFiles().first.flatMap { SpooledFile($0) })
        let bytes = try file.path.contents()
        try file.take("events.out.tfevents.1800000000.a.1.0000", .system)
        store.add("logs/run1/\(file.name)", bytes)
        let writer = try fixture.writer { $0.clock = { 1_700_000_000 } }
        writer.log(10..<20)
        try writer.close()
        #expect(try store.steps() == Array(0..<20))
        #expect(store.requests.filter(\.isPut).count == 1)
    }

    /// It was not sent, and in the meantime another session has: it goes behind.
    @Test func aFileThatWasOnlyNamedIsNamedAgain() throws {
        let session = try fixture.leaveSession(steps: 10..<20)
        var file = try #require(session.eventFiles().first.flatMap { SpooledFile($0) })
        try file.take("events.out.tfevents.1700000000.a.1.0000", .system)
        let first = try UploadFixture()
        try first.writer().log(0..<10)
        store.add("logs/run1/events.out.tfevents.1750000000.b.1.0000", first.store.objects[0].bytes)
        try fixture.writer().close()
        #expect(try store.steps() == Array(0..<20))
        #expect(store.storedKeys.map { $0 > store.keys[0] } == [true])
    }

    /// Its name is taken by an object of other content.
    @Test func aFileWhoseNameIsTakenGetsAnother() throws {
        let session = try fixture.leaveSession(steps: 0..<10)
        var file = try #require(session.eventFiles().first.flatMap { SpooledFile($0) })
        try file.take("events.out.tfevents.1700000000.a.1.0000", .system)
        let size = try file.path.contents().count
        store.add("logs/run1/\(file.name)", [UInt8](repeating: 7, count: size))
        try fixture.writer().close()
        #expect(store.keys.count == 2)
        #expect(try InMemoryStore.steps(store.objects[1].bytes) == Array(0..<10))
        #expect(fixture.issues.map(\.code) == [.concurrentWriters])
        #expect(fixture.spool.entries.isEmpty)
    }

    @Test func aSessionOfALivingWriterIsLeftAlone() throws {
        store.fail { _ in .before(.temporary) }
        let first = try fixture.writer()
        first.log(0..<10)
        first.seal()
        #expect(fixture.wait { first.statistics.upload?.waitingFiles == 1 && !fixture.issues.isEmpty })
        store.mend()
        store.hold(true)
        let second = try fixture.writer()
        second.log(10..<20)
        store.hold(false)
        try second.close()
        #expect(second.statistics.upload?.uploadedFiles == 1)
        #expect(fixture.issues.filter { $0.code == .concurrentWriters }.count == 1)
        try first.close()
        #expect(try store.steps().sorted() == Array(0..<20))
        #expect(fixture.spool.entries.isEmpty)
    }

    /// Another process has begun to upload what the session left: what is new waits, or it would be read first.
    @Test func whatAnotherProcessUploadsIsWaitedFor() throws {
        let directory = try fixture.leaveSession(steps: 0..<10)
        let left = try #require(SpoolSession(directory))
        var lock = try left.takeForRecovery()
        #expect(lock != nil)
        let writer = try fixture.writer()
        writer.log(10..<20)
        writer.seal()
        usleep(50_000)
        #expect(store.keys.isEmpty)
        lock = nil
        try writer.close()
        #expect(try store.steps() == Array(0..<20))
    }

    @Test func otherRunsAreUploadedTooButNotThoseOfAnotherStore() throws {
        try fixture.leaveSession(to: "s3://bucket/logs/other", steps: 0..<10)
        let elsewhere = try fixture.leaveSession(to: "s3://bucket/logs/else", endpoint: "https://else", steps: 0..<10)
        let writer = try fixture.writer()
        #expect(fixture.wait { store.keys.count == 1 && fixture.spool.entries.count == 2 })
        try writer.close()
        #expect(store.keys.allSatisfy { $0.hasPrefix("logs/other/") })
        #expect(try store.steps() == Array(0..<10))
        #expect(fixture.spool.entries == [elsewhere.lastComponent?.string])
        // Nobody may come for it.
        let issue = try #require(fixture.issues.first)
        #expect(fixture.issues.count == 1)
        #expect(issue.path == elsewhere)
        #expect(issue.message.contains("the store at https://else, and this one uploads to AWS"))
    }

    /// One bucket that is gone holds up neither the writer nor the other runs.
    @Test func aRunThatCannotBeUploadedHoldsUpNoOther() throws {
        try fixture.leaveSession(to: "s3://bucket/logs/gone", steps: 0..<10)
        try fixture.leaveSession(to: "s3://bucket/logs/other", steps: 0..<10)
        store.fail { request in
            switch request {
            case .put(let key, _) where key.hasPrefix("logs/gone/"): .before(.notFound)
            default: nil
            }
        }
        let writer = try fixture.writer()
        writer.log(0..<10)
        try writer.flush(.uploaded)
        #expect(fixture.wait { Set(store.keys.map { $0.prefix(8) }) == ["logs/run", "logs/oth"] })
        #expect(fixture.wait { fixture.issues.count == 1 })
        store.mend()
        #expect(fixture.wait { store.keys.count == 3 })
        try writer.close()
        #expect(fixture.wait { fixture.spool.entries.isEmpty })
        #expect(fixture.issues.map(\.code) == [.cannotUpload])
    }

    /// Nobody knows what it is for.
    @Test func otherThingsInTheSpoolAreLeftAlone() throws {
        try FileManager.default.createDirectory(
            atPath: fixture.spool.appending("000007").string,
            withIntermediateDirectories: true
        )
        try fixture.spool.appending("000007").appending("events.out.tfevents.1.a").write([1])
        try fixture.spool.appending("note.txt").write([1])
        let writer = try fixture.writer()
        #expect(writer.logDirectory.lastComponent?.string == "000008")
        writer.log(0..<1)
        try writer.close()
        #expect(fixture.spool.entries == ["000007", "note.txt"])
        #expect(fixture.issues.isEmpty)
    }
}
#endif
