#if ObjectStorage
import EventFiles
import Foundation
import Synchronization
import SystemPackage
import TensorBoard
import TestSupport
import Testing

@testable import TensorBoardObjectStorage

/// A store that is away, denies, refuses or answers too late: nothing is lost, nothing is there twice.
@Suite(.timeLimit(.minutes(5)))
struct UploadFaultTests {
    let fixture: UploadFixture

    init() throws { fixture = try UploadFixture() }

    private var store: InMemoryStore { fixture.store }

    /// Each request may fail, before or after it was done.
    @Test(arguments: 0..<5)
    func anUnsteadyStoreLosesAndDoublesNothing(seed: UInt64) throws {
        let random = Mutex(seed &* 2 + 1)
        store.fail { _ in
            let number = random.withLock { state in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return state >> 33
            }
            return switch number % 4 {
            case 0: .before(.temporary)
            case 1: .after(.temporary)
            default: nil
            }
        }
        let writer = try fixture.writer { $0.maximumFileSize = 1000 }
        writer.log(0..<400)
        try writer.close()
        #expect(try store.steps() == Array(0..<400))
        #expect(store.storedKeys == store.keys)
        #expect(store.requests.filter { if case .delete = $0 { true } else { false } }.isEmpty)
        #expect(fixture.spool.entries.isEmpty)
    }

    @Test func anOutageIsReportedOnceAndIsOverWhenTheStoreIsBack() throws {
        store.fail { _ in .before(.temporary) }
        let writer = try fixture.writer()
        writer.log(0..<10)
        writer.seal()
        #expect(fixture.wait { store.requests.count > 20 })
        writer.log(10..<20)
        writer.seal()
        #expect(fixture.wait { writer.statistics.upload?.waitingFiles == 2 })
        #expect(writer.statistics.upload?.standingIssue?.code == .cannotUpload)
        #expect(fixture.issues.map(\.code) == [.cannotUpload])
        #expect(fixture.issues.first?.message.contains("the test said temporary") == true)
        store.mend()
        try writer.flush(.uploaded)
        #expect(writer.statistics.upload?.standingIssue == nil)
        // The next outage is another.
        store.fail { _ in .before(.temporary) }
        writer.log(20..<30)
        writer.seal()
        #expect(fixture.wait { fixture.issues.count == 2 })
        store.mend()
        try writer.close()
        #expect(try store.steps() == Array(0..<30))
    }

    @Test func anotherProblemOfTheSameOutageIsReportedToo() throws {
        store.fail { _ in .before(.temporary) }
        let writer = try fixture.writer()
        writer.log(0..<10)
        writer.seal()
        #expect(fixture.wait { fixture.issues.count == 1 })
        store.fail { _ in .before(.denied) }
        #expect(fixture.wait { fixture.issues.count == 2 })
        store.mend()
        try writer.close()
        #expect(fixture.issues.map { $0.message.contains("denied") } == [false, true])
    }

    /// The answer to a request that was done is lost: the object is recognized.
    @Test func anObjectWhoseAnswerWasLostIsNotStoredAgain() throws {
        let failures = Mutex(3)
        store.fail { request in
            guard request.isPut else { return nil }
            return failures.withLock { left in
                left -= 1
                return left >= 0 ? .after(.temporary) : nil
            }
        }
        let writer = try fixture.writer()
        writer.log(0..<10)
        try writer.close()
        #expect(store.keys.count == 1)
        #expect(try store.steps() == Array(0..<10))
        #expect(fixture.issues.map(\.code) == [.cannotUpload])
    }

    /// Time does not mend it: neither `flush` nor `close` waits for the grace, and what is spooled stays.
    @Test(arguments: [ObjectStoreError.Kind.denied, .refused, .notFound])
    func whatAStoreRefusesIsKeptAndUploadedByTheNextWriter(kind: ObjectStoreError.Kind) throws {
        store.fail { _ in .before(kind) }
        let writer = try fixture.writer { $0.grace = .seconds(3600) }
        writer.log(0..<10)
        let error = #expect(throws: TensorBoardError.self) { try writer.flush(.uploaded) }
        #expect(error?.code == .cannotUpload)
        #expect(error?.message.contains("the test said \(kind)") == true)
        writer.log(10..<20)
        let end = #expect(throws: TensorBoardError.self) { try writer.close() }
        #expect(end?.code == .cannotUpload)
        #expect(end?.message.hasPrefix("2 files could not be uploaded before the end and stay in the spool") == true)
        #expect(end?.message.contains("tried again") == false)
        #expect(fixture.spooledFiles.count == 2)
        #expect(fixture.issues.map(\.code) == [.cannotUpload])
        store.mend()
        let next = try fixture.writer()
        next.log(20..<30)
        try next.close()
        #expect(try store.steps() == Array(0..<30))
        #expect(store.storedKeys == store.keys)
        #expect(fixture.spool.entries.isEmpty)
    }

    /// Credentials that somebody renews while the writer runs.
    @Test func aStoreThatAllowsAgainIsTriedWithoutBeingAsked() throws {
        store.fail { _ in .before(.denied) }
        let writer = try fixture.writer()
        writer.log(0..<10)
        writer.seal()
        #expect(fixture.wait { fixture.issues.count == 1 })
        store.mend()
        #expect(try fixture.wait { try store.steps() == Array(0..<10) })
        try writer.close()
    }

    /// The grace is over, and the thread is still in a call that does not return.
    @Test func aStoreThatDoesNotAnswerHoldsUpNeitherLoggingNorCloseForEver() throws {
        store.hold(true)
        let writer = try fixture.writer { $0.grace = .milliseconds(50) }
        writer.log(0..<10)
        let error = #expect(throws: TensorBoardError.self) { try writer.flush(.uploaded) }
        #expect(error?.message.hasPrefix("the store has taken nothing for 0.05 seconds and 1 file waits") == true)
        writer.log(10..<1000)
        try writer.flush()
        let end = #expect(throws: TensorBoardError.self) { try writer.close() }
        #expect(end?.message.hasPrefix("2 files could not be uploaded") == true)
        // The call returns: its file is stored, the next is left.
        store.hold(false)
        #expect(fixture.wait { !RunLock.isHeld(writer.logDirectory) })
        #expect(store.keys.count == 1)
        #expect(fixture.spooledFiles.count == 1)
        try fixture.writer().close()
        #expect(try store.steps() == Array(0..<1000))
    }

    @Test func onIssueMayCloseTheWriter() throws {
        store.fail { _ in .before(.refused) }
        let box = Mutex<SummaryWriter?>(nil)
        let isClosed = Atomic(false)
        let writer = try fixture.writer { options in
            options.onIssue = { _ in
                guard let writer = box.withLock({ $0.take() }) else { return }
                try? writer.close()
                isClosed.store(true, ordering: .relaxed)
            }
        }
        box.withLock { $0 = writer }
        writer.log(0..<10)
        writer.seal()
        #expect(fixture.wait { isClosed.load(ordering: .relaxed) })
        #expect(fixture.spooledFiles.count >= 1)
    }

    // MARK: - The spool

    /// What is spooled is never dropped; the newest events are, and their number is known.
    @Test func aFullSpoolLetsEventsWaitThenCountsWhatIsDropped() throws {
        store.fail { _ in .before(.temporary) }
        let writer = try fixture.writer { options in
            options.maximumFileSize = 2000
            options.spoolLimit = 10_000
            options.bufferLimit = 10_000
            options.stallTimeout = .milliseconds(200)
        }
        writer.log(0..<3000)
        let dropped = writer.statistics.droppedEvents
        #expect(dropped > 0)
        #expect(fixture.wait { fixture.issues.contains { $0.message.hasPrefix("the spool has reached its limit") } })
        // The limit, the file that is being written, and the one that passed the limit.
        let spooled = try fixture.spooledFiles.reduce(0) { try $0 + $1.contents().count }
        #expect((10_000...14_000).contains(spooled))
        #expect(Set(fixture.issues.map(\.code)).isSuperset(of: [.cannotUpload, .cannotWrite, .eventsDropped]))
        store.mend()
        try writer.flush(.uploaded)
        writer.log(3000..<3010)
        let end = #expect(throws: TensorBoardError.self) { try writer.close() }
        #expect(end?.code == .eventsDropped)
        #expect(writer.statistics.droppedEvents == dropped)
        let steps = try store.steps()
        #expect(steps.count == 3010 - dropped)
        #expect(steps == Array(Set(steps)).sorted())
        #expect(steps.suffix(10) == Array(3000..<3010)[...])
    }

    @Test func aFileThatSomebodyRemovesFromTheSpoolIsReported() throws {
        store.hold(true)
        let writer = try fixture.writer()
        writer.log(0..<10)
        writer.seal()
        #expect(fixture.wait { !store.requests.isEmpty })
        writer.log(10..<20)
        writer.seal()
        #expect(fixture.wait { writer.statistics.upload?.waitingFiles == 2 })
        let second = try #require(
            fixture.spooledFiles.dropFirst().first { file in
                (try? file.events().contains { $0.step == 15 }) == true
            }
        )
        try FileManager.default.removeItem(atPath: second.string)
        store.hold(false)
        writer.log(20..<30)
        try writer.close()
        #expect(try store.steps() == Array(0..<10) + Array(20..<30))
        #expect(fixture.issues.map(\.code) == [.cannotUpload])
        #expect(fixture.issues.first?.path == second)
    }
}
#endif
