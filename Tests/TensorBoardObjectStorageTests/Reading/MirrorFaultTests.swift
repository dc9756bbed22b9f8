#if ObjectStorage
import EventFiles
import Foundation
import Synchronization
import SystemPackage
import TestSupport
import Testing

@testable import TensorBoardObjectStorage

/// Stores that list strange names, break off, or are away.
@Suite(.timeLimit(.minutes(2)))
final class MirrorFaultTests {
    private let directory: TemporaryDirectory
    private let issues = Collected<TensorBoardError>()
    /// They answer as long as they are here.
    private let servers = Mutex<[LoopbackServer]>([])

    init() throws { directory = try TemporaryDirectory() }

    /// A mirror of a fake that lists objects of 100 bytes.
    private func mirror(
        _ keys: [String],
        _ change: (inout ObjectMirror.Options) -> Void = { _ in },
        answer: @escaping @Sendable (LoopbackServer.Request) -> LoopbackServer.Answer? = { _ in nil }
    ) throws -> (mirror: ObjectMirror, server: LoopbackServer) {
        let server = try LoopbackServer { request in
            if let answer = answer(request) { return answer }
            guard request.path.contains("list-type") else { return .init(200, Self.content(request.path)) }
            return .init(200, Self.listing(keys))
        }
        servers.withLock { $0.append(server) }
        var options = ObjectMirror.Options()
        options.store = StoreOptions(fake: server.address)
        options.onIssue = { [issues] in issues.append($0) }
        change(&options)
        return (try ObjectMirror("s3://b/p", to: directory.appending("in/mirror"), options: options), server)
    }

    private static func listing(_ keys: [String], isTruncated: Bool = false) -> String {
        let contents = keys.map { key in
            "<Contents><Key>\(PercentEncoding.encode(key))</Key><Size>100</Size><ETag>e</ETag></Contents>"
        }
        return "<ListBucketResult><EncodingType>url</EncodingType><IsTruncated>\(isTruncated)</IsTruncated>"
            + contents.joined() + "</ListBucketResult>"
    }

    /// A hundred bytes that tell the object.
    private static func content(_ path: String) -> String {
        String((path + String(repeating: ".", count: 100)).prefix(100))
    }

    private var files: [String] {
        directory.path.filesBelow.filter { !$0.hasSuffix(".object-mirror") && !$0.hasSuffix(".lock") }
    }

    @Test func namesThatLeadOutOfTheDirectoryAreSkippedAndReported() throws {
        let bad = [
            "p/../../up.tfevents", "p/a/../x.tfevents", "p/./dot.tfevents", "p//empty.tfevents", "p/a//b.tfevents",
            "p/\(String(repeating: "n", count: 250)).tfevents", "p/zero\u{0}.tfevents",
        ]
        let (mirror, _) = try mirror(bad + ["p/good.tfevents", "p/dir.tfevents/", "p/"])
        let look = try mirror.look()
        try mirror.look()
        #expect(files == ["in/mirror/good.tfevents"])
        #expect(look.eventFileCount == 1)
        #expect(issues.all.count == bad.count)
        for (issue, key) in zip(issues.all, bad) { #expect(issue.message.hasPrefix("s3://b/\(key): ")) }
    }

    @Test func namesAreToldApartByTheirBytes() throws {
        // The first two are one text in two encodings; in the third the accent is one character with the slash.
        let keys = ["p/\u{e9}.tfevents", "p/e\u{301}.tfevents", "p/\u{301}a/b.tfevents"]
        let (mirror, _) = try mirror(keys)
        #expect(try mirror.look().fetchedObjectCount == 3)
        #expect(try mirror.look().fetchedObjectCount == 0)
        #expect(Set(files.map { Array($0.utf8) }) == Set(keys.map { Array("in/mirror\($0.dropFirst(1))".utf8) }))
    }

    @Test func aNameThatIsADirectoryOfAnotherIsReported() throws {
        let (mirror, _) = try mirror(["p/x.tfevents", "p/x.tfevents/y.tfevents"]) { $0.downloadCount = 1 }
        #expect(try mirror.look().fetchedObjectCount == 1)
        #expect(issues.all.map(\.code) == [.foreignFile])
    }

    @Test func everyPageIsListed() throws {
        let pages = [["p/1.tfevents", "p/2.tfevents"], ["p/3.tfevents"], ["p/4.tfevents"]]
        let (mirror, server) = try mirror([]) { _ in
        } answer: { request in
            guard request.path.contains("list-type") else { return nil }
            let page =
                pages.firstIndex { page in
                    page.last.map {
                        request.path.contains("start-after=\(PercentEncoding.encode($0))&")
                            || request.path.hasSuffix("start-after=\(PercentEncoding.encode($0))")
                    } == true
                }.map { $0 + 1 } ?? 0
            return .init(200, Self.listing(pages[page], isTruncated: page < 2))
        }
        let look = try mirror.look()
        #expect(look.pageCount == 3)
        #expect(files.count == 4)
        #expect(server.requests.filter { $0.path.contains("list-type") }.count == 3)
    }

    @Test func anObjectThatMayNotBeReadIsReportedOnceAndTheOthersAreFetched() throws {
        let (mirror, _) = try mirror(
            ["p/1.tfevents", "p/2.tfevents", "p/3.tfevents"],
            answer: { request in
                request.path.contains("/2.") ? .init(403, "<Error><Code>InvalidObjectState</Code></Error>") : nil
            }
        )
        for _ in 0..<2 { try mirror.look() }
        #expect(files == ["in/mirror/1.tfevents", "in/mirror/3.tfevents"])
        #expect(issues.all.count == 1)
        #expect(issues.all.first?.message.contains("InvalidObjectState") == true)
    }

    @Test func anObjectThatGoesMeanwhileIsNoProblem() throws {
        let (mirror, _) = try mirror(
            ["p/1.tfevents", "p/2.tfevents"],
            answer: { request in
                request.path.contains("/1.") ? .init(404, "<Error><Code>NoSuchKey</Code></Error>") : nil
            }
        )
        try mirror.look()
        #expect(files == ["in/mirror/2.tfevents"])
        #expect(issues.all.isEmpty)
    }

    @Test func aConnectionThatIsCutLeavesNoHalfFileAndTheNextLookGoesOn() throws {
        let isAway = SharedFlag(true)
        let (mirror, _) = try mirror(
            ["p/1.tfevents"],
            answer: { request in
                guard isAway.isSet, !request.path.contains("list-type") else { return nil }
                return .init(200, Self.content(request.path), isCut: true)
            }
        )
        let error = #expect(throws: TensorBoardError.self) { try mirror.look() }
        #expect(error?.code == .cannotRead)
        #expect(files == [])
        isAway.set(false)
        #expect(try mirror.look().fetchedByteCount == 100)
        #expect(files == ["in/mirror/1.tfevents"])
    }

    /// A reader that finds a file finds those before it.
    @Test func theFilesOfARunAppearInTheirOrder() throws {
        let keys = (0..<20).map { "p/run/\($0 + 10).tfevents" }
        let path = directory.appending("in/mirror/run")
        let seen = Collected<[String]>()
        let (mirror, _) = try mirror(
            keys,
            answer: { request in
                seen.append(path.entries.filter { !$0.hasPrefix(".") })
                // The earlier ones take longer.
                if request.path.contains("/10.") || request.path.contains("/14.") { Thread.sleep(forTimeInterval: 0.3) }
                return nil
            }
        )
        try mirror.look()
        let names = keys.map { String($0.dropFirst(6)) }
        #expect(path.entries.filter { !$0.hasPrefix(".") } == names)
        for entries in seen.all { #expect(entries == Array(names.prefix(entries.count))) }
        #expect(seen.all.contains { !$0.isEmpty && $0.count < 20 })
    }

    @Test func aStoreThatIsAwayIsReportedOnceAndAskedAgain() throws {
        let isAway = SharedFlag(false)
        let (mirror, _) = try mirror(["p/1.tfevents"], answer: { _ in isAway.isSet ? .init(503) : nil })
        let events = Collected<String>()
        mirror.follow(every: .milliseconds(10)) { event in
            switch event {
            case .looked where events.all.isEmpty: isAway.set(true)
            case .looked: mirror.stop()
            case .lost:
                // What was fetched is still there.
                #expect(files == ["in/mirror/1.tfevents"])
                Thread.detachNewThread {
                    Thread.sleep(forTimeInterval: 0.2)
                    isAway.set(false)
                }
            case .regained: break
            }
            events.append("\(event)".prefix { $0 != "(" }.description)
        }
        #expect(events.all == ["looked", "lost", "regained", "looked"])
    }

    @Test func aFullDiskEndsTheLookAndIsReported() throws {
        let (mirror, _) = try mirror(["p/run/1.tfevents"])
        // A file where the run's directory should be.
        try directory.appending("in/mirror/run").write([1])
        let error = #expect(throws: TensorBoardError.self) { try mirror.look() }
        #expect(error?.path == directory.appending("in/mirror/run"))
    }
}

/// A truth that a test and its server share.
private final class SharedFlag: Sendable {
    private let flag: Atomic<Bool>

    init(_ isSet: Bool) { flag = Atomic(isSet) }

    var isSet: Bool { flag.load(ordering: .relaxed) }

    func set(_ isSet: Bool) { flag.store(isSet, ordering: .relaxed) }
}

@Suite struct MirrorPaceTests {
    /// With the interval of 5 seconds.
    @Test(arguments: [1, 2, 10, 1000])
    func noMoreThan720PagesAreListedInAnHour(pageCount: Int) {
        var pace = MirrorPace(interval: .seconds(5))
        var (time, pages) = (Duration.zero, 0)
        while time < .seconds(3600) {
            pages += pageCount
            time += pace.pause(afterPages: pageCount)
        }
        #expect(pages <= 720 + pageCount)
        #expect(pages >= 720)
    }

    @Test func theRetriesOfAnHourAreFew() {
        var pace = MirrorPace(interval: .seconds(5))
        var (time, count) = (Duration.zero, 0)
        while time < .seconds(3600) {
            #expect(count == 0 || pace.hasFailed)
            time += pace.pauseAfterFailure()
            count += 1
        }
        #expect(40...90 ~= count)
        #expect(pace.pause(afterPages: 0) == .seconds(5))
        #expect(!pace.hasFailed)
    }
}
#endif
