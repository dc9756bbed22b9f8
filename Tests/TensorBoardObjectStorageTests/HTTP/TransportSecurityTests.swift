#if ObjectStorage
import EventFiles
import Foundation
import Platform
import SystemPackage
import TestSupport
import Testing

@testable import TensorBoardObjectStorage

/// A store behind TLS, with a certificate that no authority of the system has signed.
@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/openssl")), .timeLimit(.minutes(2)))
final class TransportSecurityTests {
    private let directory: TemporaryDirectory
    private let certificate: FilePath
    private let server = Process()

    init() throws {
        directory = try TemporaryDirectory()
        certificate = directory.appending("certificate.pem")
        let key = directory.appending("key.pem").string
        let maker = Process()
        maker.executableURL = URL(filePath: "/usr/bin/openssl")
        maker.arguments = [
            "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1",
            "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", certificate.string,
        ]
        maker.standardError = FileHandle.nullDevice
        try maker.run()
        maker.waitUntilExit()
        server.executableURL = maker.executableURL
        server.arguments = [
            "s_server", "-accept", "127.0.0.1:0", "-cert", certificate.string, "-key", key, "-www",
        ]
        let log = directory.appending("log")
        try log.write([])
        server.standardOutput = try FileHandle(forWritingTo: URL(filePath: log.string))
        server.standardError = FileHandle.nullDevice
        try server.run()
    }

    deinit {
        // Signals are blocked in what a test starts, but this one.
        if server.isRunning { kill(server.processIdentifier, SIGKILL) }
    }

    /// Lists a bucket behind TLS.
    private func list(trusting authority: FilePath?) async throws -> ObjectStoreError? {
        let log = directory.appending("log")
        var port: Substring?
        for _ in 0..<200 where port == nil {
            // "ACCEPT 127.0.0.1:40000"
            let lines = String(decoding: try log.contents(), as: UTF8.self).split(separator: "\n")
            port = lines.first { $0.hasPrefix("ACCEPT ") && $0.contains(":") }?.split(separator: ":").last
            if port == nil { try await Task.sleep(for: .milliseconds(50)) }
        }
        var options = StoreOptions(fake: "https://127.0.0.1:\(try #require(port).trimmed)")
        options.certificateAuthority = authority
        let store = try S3Store(bucket: "b", options)
        // On a thread like those of a mirror, whose stack is small.
        return await withCheckedContinuation { continuation in
            let status = BackgroundThread.start {
                let result = Result { () throws(ObjectStoreError) in try store.list("", after: nil) }
                if case .failure(let error) = result { return continuation.resume(returning: error) }
                continuation.resume(returning: nil)
            }
            if status != 0 { continuation.resume(returning: nil) }
        }
    }

    @Test func anUnknownCertificateIsRefused() async throws {
        let error = try await list(trusting: nil)
        #expect(error?.kind == .refused)
        #expect(error?.description.contains("give the store's certificate authority") == true)
    }

    @Test func anAuthorityOfOnesOwnIsTrusted() async throws {
        let error = try await list(trusting: certificate)
        #expect(error?.description.contains("the answer is no listing") == true)
    }

    @Test func anAuthorityThatIsMissingIsReported() async throws {
        let error = try await list(trusting: directory.appending("none.pem"))
        #expect(error?.kind == .refused)
    }
}
#endif
