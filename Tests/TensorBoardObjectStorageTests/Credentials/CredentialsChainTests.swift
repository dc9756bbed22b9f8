#if ObjectStorage
import Synchronization
import Testing

@testable import TensorBoardObjectStorage

@Suite struct CredentialsChainTests {
    /// Gives other keys each time, which are good for an hour, or fails.
    private final class RotatingSource: CredentialsSource {
        let now = Mutex(0.0)
        let count = Atomic(0)
        let fails = Atomic(false)

        func load() throws(CredentialsError) -> Credentials? {
            let number = count.add(1, ordering: .relaxed).newValue
            if fails.load(ordering: .relaxed) { throw CredentialsError(message: "not now", isTemporary: true) }
            return Credentials(
                accessKey: Secret("key \(number)"),
                secretKey: Secret("secret"),
                expiration: now.withLock { $0 } + 3600
            )
        }
    }

    @Test func credentialsAreKeptAndRenewedBeforeTheyExpire() throws {
        let source = RotatingSource()
        let chain = CredentialsChain([source], clock: { source.now.withLock { $0 } })
        #expect(try chain.credentials().accessKey.value == "key 1")
        source.now.withLock { $0 = 3200 }
        #expect(try chain.credentials().accessKey.value == "key 1")
        source.now.withLock { $0 = 3301 }
        #expect(try chain.credentials().accessKey.value == "key 2")
    }

    @Test func credentialsServeUntilTheyExpireWhereTheSourceFails() throws {
        let source = RotatingSource()
        let chain = CredentialsChain([source], clock: { source.now.withLock { $0 } })
        _ = try chain.credentials()
        source.fails.store(true, ordering: .relaxed)
        source.now.withLock { $0 = 3599 }
        #expect(try chain.credentials().accessKey.value == "key 1")
        source.now.withLock { $0 = 3600 }
        #expect(throws: CredentialsError(message: "not now", isTemporary: true)) { try chain.credentials() }
    }

    @Test func refusedCredentialsAreReplacedOnce() throws {
        let source = RotatingSource()
        let chain = CredentialsChain([source], clock: { 0 })
        let first = try chain.credentials()
        #expect(try chain.renewed(after: first)?.accessKey.value == "key 2")
        // Another thread, whose request was signed before.
        #expect(try chain.renewed(after: first)?.accessKey.value == "key 2")
        #expect(source.count.load(ordering: .relaxed) == 2)
    }

    @Test func nothingOfThemIsShown() throws {
        let credentials = Credentials(
            accessKey: Secret("AKIAHIDDEN"),
            secretKey: Secret("secret-hidden"),
            sessionToken: Secret("token-hidden")
        )
        var dumped = ""
        dump(credentials, to: &dumped)
        for text in [
            "\(credentials)", String(reflecting: credentials), dumped, "\(credentials.secretKey)",
            String(reflecting: Optional(credentials.secretKey)),
            "\(Mirror(reflecting: credentials.secretKey).children.count)",
        ] {
            #expect(!text.lowercased().contains("hidden"))
        }
        #expect(credentials.removed(from: "AKIAHIDDEN said token-hidden") == "… said …")
    }
}
#endif
