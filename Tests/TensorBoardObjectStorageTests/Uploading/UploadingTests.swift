#if ObjectStorage
import EventFiles
import Foundation
import Synchronization
import SystemPackage
import TensorBoard
import TestSupport
import Testing

@testable import TensorBoardObjectStorage

/// What gets into the store when nothing goes wrong.
@Suite(.timeLimit(.minutes(5)))
struct UploadingTests {
    let fixture: UploadFixture

    init() throws { fixture = try UploadFixture() }

    private var store: InMemoryStore { fixture.store }

    @Test func everythingIsUploadedOnceInOrderAndTheSpoolIsEmpty() throws {
        let writer = try fixture.writer { $0.maximumFileSize = 2000 }
        writer.log(0..<500)
        try writer.close()
        #expect(try store.steps() == Array(0..<500))
        #expect(store.keys.count > 10)
        #expect(store.storedKeys == store.keys)
        #expect(store.objects.allSatisfy { $0.bytes.count <= 2000 })
        #expect(fixture.spool.entries.isEmpty)
        #expect(fixture.issues.isEmpty)
        // One listing finds the place behind what is there; then each byte is sent once.
        #expect(store.requests.filter { !$0.isPut }.count == 1)
        #expect(store.requests.count == store.keys.count + 1)
        let upload = try #require(writer.statistics.upload)
        #expect(upload.uploadedFiles == store.keys.count)
        #expect(upload.uploadedBytes == store.objects.reduce(0) { $0 + $1.bytes.count })
        #expect((upload.waitingFiles, upload.waitingBytes) == (0, 0))
        #expect(upload.standingIssue == nil)
    }

    @Test func flushWaitsUntilWhatWasRecordedIsInTheStore() throws {
        let writer = try fixture.writer()
        for step in 0..<20 {
            writer.log(step..<step + 1)
            try writer.flush(.uploaded)
            let steps = try store.steps()
            #expect(steps == Array(0...step))
        }
        try writer.close()
        // The last file holds no event.
        #expect(store.keys.count == 20)
        #expect(fixture.spool.entries.isEmpty)
    }

    @Test func sealUploadsWithoutWaiting() throws {
        let writer = try fixture.writer()
        writer.log(0..<10)
        writer.seal()
        #expect(try fixture.wait { try store.steps() == Array(0..<10) })
        try writer.close()
    }

    /// A writer that nobody flushes is seen all the same, and an idle one makes no objects.
    @Test func aFileIsCompletedByItsAge() throws {
        var pace = UploadFixture.pace
        pace.fileAges = .milliseconds(5)...Duration.milliseconds(5)
        let writer = try fixture.writer(pace: pace)
        writer.log(0..<10)
        #expect(try fixture.wait { try store.steps() == Array(0..<10) })
        writer.log(10..<11)
        #expect(try fixture.wait { try store.steps() == Array(0..<11) })
        let count = store.keys.count
        usleep(100_000)
        #expect(store.keys.count == count)
        try writer.close()
    }

    @Test func anEventLargerThanAFileHasOneOfItsOwn() throws {
        let writer = try fixture.writer { $0.maximumFileSize = 1000 }
        writer.log(0..<5)
        writer.text("t", String(repeating: "a", count: 50_000), step: 5)
        writer.log(6..<10)
        try writer.close()
        #expect(try store.steps() == [0, 1, 2, 3, 4, 6, 7, 8, 9])
        #expect(store.objects.map { $0.bytes.count > 50_000 } == [false, true, false])
    }

    @Test func aReleasedWriterUploadsWhatItHas() throws {
        try fixture.writer().log(0..<10)
        #expect(try store.steps() == Array(0..<10))
        #expect(fixture.spool.entries.isEmpty)
    }

    // MARK: - Names

    /// Whatever this machine's clock says, and on how many pages the listing comes.
    @Test(arguments: [1, 1000])
    func namesSortBehindWhatTheRunHolds(pageSize: Int) throws {
        let fixture = try UploadFixture(pageSize: pageSize)
        let prefix = "logs/run1/"
        let others = ["4000000000", "3999999999", "1000000000"].map {
            "\(prefix)events.out.tfevents.\($0).other.1.0000"
        }
        for key in others { fixture.store.add(key, []) }
        // Neither other runs nor other objects count.
        fixture.store.add("\(prefix)validation/events.out.tfevents.9000000000.other.1.0000", [])
        fixture.store.add("\(prefix)projector_config.pbtxt", [])
        let writer = try fixture.writer { $0.clock = { 1_000_000_000 } }
        for step in 0..<3 {
            writer.log(step..<step + 1)
            try writer.flush(.uploaded)
        }
        try writer.close()
        let own = fixture.store.storedKeys
        #expect(own.count == 3)
        #expect(own.allSatisfy { $0 > others[0] && $0 < "\(prefix)events.out.tfevents.4000001000" })
        #expect(own == own.sorted())
        #expect(try own.flatMap { key in try InMemoryStore.steps(fixture.store.read(key, from: 0)) } == [0, 1, 2])
    }

    @Test func aNameThatAnotherWriterHasIsReportedAndAnotherTaken() throws {
        let isTaken = Mutex(false)
        let store = store
        // The store would hold itself for ever.
        defer { store.mend() }
        // Another writer of the same host and process number stores its object at the last moment.
        store.fail { request in
            guard case .put(let key, _) = request, !isTaken.withLock({ $0 }) else { return nil }
            isTaken.withLock { $0 = true }
            store.add(key, [1, 2, 3])
            return nil
        }
        let writer = try fixture.writer()
        writer.log(0..<10)
        try writer.close()
        #expect(store.keys.count == 2)
        #expect(store.objects[0].bytes == [1, 2, 3])
        #expect(try InMemoryStore.steps(store.objects[1].bytes) == Array(0..<10))
        #expect(fixture.issues.map(\.code) == [.concurrentWriters])
        #expect(fixture.issues.first?.message.contains(store.keys[0]) == true)
    }

    // MARK: - Runs that exist

    @Test func anAppendedSessionWritesNoSessionStart() throws {
        let writer = try fixture.writer()
        writer.log(0..<1)
        try writer.close()
        let events = try RecordScanner.payloads(store.objects[0].bytes).map {
            WrittenEvent(message: try WireMessage($0))
        }
        #expect(events.map(\.isSessionStart) == [false, false])
    }

    /// It is not known whether an earlier session had one: the first of a run only arms the Python loader.
    @Test func aResumedSessionStartsTwiceAtItsStep() throws {
        let writer = try fixture.writer { $0.existingRun = .resume(atStep: 5) }
        writer.log(5..<6)
        try writer.close()
        let events = try RecordScanner.payloads(store.objects[0].bytes).map {
            WrittenEvent(message: try WireMessage($0))
        }
        #expect(events.filter(\.isSessionStart).map(\.step) == [5, 5])
        #expect(try store.steps() == [5])
    }

    @Test func aRunIsRefusedIfTheStoreOrTheSpoolHasIt() throws {
        func code() -> TensorBoardError.Code? {
            do {
                try fixture.writer { $0.existingRun = .refuse }.close()
                return nil
            } catch {
                return (error as? TensorBoardError)?.code
            }
        }
        #expect(code() == nil)
        let key = "logs/run1/events.out.tfevents.1000000000.other.1.0000"
        store.add(key, [])
        #expect(code() == .runExists)
        try store.delete(key)
        store.fail { _ in .before(.temporary) }
        #expect(code() == .cannotUpload)
        store.mend()
        try fixture.leaveSession(steps: 0..<1)
        #expect(code() == .runExists)
    }

    @Test(arguments: [
        "bucket/run", "gs://bucket/run", "s3://", "s3://bucket", "s3://bucket/", "s3:///run", "s3://bucket/a\nb",
        "s3://bucket/logs/../run", "s3://bucket/./run",
    ])
    func anAddressThatNamesNoRunIsRefused(address: String) throws {
        let error = #expect(throws: TensorBoardError.self) { try fixture.writer(to: address) }
        #expect(error?.code == .invalidOption)
        #expect(!fixture.spool.exists || fixture.spool.entries.isEmpty)
    }

    @Test func optionsThatMakeNoSenseAreRefused() throws {
        let changes: [(inout UploadOptions) -> Void] = [
            { $0.grace = .seconds(-1) }, { $0.spoolLimit = 0 }, { $0.maximumFileSize = 0 }, { $0.bufferLimit = 0 },
        ]
        for change in changes {
            let error = #expect(throws: TensorBoardError.self) { try fixture.writer(change) }
            #expect(error?.code == .invalidOption)
        }
        #expect(fixture.spool.entries.isEmpty)
    }
}
#endif
