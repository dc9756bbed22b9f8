#if ObjectStorage
import EventFiles
import SystemPackage
import TestSupport
import Testing

@testable import TensorBoardObjectStorage

/// Mirrors of a bucket of a real S3 server.
@Suite(.enabled(if: ObjectServer.isInstalled), .timeLimit(.minutes(5)))
struct ObjectMirrorTests {
    private static func bytes(_ count: Int, seed: UInt8 = 0) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 / 256) &+ seed }
    }

    private let bucket: MirroredBucket

    init() async throws { bucket = try await MirroredBucket() }

    @Test func eventFilesAreFetchedAndNothingElse() async throws {
        let contents = [
            "logs/run1/events.out.tfevents.1.a": Self.bytes(1000), "logs/run1/events.out.tfevents.2.a": Self.bytes(10),
            "logs/lr=0.1, wd+1 é?/a#1/x.tfevents": Self.bytes(2000), "logs/empty.tfevents": [],
        ]
        for (key, bytes) in contents { try bucket.put(bytes, at: key) }
        for key in ["logs/run1/manifest.json", "logs/tfevents/readme", "logs2/a.tfevents", "a.tfevents"] {
            try bucket.put([1], at: key)
        }
        let mirror = try bucket.mirror("logs")
        let progress = Collected<ObjectMirror.Progress>()
        let look = try mirror.look { progress.append($0) }
        #expect(bucket.files == contents.keys.map { String($0.dropFirst(5)) }.sorted())
        for (key, bytes) in contents {
            #expect(try bucket.path.appending(String(key.dropFirst(5))).contents() == bytes, "\(key)")
        }
        #expect((look.pageCount, look.eventFileCount, look.fetchedObjectCount) == (1, 4, 4))
        #expect(look.fetchedByteCount == 3010)
        #expect(progress.all.first == .planned(objectCount: 4, byteCount: 3010))
    }

    @Test func aLookAtNothingNewIsOneRequest() async throws {
        for index in 0..<5 { try bucket.put(Self.bytes(100), at: "r\(index)/a.tfevents") }
        let mirror = try bucket.mirror()
        try mirror.look()
        let store = try S3Store(bucket: bucket.store.bucket, bucket.options)
        let counted = try ObjectMirror(
            mirror.location,
            at: "there",
            in: store,
            to: bucket.directory.appending("counted"),
            .init()
        )
        try counted.look()
        #expect(store.requestCount == 6)
        let look = try counted.look()
        #expect(store.requestCount == 7)
        #expect((look.fetchedObjectCount, look.fetchedByteCount, look.eventFileCount) == (0, 0, 5))
    }

    @Test func ofAnObjectThatHasGrownTheRestIsFetched() async throws {
        let key = "run/a.tfevents"
        try bucket.put(Self.bytes(1000), at: key)
        let mirror = try bucket.mirror()
        try mirror.look()
        let identity = FileStatus(bucket.path.appending(key))?.identity
        for length in [1001, 5000] {
            try bucket.put(Self.bytes(length), at: key)
            let look = try mirror.look()
            #expect(look.fetchedByteCount == (length == 1001 ? 1 : 3999))
            #expect(try bucket.path.appending(key).contents() == Self.bytes(length))
        }
        // A reader that has the file open goes on reading.
        #expect(FileStatus(bucket.path.appending(key))?.identity == identity)
        #expect(try mirror.look().fetchedByteCount == 0)
    }

    @Test(arguments: [5, 999, 1000, 2000])
    func anObjectThatWasReplacedIsFetchedAnew(length: Int) async throws {
        let key = "run/a.tfevents"
        try bucket.put(Self.bytes(1000), at: key)
        let mirror = try bucket.mirror()
        try mirror.look()
        try bucket.put(Self.bytes(length, seed: 1), at: key)
        #expect(try mirror.look().fetchedByteCount == length)
        #expect(try bucket.path.appending(key).contents() == Self.bytes(length, seed: 1))
    }

    @Test func whatIsGoneIsRemovedWithItsDirectory() async throws {
        for key in ["a/b/1.tfevents", "a/2.tfevents"] { try bucket.put([1], at: key) }
        let mirror = try bucket.mirror()
        try mirror.look()
        try bucket.path.appending("a/mine.txt").write([1])
        try bucket.store.delete("a/b/1.tfevents")
        #expect(try mirror.look().removedFileCount == 1)
        #expect(bucket.files == ["a/2.tfevents", "a/mine.txt"])
        #expect(!bucket.path.appending("a/b").exists)
        try bucket.store.delete("a/2.tfevents")
        try mirror.look()
        // What the mirror did not make stays.
        #expect(bucket.files == ["a/mine.txt"])
    }

    @Test func whatIsGoneIsKeptIfThatIsWanted() async throws {
        try bucket.put([1], at: "a.tfevents")
        let mirror = try bucket.mirror { $0.removesMissing = false }
        try mirror.look()
        try bucket.store.delete("a.tfevents")
        #expect(try mirror.look().removedFileCount == 0)
        #expect(bucket.files == ["a.tfevents"])
    }

    @Test func anObjectWithAnEarlierNameIsFoundLate() async throws {
        try bucket.put([2], at: "run/2.tfevents")
        let mirror = try bucket.mirror("run")
        try mirror.look()
        try bucket.put([1], at: "run/1.tfevents")
        #expect(try mirror.look().fetchedObjectCount == 1)
        #expect(bucket.files == ["1.tfevents", "2.tfevents"])
    }

    @Test func oneEventFileIsMirroredAlone() async throws {
        for key in ["run/a.tfevents", "run/a.tfevents.2", "run/b.tfevents"] { try bucket.put([1, 2], at: key) }
        let mirror = try bucket.mirror("run/a.tfevents")
        try mirror.look()
        #expect(bucket.files == ["a.tfevents"])
        #expect(mirror.path == bucket.path.appending("a.tfevents"))
    }

    @Test func aDirectoryMayBeCalledAsAnEventFile() async throws {
        for key in ["tfevents/run/a.tfevents", "tfevents/b.tfevents", "tfevents2/c.tfevents"] {
            try bucket.put([1], at: key)
        }
        let mirror = try bucket.mirror("tfevents")
        try mirror.look()
        #expect(bucket.files == ["b.tfevents", "run/a.tfevents"])
        #expect(mirror.path == bucket.path)
    }

    @Test func theNextProcessKnowsWhatIsThere() async throws {
        for index in 0..<5 { try bucket.put(Self.bytes(100), at: "r\(index)/a.tfevents") }
        do { try bucket.mirror().look() }
        #expect(try bucket.mirror().look().fetchedByteCount == 0)
        // Killed before the record was written: the ends of the files tell.
        #expect(FileOperations.system.remove(bucket.path.appending(".object-mirror")) == nil)
        #expect(try bucket.mirror().look().fetchedByteCount == 0)
        // Killed while it added to a file.
        try bucket.put(Self.bytes(300), at: "r0/a.tfevents")
        try bucket.path.appending("r0/a.tfevents").write(Self.bytes(200))
        #expect(try bucket.mirror().look().fetchedByteCount == 100)
        #expect(try bucket.path.appending("r0/a.tfevents").contents() == Self.bytes(300))
    }

    @Test func aFileOfSomebodyElseStays() async throws {
        try bucket.put(Self.bytes(100), at: "a.tfevents")
        _ = try RunDirectory.makeDirectories(bucket.path)
        try bucket.path.appending("a.tfevents").write([1, 2, 3])
        let issues = Collected<TensorBoardError>()
        let mirror = try bucket.mirror { $0.onIssue = { issues.append($0) } }
        try mirror.look()
        try mirror.look()
        #expect(try bucket.path.appending("a.tfevents").contents() == [1, 2, 3])
        #expect(issues.all.map(\.code) == [.foreignFile])
    }

    @Test func aDirectoryHasOneMirror() async throws {
        let mirror = try bucket.mirror("a")
        let error = #expect(throws: TensorBoardError.self) { try bucket.mirror("a") }
        #expect(error?.code == .concurrentWriters)
        try bucket.put([1], at: "a/x.tfevents")
        try withExtendedLifetime(mirror) { _ = try mirror.look() }
    }

    @Test func aDirectoryMirrorsOneAddress() async throws {
        try bucket.put([1], at: "a/x.tfevents")
        do { try bucket.mirror("a").look() }
        let error = #expect(throws: TensorBoardError.self) { try bucket.mirror("b") }
        #expect(error?.code == .invalidOption)
        #expect(error?.message.contains("is the mirror of s3://\(bucket.store.bucket)/a at 127.0.0.1:") == true)
    }

    @Test func theCacheHasADirectoryForEachProcessAtWork() async throws {
        try bucket.put([1], at: "a/x.tfevents")
        var options = ObjectMirror.Options()
        options.store = bucket.options
        let address = "s3://\(bucket.store.bucket)/a"
        let first = try ObjectMirror.cached(address, in: bucket.path, options: options)
        let second = try ObjectMirror.cached(address, in: bucket.path, options: options)
        let parents = [first, second].map { $0.directory.removingLastComponent().string }
        #expect(parents[1] == parents[0] + "-1")
        #expect([first, second].allSatisfy { $0.directory.lastComponent == "a" })
        for mirror in [first, second] {
            try mirror.look()
            #expect(mirror.directory.appending("x.tfevents").exists)
        }
    }

    @Test func theCacheIsWhereTheSystemWantsIt() async throws {
        var options = ObjectMirror.Options()
        options.store = StoreOptions(environment: ["XDG_CACHE_HOME": bucket.path.string, "HOME": "/nowhere"])
        let mirror = try ObjectMirror.cached("s3://b/a", options: options)
        #expect(mirror.directory.starts(with: bucket.path.appending("swift-tensorboard")))
        options.store = StoreOptions(environment: [:])
        let error = #expect(throws: TensorBoardError.self) { try ObjectMirror.cached("s3://b/a", options: options) }
        #expect(error?.message.contains("set one") == true)
    }
}
#endif
