import EventFiles
import Foundation
import Synchronization
import SystemPackage
import TestSupport
import Testing

@testable import TensorBoard

/// Files that are complete, and who is told of them.
struct SealingTests {
    let directory: TemporaryDirectory
    private let receiver = RecordingReceiver()

    init() throws { directory = try TemporaryDirectory() }

    private var run: FilePath { directory.appending("run") }

    private func writer(
        _ options: SummaryWriter.Options = .init(existingRun: .append),
        resumedAt step: Int? = nil,
        operations: FileOperations = .system
    ) throws -> SummaryWriter {
        try SummaryWriter(spool: run, resumedAt: step, options: options, operations: operations, receiver: receiver)
    }

    /// The steps of the scalars in a file.
    private func steps(_ file: FilePath) throws -> [Int] {
        try file.events().filter { try !$0.scalars.isEmpty }.map(\.step)
    }

    @Test func sealGoesOnInAnotherFileIfThereIsAnEvent() throws {
        let writer = try SummaryWriter(logDirectory: run)
        writer.seal()
        writer.scalar("x", 0, step: 0)
        writer.seal()
        writer.seal()
        try writer.flush()
        writer.scalar("x", 1, step: 1)
        writer.scalar("x", 2, step: 2)
        writer.seal()
        try writer.close()
        // The last has no events yet.
        #expect(try run.eventFiles().map(steps) == [[0], [1, 2], []])
        #expect(try run.eventFiles().flatMap { try $0.events() }.filter(\.isSessionStart).count == 1)
    }

    @Test func everyFileIsReceivedOnceInOrder() throws {
        let writer = try writer(.init(existingRun: .append, maximumFileSize: 400))
        for step in 0..<100 {
            writer.scalar("x", step, step: step)
            if step == 50 { writer.seal() }
        }
        try writer.close()
        let files = receiver.files
        #expect(files.map(\.path) == run.eventFiles())
        let sizes = try files.map { try $0.path.contents().count }
        #expect(files.map(\.byteCount) == sizes)
        #expect(files.allSatisfy { $0.holdsEvents })
        let written = try files.flatMap { try steps($0.path) }
        #expect(written == Array(0..<100))
        let lastSteps = try files.map { try steps($0.path).last }
        #expect(lastSteps.contains(50))
        #expect(receiver.isFinished)
    }

    @Test func aFileWithoutEventsIsReceivedAsSuch() throws {
        try writer(resumedAt: 7).close()
        #expect(receiver.files.map(\.holdsEvents) == [false])
        // The first start of a run only arms TensorBoard's Python loader.
        #expect(try run.eventFiles()[0].events().filter(\.isSessionStart).map(\.step) == [7, 7])
    }

    /// A disk that is full when the file is to be sealed is tried again, without another event.
    @Test func aSealIsMadeUpForWhenTheDiskHasRoomAgain() throws {
        let isFull = Mutex(false)
        var operations = FileOperations.system
        operations.create = { path in isFull.withLock { $0 } ? .failure(.noSpace) : FileOperations.system.create(path) }
        let issues = IssueCollector()
        let writer = try writer(.init(existingRun: .append, onIssue: issues.collect), operations: operations)
        writer.scalar("x", 0, step: 0)
        try writer.flush()
        isFull.withLock { $0 = true }
        #expect(throws: TensorBoardError.self) { try writer.flush(.uploaded) }
        #expect(receiver.files.isEmpty)
        isFull.withLock { $0 = false }
        let limit = ContinuousClock.now + .seconds(60)
        while receiver.files.isEmpty, ContinuousClock.now < limit { usleep(1000) }
        let written = try receiver.files.flatMap { try steps($0.path) }
        #expect(written == [0])
        #expect(issues.all.map(\.code) == [.cannotWrite])
        try writer.close()
        #expect(writer.statistics.standingIssue == nil)
    }

    @Test func flushWaitsForTheReceiverAndThrowsWhatItSays() throws {
        let writer = try writer()
        writer.scalar("x", 0, step: 0)
        try writer.flush(.saved)
        #expect(receiver.files.isEmpty)
        try writer.flush(.uploaded)
        #expect(receiver.files.count == 1)
        #expect(writer.statistics.upload?.waitingFiles == 1)
        receiver.fail(TensorBoardError(.cannotUpload, "away"))
        #expect(throws: TensorBoardError(.cannotUpload, "away")) { try writer.flush(.uploaded) }
        #expect(throws: TensorBoardError(.cannotUpload, "away")) { try writer.close() }
        // Once.
        try writer.close()
    }

    @Test func aWriterOfFilesDoesNotPretendToUpload() throws {
        let writer = try SummaryWriter(logDirectory: run)
        let error = #expect(throws: TensorBoardError.self) { try writer.flush(.uploaded) }
        #expect(error?.code == .cannotUpload)
        #expect(writer.statistics.upload == nil)
        try writer.close()
    }

    @Test func theProjectorsFilesAreRefused() throws {
        let issues = IssueCollector()
        let writer = try writer(.init(existingRun: .append, onIssue: issues.collect))
        writer.embedding("e", [[1, 2], [3, 4]], step: 0)
        try writer.close()
        #expect(issues.all.map(\.code) == [.embeddingNotSaved])
        #expect(!run.appending("projector").exists)
    }

    @Test(arguments: ["s3://bucket/logs/run1", "gs://bucket/run"])
    func anAddressIsNoLogDirectory(address: String) throws {
        for path in [address, FilePath(address).string] {
            let error = #expect(throws: TensorBoardError.self) { try SummaryWriter(logDirectory: path) }
            #expect(error?.code == .invalidOption)
            let call =
                "SummaryWriter.uploading(to: \"s3://bucket/logs/run1\", spool:) of the product TensorBoardObjectStorage"
            #expect(error?.message.contains(call) == true)
        }
        #expect(!FilePath(String(address.prefix(3))).exists)
        try SummaryWriter(logDirectory: directory.appending("s3:/bucket")).close()
    }
}

/// Keeps what it receives.
private final class RecordingReceiver: SealedFileReceiver {
    private struct State {
        var files: [SealedFile] = []
        var isFinished = false
        var issue: TensorBoardError?
    }

    private let state = Mutex(State())

    var files: [SealedFile] { state.withLock { $0.files } }
    var isFinished: Bool { state.withLock { $0.isFinished } }
    var statistics: SummaryWriter.Statistics.Upload {
        var upload = SummaryWriter.Statistics.Upload()
        upload.waitingFiles = files.count
        return upload
    }

    func fail(_ issue: TensorBoardError) { state.withLock { $0.issue = issue } }
    func receive(_ file: SealedFile) { state.withLock { $0.files.append(file) } }
    func waitForUploads() throws(TensorBoardError) {
        if let issue = state.withLock({ $0.issue }) { throw issue }
    }
    func finish(since start: ContinuousClock.Instant) throws(TensorBoardError) {
        state.withLock { $0.isFinished = true }
        try waitForUploads()
    }
}
