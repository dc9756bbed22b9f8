#if ObjectStorage
import EventFiles
import Foundation
import Synchronization
import SystemPackage
import TensorBoard
import TestSupport
import Testing

@testable import TensorBoardObjectStorage

/// Uploads to a real S3 server, whole and through a connection that breaks.
@Suite(.enabled(if: ObjectServer.isInstalled), .timeLimit(.minutes(10)))
struct ServerUploadTests {
    private let directory: TemporaryDirectory
    private let issues = IssueList()

    init() throws { directory = try TemporaryDirectory() }

    private var spool: FilePath { directory.appending("spool") }

    private func writer(
        to address: String,
        _ store: StoreOptions,
        _ change: (inout UploadOptions) -> Void = { _ in }
    ) throws -> SummaryWriter {
        var options = UploadOptions()
        options.store = store
        options.maximumFileSize = 4000
        options.grace = .seconds(120)
        options.onIssue = { [issues] in issues.add($0) }
        change(&options)
        var pace = UploadFixture.pace
        pace.retryDelays = .milliseconds(20)...Duration.milliseconds(100)
        return try SummaryWriter.uploading(to: address, spool: spool, options, StoreDoor(store), pace: pace)
    }

    /// The steps of all objects of a run, in the order in which TensorBoard reads them.
    private func steps(_ address: String, _ options: StoreOptions) throws -> [Int] {
        let location = try ObjectLocation(address)
        let store = try S3Store(bucket: location.bucket, options)
        var objects: [ObjectAttributes] = []
        var page: ObjectPage
        repeat {
            page = try store.list(location.prefix, after: objects.last?.key)
            objects += page.objects
        } while page.isTruncated
        return try objects.flatMap { object in
            var bytes: [UInt8] = []
            while bytes.count < object.byteCount { bytes += try store.read(object.key, from: bytes.count) }
            return try InMemoryStore.steps(bytes)
        }
    }

    @Test func everythingIsInTheStoreOnceInOrder() async throws {
        let options = try await StoreOptions.shared()
        let run = "s3://\(try await ObjectServer.shared().makeBucket())/logs/lr=0.1, wd é"
        let writer = try writer(to: run, options)
        writer.log(0..<1000)
        try writer.flush(.uploaded)
        #expect(try steps(run, options) == Array(0..<1000))
        writer.log(1000..<1100)
        try writer.close()
        #expect(try steps(run, options) == Array(0..<1100))
        let next = try self.writer(to: run, options) { $0.clock = { 1_000_000_000 } }
        next.log(1100..<1200)
        try next.close()
        #expect(try steps(run, options) == Array(0..<1200))
        #expect(spool.entries.isEmpty)
        #expect(issues.all.isEmpty)
    }

    /// Connections are refused while the server is away, and logging goes on.
    @Test func anOutageLosesNothing() async throws {
        let server = try await ObjectServer()
        let options = StoreOptions(environment: server.environment)
        let run = "s3://\(try await server.makeBucket())/logs/run1"
        let writer = try writer(to: run, options)
        writer.log(0..<200)
        try writer.flush(.uploaded)
        server.stop()
        writer.log(200..<1000)
        writer.seal()
        let limit = ContinuousClock.now + .seconds(60)
        while issues.all.isEmpty, ContinuousClock.now < limit { usleep(10_000) }
        #expect(issues.all.map(\.code) == [.cannotUpload])
        #expect(writer.statistics.upload?.standingIssue != nil)
        try await server.start()
        try writer.flush(.uploaded)
        #expect(writer.statistics.upload?.standingIssue == nil)
        try writer.close()
        #expect(try steps(run, options) == Array(0..<1000))
    }

    /// A connection that ends in the middle of an object, after the object or at once, a server that fails, a slow one.
    @Test(arguments: [
        FaultyProxy.Plan.refuse, .cutRequest(after: 100), .cutRequest(after: 2500), .cutAnswer, .fail, .slow,
    ])
    func aConnectionThatBreaksLosesAndDoublesNothing(plan: FaultyProxy.Plan) async throws {
        let server = try await ObjectServer.shared()
        let options = try await StoreOptions.shared()
        let run = "s3://\(try await server.makeBucket())/logs/run1"
        let proxy = try FaultyProxy(to: server.endpoint)
        var broken = options
        broken.endpoint = proxy.address
        proxy.use(plan)
        let writer = try writer(to: run, broken)
        writer.log(0..<500)
        writer.seal()
        let limit = ContinuousClock.now + .seconds(60)
        let isSlow = if case .slow = plan { true } else { false }
        while proxy.connectionCount < (isSlow ? 1 : 6), ContinuousClock.now < limit { usleep(10_000) }
        proxy.use(isSlow ? .slow : .pass)
        try writer.close()
        #expect(try steps(run, options) == Array(0..<500))
        #expect(issues.all.allSatisfy { $0.code == .cannotUpload })
        #expect(issues.all.count == (isSlow ? 0 : 1))
        #expect(spool.entries.isEmpty)
    }

    /// The store answers with 412: the file was sent by a process that has died, or the object is another's.
    @Test(arguments: [true, false])
    func anObjectOfTheSameNameIsComparedAndKept(isSame: Bool) async throws {
        let options = try await StoreOptions.shared()
        let bucket = try await ObjectServer.shared().makeBucket()
        let run = "s3://\(bucket)/logs/run1"
        let store = try S3Store(bucket: bucket, options)
        let isStored = Mutex(false)
        let spool = spool
        // Between the name and the object: what another process would do at the worst moment.
        let writer = try SummaryWriter.uploading(
            to: run,
            spool: spool,
            {
                var upload = UploadOptions()
                upload.onIssue = { [issues] in issues.add($0) }
                return upload
            }(),
            StoreDoor(options),
            pace: UploadFixture.pace
        ) { step in
            guard step == .named, !isStored.withLock({ $0 }) else { return }
            isStored.withLock { $0 = true }
            for directory in spool.entries {
                for file in spool.appending(directory).eventFiles() {
                    guard let named = SpooledFile(file), named.isNamed, var bytes = try? file.contents() else {
                        continue
                    }
                    if !isSame { bytes[bytes.count - 1] ^= 1 }
                    _ = try? store.putIfAbsent(bytes, at: "logs/run1/\(named.name)")
                }
            }
        }
        writer.log(0..<100)
        try writer.close()
        #expect(isStored.withLock { $0 })
        let keys = try store.list("logs/run1/", after: nil).objects.map(\.key)
        #expect(keys.count == (isSame ? 1 : 2))
        let last = try store.read(try #require(keys.last), from: 0)
        #expect(try InMemoryStore.steps(last) == Array(0..<100))
        #expect(issues.all.map(\.code) == (isSame ? [] : [.concurrentWriters]))
        #expect(spool.entries.isEmpty)
    }

    /// The keys are wrong until somebody gives others; then what waited goes out, without a restart.
    @Test func credentialsAreAskedForAgainWhenTheStoreDeniesThem() async throws {
        let server = try await ObjectServer.shared()
        let isRenewed = Mutex(false)
        let source = try LoopbackServer { _ in
            let secret = isRenewed.withLock { $0 } ? ObjectServer.secretKey : "expired"
            let document =
                #"{"AccessKeyId": "\#(ObjectServer.accessKey)", "SecretAccessKey": "\#(secret)", "#
                + #""Expiration": "2099-01-01T00:00:00Z"}"#
            return LoopbackServer.Answer(200, document)
        }
        let options = StoreOptions(environment: [
            "AWS_ENDPOINT_URL_S3": server.endpoint, "AWS_CONTAINER_CREDENTIALS_FULL_URI": "\(source.address)/keys",
            "AWS_SHARED_CREDENTIALS_FILE": "/dev/null", "AWS_CONFIG_FILE": "/dev/null",
            "AWS_EC2_METADATA_DISABLED": "true",
        ])
        let run = "s3://\(try await server.makeBucket())/logs/run1"
        let writer = try writer(to: run, options)
        writer.log(0..<100)
        let error = #expect(throws: TensorBoardError.self) { try writer.flush(.uploaded) }
        #expect(error?.code == .cannotUpload)
        #expect(error?.description.contains("expired") == false)
        isRenewed.withLock { $0 = true }
        try writer.close()
        #expect(try steps(run, options) == Array(0..<100))
        #expect(issues.all.map(\.code) == [.cannotUpload])
        #expect(!"\(issues.all)".contains(ObjectServer.accessKey))
    }

    /// This machine's clock is an hour off, for signatures and for names.
    @Test(arguments: [-3600.0, 3600])
    func aSkewedClockIsNoHindrance(skew: Double) async throws {
        let options = try await StoreOptions.shared()
        let run = "s3://\(try await ObjectServer.shared().makeBucket())/logs/run1"
        let first = try writer(to: run, options)
        first.log(0..<100)
        try first.close()
        var skewed = options
        skewed.clock = { Date().timeIntervalSince1970 + skew }
        let second = try writer(to: run, skewed) { $0.clock = skewed.clock }
        second.log(100..<200)
        try second.close()
        #expect(try steps(run, options) == Array(0..<200))
        #expect(issues.all.isEmpty)
    }

    @Test func eightWritersAtOnceKeepTheirOrder() async throws {
        let options = try await StoreOptions.shared()
        let bucket = try await ObjectServer.shared().makeBucket()
        let writers = try (0..<8).map { try writer(to: "s3://\(bucket)/logs/run\($0)", options) }
        for step in 0..<300 { for writer in writers { writer.scalar("x", step, step: step) } }
        for writer in writers { try writer.close() }
        for number in 0..<8 { #expect(try steps("s3://\(bucket)/logs/run\(number)", options) == Array(0..<300)) }
        #expect(spool.entries.isEmpty)
        #expect(issues.all.isEmpty)
    }

    /// TensorBoard's Python loader, which knows `s3://` by boto3.
    @Test func theStockTensorBoardReadsEveryPoint() async throws {
        let server = try await ObjectServer.shared()
        let options = try await StoreOptions.shared()
        let bucket = try await server.makeBucket()
        let first = try writer(to: "s3://\(bucket)/logs/run1", options)
        first.log(0..<200)
        try first.close()
        // What lies at 100 and behind is purged, though no session of the run had a start.
        let second = try writer(to: "s3://\(bucket)/logs/run1", options) { $0.existingRun = .resume(atStep: 100) }
        second.log(100..<150)
        try second.close()
        let script = """
            import sys
            from tensorboard.backend.event_processing import plugin_event_multiplexer
            multiplexer = plugin_event_multiplexer.EventMultiplexer(tensor_size_guidance={"scalars": 0})
            multiplexer.AddRunsFromDirectory(sys.argv[1])
            multiplexer.Reload()
            for run in sorted(multiplexer.Runs()):
                print(run, *[event.step for event in multiplexer.Tensors(run, "x")])
            """
        let python = URL(filePath: #filePath).deletingLastPathComponent().appending(
            path: "../../../.venv-readers/bin/python"
        )
        let process = Process()
        process.executableURL = python.standardized
        process.arguments = ["-c", script, "s3://\(bucket)/logs"]
        process.environment = server.environment.merging(["S3_ENDPOINT": server.endpoint]) { $1 }
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let text = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        #expect(text == "run1 \((0..<150).map { "\($0)" }.joined(separator: " "))\n")
    }
}

/// What writers report.
private final class IssueList: Sendable {
    private let issues = Mutex<[TensorBoardError]>([])

    var all: [TensorBoardError] { issues.withLock { $0 } }

    func add(_ issue: TensorBoardError) { issues.withLock { $0.append(issue) } }
}
#endif
