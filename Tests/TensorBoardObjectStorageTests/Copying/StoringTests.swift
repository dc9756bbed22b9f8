#if ObjectStorage
import EventFiles
import Synchronization
import SystemPackage
import TestSupport
import Testing

@testable import TensorBoardObjectStorage

/// Finished event files that are stored as a run.
@Suite(.enabled(if: ObjectServer.isInstalled), .timeLimit(.minutes(5)))
struct StoringTests {
    private let bucket: MirroredBucket
    private let files: [FilePath]

    init() async throws {
        bucket = try await MirroredBucket()
        files = [bucket.directory.appending("a.tfevents"), bucket.directory.appending("b.tfevents")]
        for (index, file) in files.enumerated() { try file.write([UInt8(index), 1]) }
    }

    private var location: ObjectLocation { get throws { try ObjectLocation("s3://\(bucket.store.bucket)/run 1") } }

    @Test func eachFileBecomesAnObject() throws {
        let stored = try location.store(files, options: bucket.options)
        #expect(stored.map(\.key) == ["run 1/a.tfevents", "run 1/b.tfevents"])
        #expect(try bucket.store.read("run 1/b.tfevents", from: 0) == [1, 1])
    }

    @Test func storingAgainIsNoError() throws {
        for _ in 0..<2 { try location.store(files, options: bucket.options) }
        #expect(try bucket.store.list("", after: nil).objects.count == 2)
    }

    @Test func aRunThatHoldsOtherFilesIsRefused() throws {
        try bucket.put([1], at: "run 1/sub/other.tfevents")
        try location.store(files, options: bucket.options)
        try bucket.put([1], at: "run 1/other.tfevents")
        let error = #expect(throws: TensorBoardError.self) { try location.store(files, options: bucket.options) }
        #expect(error?.code == .runExists)
    }

    @Test func anObjectOfTheNameWithAnotherContentStays() throws {
        try bucket.put([9], at: "run 1/a.tfevents")
        let error = #expect(throws: TensorBoardError.self) { try location.store(files, options: bucket.options) }
        #expect(error?.code == .runExists)
        #expect(try bucket.store.read("run 1/a.tfevents", from: 0) == [9])
    }

    @Test func aFileThatIsMissingIsNamed() throws {
        let missing = bucket.directory.appending("none.tfevents")
        let error = #expect(throws: TensorBoardError.self) { try location.store([missing], options: bucket.options) }
        #expect(error?.path == missing)
    }

    @Test(arguments: [2, 10])
    func aStoreThatFailsIsAskedFiveTimes(failureCount: Int) throws {
        let failures = Mutex(failureCount)
        let server = try LoopbackServer { request in
            let fails = failures.withLock { count in
                count -= 1
                return count >= 0
            }
            if fails { return .init(503) }
            return .init(200, request.method == "GET" ? "<ListBucketResult></ListBucketResult>" : "")
        }
        let store = try S3Store(bucket: "b", StoreOptions(fake: server.address))
        let location = try ObjectLocation("s3://b/run")
        if failureCount == 2 {
            #expect(try location.store([files[0]], in: store, firstPause: .milliseconds(1)).count == 1)
        } else {
            let error = #expect(throws: TensorBoardError.self) {
                try location.store([files[0]], in: store, firstPause: .milliseconds(1))
            }
            #expect(error?.code == .cannotWrite)
            #expect(server.requests.count == 5)
        }
    }
}
#endif
