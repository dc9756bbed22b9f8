import Foundation
import Synchronization
import SystemPackage

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// A real S3 server on loopback: SeaweedFS's `weed`, which verifies signatures and keeps to `If-None-Match`.
///
/// It and its files are gone with the object, and with the process of the tests however that ends.
package final class ObjectServer: Sendable {
    package static let accessKey = "TESTACCESSKEY"
    package static let secretKey = "TESTSECRETKEY/0+1"

    private static let program = URL(filePath: #filePath)
        .deletingLastPathComponent()
        .deletingLastPathComponent()
        .deletingLastPathComponent()
        .appending(path: ".venv-readers/bin/weed")

    /// Whether the program is there; says on standard error, once, that tests are left out where it is not.
    ///
    /// Nor are they for the Address Sanitizer: what Foundation's sessions, by which tests ask the server, forget in libcurl
    /// cannot be told from what our own client would. That one is asked by tests with servers of their own there.
    package static let isInstalled: Bool = {
        if ProcessInfo.processInfo.environment["SANITIZER"] == "address" { return false }
        if FileManager.default.isExecutableFile(atPath: program.path) { return true }
        let note =
            "TESTS ARE LEFT OUT: there is no S3 server at \(program.path); scripts/setup --with-readers installs it.\n"
        FileHandle.standardError.write(Data(note.utf8))
        return false
    }()

    /// The server that tests share which do not stop it; started when it is first asked for.
    package static func shared() async throws -> ObjectServer { try await sharedTask.value }
    private static let sharedTask = Task { try await ObjectServer() }

    private enum Port: Int, CaseIterable {
        case master, masterCalls, volume, volumeCalls, filer, filerCalls, store, storeCalls
    }

    private let directory: TemporaryDirectory
    private let ports: [Int]
    private let running = Mutex<(process: Process, lifeline: Pipe)?>(nil)
    private let bucketCount = Atomic(0)

    /// Starts a server and waits until it answers.
    package init() async throws {
        directory = try TemporaryDirectory()
        ports = try Self.freePorts(Port.allCases.count)
        let identity =
            #"{"name": "tests", "credentials": [{"accessKey": "\#(Self.accessKey)", "secretKey": "\#(Self.secretKey)"}], "#
            + #""actions": ["Admin", "Read", "Write", "List", "Tagging"]}"#
        try directory.appending("s3.json").write(Array(#"{"identities": [\#(identity)]}"#.utf8))
        try await start()
    }

    deinit { stop() }

    /// The address of the S3 interface.
    package var endpoint: String { "http://127.0.0.1:\(port(.store))" }

    /// What a program needs to find the server; nothing of the user's files is read.
    package var environment: [String: String] {
        [
            "AWS_ENDPOINT_URL_S3": endpoint, "AWS_ACCESS_KEY_ID": Self.accessKey,
            "AWS_SECRET_ACCESS_KEY": Self.secretKey, "AWS_REGION": "us-east-1", "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_SHARED_CREDENTIALS_FILE": "/dev/null", "AWS_CONFIG_FILE": "/dev/null",
        ]
    }

    /// Makes an empty bucket of a name that no other has.
    package func makeBucket() async throws -> String {
        let name = "bucket-\(bucketCount.add(1, ordering: .relaxed).newValue)-\(Int.random(in: 0..<1_000_000))"
        // The S3 interface would want a signature.
        _ = try await ask("POST", .filer, "/buckets/\(name)/")
        return name
    }

    /// Removes a bucket with all that is in it.
    package func removeBucket(_ name: String) async throws {
        _ = try await ask("DELETE", .filer, "/buckets/\(name)?recursive=true&ignoreRecursiveError=true")
    }

    /// Stores an object, in place of one of that name.
    package func put(_ bytes: [UInt8], at key: String, in bucket: String) async throws {
        let status = try await ask("PUT", .filer, Self.path(key, in: bucket), body: bytes)
        guard 200...299 ~= status else { throw URLError(.badServerResponse) }
    }

    /// Deletes an object.
    package func remove(_ key: String, in bucket: String) async throws {
        _ = try await ask("DELETE", .filer, Self.path(key, in: bucket))
    }

    private static func path(_ key: String, in bucket: String) -> String {
        let plain = CharacterSet(charactersIn: "/-._~").union(.alphanumerics).intersection(
            .init(charactersIn: "\0"..."~")
        )
        return "/buckets/\(bucket)/" + (key.addingPercentEncoding(withAllowedCharacters: plain) ?? key)
    }

    /// Ends the server, whose objects stay for ``start()``; connections are refused meanwhile.
    package func stop() {
        guard let (process, lifeline) = running.withLock({ $0.take() }) else { return }
        try? lifeline.fileHandleForWriting.close()
        process.waitUntilExit()
    }

    /// Starts the server again, on the same ports and with the same objects.
    package func start() async throws {
        let arguments = [
            "-logtostderr=true", "server", "-ip=127.0.0.1", "-ip.bind=127.0.0.1", "-dir=\(directory.path)",
            "-master.port=\(port(.master))", "-master.port.grpc=\(port(.masterCalls))",
            "-volume.port=\(port(.volume))", "-volume.port.grpc=\(port(.volumeCalls))",
            "-filer", "-filer.port=\(port(.filer))", "-filer.port.grpc=\(port(.filerCalls))",
            "-s3", "-s3.port=\(port(.store))", "-s3.port.grpc=\(port(.storeCalls))",
            "-s3.port.iceberg=0", "-s3.port.lance=0", "-s3.config=\(directory.path)/s3.json",
            "-master.volumeSizeLimitMB=64", "-volume.max=1000", "-master.telemetry=false",
        ]
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        // The shell ends the server when its standard input does, which is when this process is gone at the latest, and
        // gives the system time to free the ports. Its `wait` may wait for ever where this process blocks SIGCHLD.
        let script = #""$@" </dev/null >"$LOG" 2>&1 & server=$!; read -r line; kill -9 $server; sleep 0.3"#
        process.arguments = ["-c", script, "sh", Self.program.path] + arguments
        process.environment = ProcessInfo.processInfo.environment
            .merging([
                "LOG": directory.path.appending("weed.log").string,
                // Each bucket has volumes of its own: seven, if nothing is said.
                "WEED_MASTER_VOLUME_GROWTH_COPY_1": "1",
            ]) { $1 }
        let lifeline = Pipe()
        process.standardInput = lifeline
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        running.withLock { $0 = (process, lifeline) }
        let limit = ContinuousClock.now + .seconds(120)
        while try await !isReady() {
            guard ContinuousClock.now < limit else {
                throw CocoaError(.featureUnsupported, userInfo: [NSLocalizedDescriptionKey: "weed does not start"])
            }
            try await Task.sleep(for: .milliseconds(100))
        }
    }

    /// Whether objects can be stored, for which all four services are needed.
    private func isReady() async throws -> Bool {
        guard let status = try? await ask("GET", .store, "/"), status == 403,
            let assigned = try? await ask("GET", .master, "/dir/assign"), assigned == 200,
            let listed = try? await ask("GET", .filer, "/"), listed == 200
        else { return false }
        return true
    }

    private func port(_ port: Port) -> Int { ports[port.rawValue] }

    private func ask(_ method: String, _ port: Port, _ path: String, body: [UInt8]? = nil) async throws -> Int {
        guard let url = URL(string: "http://127.0.0.1:\(self.port(port))\(path)") else { throw URLError(.badURL) }
        var request = URLRequest(url: url)
        request.httpMethod = method
        if let body {
            request.httpBody = Data(body)
            request.setValue("application/octet-stream", forHTTPHeaderField: "Content-Type")
        }
        let (_, response) = try await URLSession.shared.data(for: request)
        return (response as? HTTPURLResponse)?.statusCode ?? 0
    }

    /// Ports of loopback that nothing listens on.
    private static func freePorts(_ count: Int) throws -> [Int] {
        // All are held until the last is found, so that none is found twice.
        var sockets: [Int32] = []
        defer { for socket in sockets { close(socket) } }
        return try (0..<count).map { _ in
            #if canImport(Darwin)
            let socket = Foundation.socket(AF_INET, SOCK_STREAM, 0)
            #else
            let socket = Foundation.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            #endif
            sockets.append(socket)
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
            var size = socklen_t(MemoryLayout<sockaddr_in>.size)
            let isBound = withUnsafeMutablePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    bind(socket, $0, size) == 0 && getsockname(socket, $0, &size) == 0
                }
            }
            guard isBound else { throw CocoaError(.featureUnsupported) }
            return Int(UInt16(bigEndian: address.sin_port))
        }
    }
}
