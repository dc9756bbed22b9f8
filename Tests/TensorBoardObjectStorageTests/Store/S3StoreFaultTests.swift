#if ObjectStorage
import Synchronization
import SystemPackage
import TestSupport
import Testing

@testable import TensorBoardObjectStorage

/// Answers that a healthy server does not give.
@Suite(.timeLimit(.minutes(2)))
final class S3StoreFaultTests {
    /// They answer as long as they are here.
    private let servers = Mutex<[LoopbackServer]>([])

    private static func error(_ code: String, _ message: String = "m", _ more: String = "") -> String {
        "<?xml version=\"1.0\"?><Error><Code>\(code)</Code><Message>\(message)</Message>\(more)</Error>"
    }

    private func store(
        stallTimeout: Duration = .seconds(30),
        _ answer: @escaping @Sendable (LoopbackServer.Request) -> LoopbackServer.Answer
    ) throws -> (S3Store, LoopbackServer) {
        let server = try LoopbackServer(answer)
        servers.withLock { $0.append(server) }
        var options = StoreOptions(fake: server.address)
        options.stallTimeout = stallTimeout
        return (try S3Store(bucket: "b", options), server)
    }

    @Test(arguments: [
        (500, "InternalError", ObjectStoreError.Kind.temporary), (503, "SlowDown", .temporary), (429, "", .temporary),
        (408, "", .temporary), (409, "ConditionalRequestConflict", .temporary), (400, "RequestTimeout", .temporary),
        (400, "BadDigest", .temporary), (403, "AccessDenied", .denied), (401, "", .denied),
        (400, "ExpiredToken", .denied), (404, "NoSuchBucket", .notFound), (400, "InvalidRequest", .refused),
        (405, "MethodNotAllowed", .refused), (301, "PermanentRedirect", .refused),
    ])
    func anErrorSaysWhatIsToBeDone(_ status: Int, _ code: String, _ kind: ObjectStoreError.Kind) throws {
        let (store, _) = try store { _ in .init(status, Self.error(code, "the reason AKIDFAKE fake/secret+key")) }
        let error = #expect(throws: ObjectStoreError.self) { try store.putIfAbsent([1], at: "key") }
        #expect(error?.kind == kind)
        let text = error?.description ?? ""
        #expect(text.hasPrefix("s3://b/key cannot be stored, the store answers with status \(status)"))
        #expect(text.contains("\(code): the reason … …") || code.isEmpty)
        #expect(text.contains("; "))
    }

    @Test func aStoreThatRefusesConditionsIsAskedBefore() throws {
        let there = Mutex(false)
        let (store, server) = try store { request in
            if request.headers["if-none-match"] != nil { return .init(501, Self.error("NotImplemented")) }
            let isThere = there.withLock { isThere in
                defer { if request.method == "PUT" { isThere = true } }
                return isThere
            }
            return .init(request.method == "HEAD" && !isThere ? 404 : 200)
        }
        #expect(try store.putIfAbsent([1], at: "key"))
        #expect(try !store.putIfAbsent([1], at: "key"))
        // What was learnt is not asked again.
        #expect(server.requests.map(\.method) == ["PUT", "HEAD", "PUT", "HEAD"])
        #expect(server.requests[2].headers["x-amz-checksum-sha256"] == SecureHash.sha256([1]).base64)
    }

    @Test func aStoreThatRefusesChecksumsGetsNone() throws {
        let (store, server) = try store { request in
            if request.headers["x-amz-checksum-sha256"] != nil { return .init(400, Self.error("NotImplemented")) }
            return .init(request.method == "HEAD" ? 404 : 200)
        }
        #expect(try store.putIfAbsent([1], at: "key"))
        #expect(server.requests.last?.headers["if-none-match"] == "*")
        #expect(server.requests.last?.headers["x-amz-content-sha256"] == SecureHash.sha256([1]).hexadecimal)
    }

    @Test func aBucketOfAnotherRegionIsSignedForThat() throws {
        let (store, server) = try store { request in
            request.headers["authorization"]?.contains("/eu-north-1/s3/") == true
                ? .init(200)
                : .init(301, headers: ["x-amz-bucket-region": "eu-north-1"], Self.error("PermanentRedirect"))
        }
        #expect(try store.putIfAbsent([1], at: "key"))
        #expect(try store.putIfAbsent([1], at: "other"))
        #expect(server.requests.count == 3)
    }

    @Test func aRegionInTheErrorIsTakenToo() throws {
        let (store, _) = try store { request in
            request.headers["authorization"]?.contains("/eu-north-1/s3/") == true
                ? .init(200)
                : .init(400, Self.error("AuthorizationHeaderMalformed", "m", "<Region>eu-north-1</Region>"))
        }
        #expect(try store.putIfAbsent([1], at: "key"))
    }

    @Test func aRedirectIsNotFollowed() throws {
        let target = try LoopbackServer { _ in .init() }
        let address = target.address
        let (store, _) = try store { _ in .init(307, headers: ["Location": address + "/b/key"]) }
        #expect(throws: ObjectStoreError.self) { try store.putIfAbsent([1], at: "key") }
        #expect(target.requests.isEmpty)
    }

    @Test func expiredCredentialsAreReadAgain() throws {
        let directory = try TemporaryDirectory()
        let file = directory.appending("credentials")
        try file.write(Array("[default]\naws_access_key_id=OLD\naws_secret_access_key=S\n".utf8))
        let server = try LoopbackServer { request in
            request.headers["authorization"]?.contains("Credential=NEW/") == true
                ? .init(200) : .init(400, Self.error("ExpiredToken"))
        }
        var options = StoreOptions(environment: [
            "AWS_SHARED_CREDENTIALS_FILE": file.string, "AWS_EC2_METADATA_DISABLED": "true",
        ])
        options.endpoint = server.address
        let store = try S3Store(bucket: "b", options)
        let error = #expect(throws: ObjectStoreError.self) { try store.putIfAbsent([1], at: "key") }
        #expect(error?.kind == .denied)
        try file.write(Array("[default]\naws_access_key_id=NEW\naws_secret_access_key=S\n".utf8))
        #expect(try store.putIfAbsent([1], at: "key"))
        #expect(server.requests.count == 3)
    }

    @Test func aProxyIsAskedWhereOneIsGiven() throws {
        let proxy = try LoopbackServer { _ in .init(200, "0123") }
        var options = StoreOptions(fake: "http://store.invalid:9000")
        options.proxy = proxy.address
        let store = try S3Store(bucket: "b", options)
        #expect(try store.read("key", from: 0) == Array("0123".utf8))
        #expect(proxy.requests.map(\.path) == ["http://store.invalid:9000/b/key"])
        #expect(proxy.requests.first?.headers["host"] == "store.invalid:9000")
    }

    @Test func aNameIsSentAsItIs() throws {
        let (store, server) = try store { _ in .init(200) }
        #expect(try store.putIfAbsent([1], at: "a/../b//./c"))
        #expect(server.requests.map(\.path) == ["/b/a/../b//./c"])
        #expect(server.requests.first?.headers["expect"] == nil)
    }

    @Test func aStoreWithoutRangesIsReadAllTheSame() throws {
        let (store, _) = try store { _ in .init(200, "0123456789") }
        #expect(try store.read("key", from: 7) == Array("789".utf8))
        #expect(try store.read("key", from: 12) == [])
    }

    @Test func aStoreThatListsForEverIsFoundOut() throws {
        let (store, _) = try store { _ in
            .init(
                200,
                "<ListBucketResult><IsTruncated>true</IsTruncated><Contents><Key>a</Key><Size>1</Size></Contents></ListBucketResult>"
            )
        }
        #expect(try store.list("", after: nil).objects.count == 1)
        let error = #expect(throws: ObjectStoreError.self) { try store.list("", after: "a") }
        #expect(error?.kind == .refused)
        #expect(error?.description.contains("start-after") == true)
    }

    @Test func anAnswerThatIsNoListingIsReported() throws {
        let (store, _) = try store { _ in .init(200, "<html>It works!</html>") }
        let error = #expect(throws: ObjectStoreError.self) { try store.list("p", after: nil) }
        #expect(error?.description.contains("the answer is no listing") == true)
    }

    @Test func aConnectionThatIsCutIsTemporary() throws {
        let (store, _) = try store { _ in .init(200, "0123456789", isCut: true) }
        let error = #expect(throws: ObjectStoreError.self) { try store.read("key", from: 0) }
        #expect(error?.kind == .temporary)
    }

    @Test func aServerThatStopsSendingIsTemporary() throws {
        let silence = Mutex(())
        let (store, _) = try store(stallTimeout: .seconds(1)) { _ in silence.withLock { _ in .init(200) } }
        silence.withLock { _ in
            let error = #expect(throws: ObjectStoreError.self) { try store.read("key", from: 0) }
            #expect(error?.kind == .temporary)
        }
    }

    @Test func aStoreThatIsAwayIsTemporary() throws {
        let store = try S3Store(bucket: "b", StoreOptions(fake: "http://127.0.0.1:1"))
        let error = #expect(throws: ObjectStoreError.self) { try store.putIfAbsent([1], at: "key") }
        #expect(error?.kind == .temporary)
        #expect(error?.description.contains("127.0.0.1:1 gives no answer") == true)
    }

    @Test func anAnswerThatIsTooLargeIsRefused() throws {
        let (store, _) = try store { _ in .init(200, String(repeating: "x", count: 5 << 20)) }
        let error = #expect(throws: ObjectStoreError.self) { try store.list("", after: nil) }
        #expect(error?.kind == .refused)
        #expect(error?.description.contains("larger than") == true)
    }

    @Test func missingCredentialsAreDenied() throws {
        var options = StoreOptions(environment: ["AWS_EC2_METADATA_DISABLED": "true"])
        options.endpoint = "http://127.0.0.1:1"
        let store = try S3Store(bucket: "b", options)
        let error = #expect(throws: ObjectStoreError.self) { try store.delete("key") }
        #expect(error?.kind == .denied)
        #expect(error?.description.contains("s3://b/key cannot be deleted, there are no credentials; set ") == true)
    }
}
#endif
