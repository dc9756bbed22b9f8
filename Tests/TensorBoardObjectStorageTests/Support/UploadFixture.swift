#if ObjectStorage
import EventFiles
import Foundation
import Synchronization
import SystemPackage
import TensorBoard
import TestSupport

@testable import TensorBoardObjectStorage

/// A spool, a store, and what writers report.
final class UploadFixture: Sendable {
    static let run = "s3://bucket/logs/run1"

    let directory: TemporaryDirectory
    let store: InMemoryStore
    private let reported = Mutex<[TensorBoardError]>([])

    init(pageSize: Int = 1000) throws {
        directory = try TemporaryDirectory()
        store = InMemoryStore(pageSize: pageSize)
    }

    var spool: FilePath { directory.appending("spool") }
    var issues: [TensorBoardError] { reported.withLock { $0 } }
    /// The event files in the spool.
    var spooledFiles: [FilePath] { spool.entries.flatMap { spool.appending($0).eventFiles() } }

    /// Options that report to the fixture, with a short grace.
    var options: UploadOptions {
        var options = UploadOptions()
        options.flushInterval = .milliseconds(1)
        options.grace = .seconds(60)
        options.onIssue = { [self] issue in reported.withLock { $0.append(issue) } }
        return options
    }

    /// Times that a test can wait for, with files that are sealed when they are asked for only.
    static var pace: UploadPace {
        var pace = UploadPace()
        pace.retryDelays = .milliseconds(1)...Duration.milliseconds(5)
        pace.recoveryPoll = .milliseconds(1)
        pace.fileAges = .seconds(3600)...Duration.seconds(3600)
        return pace
    }

    func writer(
        to address: String = run,
        endpoint: String = "",
        pace: UploadPace = pace,
        _ change: (inout UploadOptions) -> Void = { _ in }
    ) throws -> SummaryWriter {
        var options = options
        change(&options)
        let store = store
        return try SummaryWriter.uploading(
            to: address,
            spool: spool,
            options,
            StoreDoor(endpoint: endpoint) { _ in store },
            pace: pace
        )
    }

    /// Logs scalars into a session that is left in the spool as if its process had died.
    ///
    /// - Returns: The session's directory.
    @discardableResult
    func leaveSession(
        to address: String = run,
        endpoint: String = "",
        steps: Range<Int>,
        time: Double = 1_700_000_000,
        maximumFileSize: Int = .max
    ) throws -> FilePath {
        let target = SpoolSession.Target(location: try ObjectLocation(address), endpoint: endpoint)
        let (session, lock) = try Spool(spool).beginSession(for: target)
        let writer = try SummaryWriter(
            logDirectory: session.directory,
            options: .init(
                existingRun: .append,
                concurrentWriters: .allow,
                maximumFileSize: maximumFileSize,
                clock: { time }
            )
        )
        for step in steps { writer.scalar("x", step, step: step) }
        try writer.close()
        withExtendedLifetime(lock) {}
        return session.directory
    }

    /// Waits until something holds, a minute at most.
    func wait(until holds: () throws -> Bool) rethrows -> Bool {
        let limit = ContinuousClock.now + .seconds(60)
        while ContinuousClock.now < limit {
            if try holds() { return true }
            usleep(1000)
        }
        return try holds()
    }
}

extension SummaryWriter {
    /// Logs a scalar for each step.
    func log(_ steps: Range<Int>) {
        for step in steps { scalar("x", step, step: step) }
    }
}
#endif
