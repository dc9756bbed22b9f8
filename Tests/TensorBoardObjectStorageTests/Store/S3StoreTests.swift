#if ObjectStorage
import TestSupport
import Testing

@testable import TensorBoardObjectStorage

/// The client and a real S3 server.
@Suite(.enabled(if: ObjectServer.isInstalled), .timeLimit(.minutes(5)))
struct S3StoreTests {
    private static let hardKeys = [
        "plain", "lr=0.1, wd+1 é?/a#1", "per%20cent&amp;<x>", "ünïcode/ሴ☺", "tab\there",
        "\"quoted\" 'it'", "~!@$^*()[]{}|;:",
    ]

    private func store(_ change: (inout StoreOptions) -> Void = { _ in }) async throws -> S3Store {
        var options = try await StoreOptions.shared()
        change(&options)
        return try S3Store(bucket: try await ObjectServer.shared().makeBucket(), options)
    }

    @Test func anObjectIsStoredReadListedAndDeleted() async throws {
        let store = try await store()
        let bytes = Array("0123456789".utf8)
        #expect(try store.attributes(of: "dir/a") == nil)
        #expect(try store.putIfAbsent(bytes, at: "dir/a"))
        #expect(try store.read("dir/a", from: 0) == bytes)
        #expect(try store.read("dir/a", from: 7) == Array("789".utf8))
        #expect(try store.read("dir/a", from: 10) == [])
        #expect(try store.read("dir/a", from: 11) == [])
        let attributes = try #require(try store.attributes(of: "dir/a"))
        #expect(attributes.byteCount == 10)
        #expect(attributes.checksum == SecureHash.sha256(bytes).base64)
        let page = try store.list("dir/", after: nil)
        #expect(!page.isTruncated)
        #expect(page.objects.map(\.key) == ["dir/a"])
        #expect(page.objects.first?.entityTag == attributes.entityTag)
        #expect(page.objects.first?.byteCount == 10)
        try store.delete("dir/a")
        try store.delete("dir/a")
        #expect(try store.attributes(of: "dir/a") == nil)
    }

    @Test func anObjectThatIsThereStays() async throws {
        let store = try await store()
        #expect(try store.putIfAbsent([1], at: "a"))
        #expect(try !store.putIfAbsent([2], at: "a"))
        #expect(try store.read("a", from: 0) == [1])
        #expect(try store.putIfAbsent([], at: "empty"))
        #expect(try store.read("empty", from: 0) == [])
    }

    @Test func everyNameIsSignedAndListedByteForByte() async throws {
        let store = try await store()
        for key in Self.hardKeys { #expect(try store.putIfAbsent(Array(key.utf8), at: key), "\(key)") }
        for key in Self.hardKeys { #expect(try store.read(key, from: 0) == Array(key.utf8), "\(key)") }
        #expect(Set(try store.list("", after: nil).objects.map(\.key)) == Set(Self.hardKeys))
        #expect(try store.list("lr=0.1, wd+1 é?/", after: nil).objects.map(\.key) == ["lr=0.1, wd+1 é?/a#1"])
        for key in Self.hardKeys { try store.delete(key) }
        #expect(try store.list("", after: nil).objects.isEmpty)
    }

    @Test func aListingGoesOnBehindAName() async throws {
        let store = try await store()
        let keys = (0..<20).map { "p/\($0 + 10)" }
        for key in keys { _ = try store.putIfAbsent([0], at: key) }
        _ = try store.putIfAbsent([0], at: "q")
        #expect(try store.list("p/", after: nil).objects.map(\.key) == keys)
        #expect(try store.list("p/", after: "p/24").objects.map(\.key) == Array(keys.suffix(5)))
        #expect(try store.list("p/", after: "p/29").objects.isEmpty)
    }

    @Test func aClockThatIsWrongIsCorrectedByTheStores() async throws {
        let store = try await store { $0.clock = { 1_000_000_000 } }
        #expect(try store.putIfAbsent([1], at: "a"))
        #expect(try store.read("a", from: 0) == [1])
        // One refusal, and none once the difference is known.
        #expect(store.requestCount == 3)
        let other = try await self.store { $0.clock = { 4_000_000_000 } }
        #expect(try other.attributes(of: "a") == nil)
    }

    @Test func wrongKeysAreDeniedAndNotShown() async throws {
        var options = try await StoreOptions.shared()
        var environment = try await ObjectServer.shared().environment
        environment["AWS_SECRET_ACCESS_KEY"] = "not-the-secret"
        options.environment = { [environment] in environment[$0] }
        let store = try S3Store(bucket: try await ObjectServer.shared().makeBucket(), options)
        let errors = [
            #expect(throws: ObjectStoreError.self) { try store.putIfAbsent([1], at: "key") },
            #expect(throws: ObjectStoreError.self) { try store.attributes(of: "key") },
            #expect(throws: ObjectStoreError.self) { try store.list("key", after: nil) },
            #expect(throws: ObjectStoreError.self) { try store.read("key", from: 0) },
            #expect(throws: ObjectStoreError.self) { try store.delete("key") },
        ]
        for error in errors {
            #expect(error?.kind == .denied)
            let text = error?.description ?? ""
            #expect(text.contains("s3://\(store.bucket)/key") && text.contains("403"))
            #expect(!text.contains("not-the-secret") && !text.contains(ObjectServer.accessKey), "\(text)")
        }
        #expect(errors[0]?.description.contains("SignatureDoesNotMatch") == true)
    }

    @Test func aBucketThatIsMissingIsReported() async throws {
        let store = try S3Store(bucket: "no-such-bucket", try await StoreOptions.shared())
        let error = #expect(throws: ObjectStoreError.self) { try store.list("", after: nil) }
        #expect(error?.kind == .notFound)
        #expect(error?.description.contains("NoSuchBucket") == true)
    }

    @Test func manyThreadsMayAskAtOnce() async throws {
        let store = try await store()
        await withTaskGroup(of: Bool?.self) { group in
            for index in 0..<16 { group.addTask { try? store.putIfAbsent([UInt8(index)], at: "same") } }
            var stored = 0
            for await isStored in group where isStored == true { stored += 1 }
            #expect(stored == 1)
        }
    }
}
#endif
