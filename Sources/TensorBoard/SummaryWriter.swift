import EventFiles
import Platform
public import Summaries
import Synchronization
import SystemPackage
public import TFRecord

/// Writes summaries to an event file of a run directory, for TensorBoard to show.
///
/// ```swift
/// let writer = try SummaryWriter(logDirectory: "logs/xor_logs/run1")
/// for step in 0..<1000 {
///     writer.scalar("cost", 1 / Double(step + 1), step: step)
/// }
/// try writer.close()
/// ```
///
/// Any number of threads and tasks may share a writer; each thread's order is kept. Logging calls do not throw and do
/// not wait for the disk: problems reach ``Options/onIssue``, are counted in ``statistics``, and the standing one is thrown
/// by ``flush()`` and ``close(outcome:)``. A writer that is released without being closed, or is left open when the program
/// ends, saves what it has.
public final class SummaryWriter: SummarySink {
    /// The directory of the run.
    ///
    /// With ``Options/ExistingRun/increment`` it may differ from the one asked for.
    public let logDirectory: FilePath

    /// The engine; `nil` if the writer is disabled.
    let log: EventLog?
    let directory: RunDirectory?
    /// The event files of earlier sessions.
    private let earlierFiles: [String]
    private let operations: FileOperations

    /// Creates the log directory where it is missing, and an event file in it.
    ///
    /// - Parameters:
    ///   - logDirectory: The directory of the run; TensorBoard names the run by its path below `--logdir`, which should be a
    ///     directory above: a run that is the log directory itself has no metrics in the HParams dashboard.
    ///   - options: How to treat the directory, the buffer and problems.
    /// - Throws: ``TensorBoardError``; nothing that was made is left behind then.
    public convenience init(
        logDirectory: some PathConvertible,
        options: Options = Options()
    ) throws(TensorBoardError) {
        try self.init(logDirectory: logDirectory, options: options, operations: .system)
    }

    package convenience init(
        logDirectory: some PathConvertible,
        options: Options,
        operations: FileOperations
    ) throws(TensorBoardError) {
        try self.init(beginningIn: logDirectory.usablePath(), options, operations)
        do throws(TensorBoardError) {
            try removeOverwrittenFiles()
        } catch {
            discard()
            throw error
        }
    }

    /// Creates a writer whose files go elsewhere when they are complete.
    ///
    /// - Parameters:
    ///   - spool: The directory in which the files are written, which holds none yet.
    ///   - step: The step at which the run goes on, if what was logged from there on is to be purged.
    ///   - options: How to write.
    ///   - operations: The system.
    ///   - receiver: Takes the files.
    /// - Throws: ``TensorBoardError``.
    package convenience init(
        spool: FilePath,
        resumedAt step: Int?,
        options: Options,
        operations: FileOperations,
        receiver: any SealedFileReceiver
    ) throws(TensorBoardError) {
        try self.init(beginningIn: spool, options, operations, session: .elsewhere(atStep: step), receiver)
    }

    /// Creates writers for several runs, or none.
    ///
    /// With ``Options/ExistingRun/overwrite`` no earlier file is deleted before all runs have begun.
    ///
    /// - Parameters:
    ///   - logDirectories: The directories of the runs.
    ///   - options: How to treat each.
    /// - Returns: A writer for each directory.
    /// - Throws: ``TensorBoardError``; nothing that was made is left behind then.
    package static func begin(
        _ logDirectories: [FilePath],
        options: Options
    ) throws(TensorBoardError) -> [SummaryWriter] {
        var writers: [SummaryWriter] = []
        do throws(TensorBoardError) {
            for directory in logDirectories {
                writers.append(try SummaryWriter(beginningIn: directory, options, .system))
            }
            for writer in writers { try writer.removeOverwrittenFiles() }
        } catch {
            for writer in writers { writer.discard() }
            throw error
        }
        return writers
    }

    /// Begins the new file and leaves the earlier ones alone.
    private init(
        beginningIn logDirectory: FilePath,
        _ options: Options,
        _ operations: FileOperations,
        session: RunSession? = nil,
        _ receiver: (any SealedFileReceiver)? = nil
    ) throws(TensorBoardError) {
        try options.validate()
        // Not kept: it holds the run's lock, which the log gives back when it is closed.
        var run = try FileSizeSignal.withoutEndingProgram { () throws(TensorBoardError) in
            try RunOpening(logDirectory, options, operations, session: session)
        }
        directory = run.directory
        earlierFiles = run.earlierFiles
        self.operations = operations
        self.logDirectory = run.directory.path
        do throws(TensorBoardError) {
            let log = try FileSizeSignal.withoutEndingProgram { () throws(TensorBoardError) in
                try EventLog(run, options: options, operations: operations, receiver: receiver)
            }
            LiveEventLogs.insert(log)
            self.log = log
        } catch {
            run.cancel()
            throw error
        }
    }

    /// Creates a writer that writes nothing.
    package init(disabledIn logDirectory: FilePath, _ options: Options) throws(TensorBoardError) {
        try options.validate()
        (log, directory, earlierFiles, operations) = (nil, nil, [], .system)
        self.logDirectory = logDirectory
    }

    private func removeOverwrittenFiles() throws(TensorBoardError) {
        guard let log, log.options.existingRun == .overwrite else { return }
        for file in try removeEarlierFiles(where: { _ in true }) { log.report(.foreignFile(file)) }
    }

    /// Deletes event files of earlier sessions.
    ///
    /// - Parameter isUnwanted: Says by a file's name whether to delete it.
    /// - Returns: The files that were left because they are no event files.
    /// - Throws: ``TensorBoardError/Code/cannotCreate``.
    func removeEarlierFiles(where isUnwanted: (String) -> Bool) throws(TensorBoardError) -> [FilePath] {
        try directory?.removeEventFiles(earlierFiles.filter(isUnwanted), operations) ?? []
    }

    deinit {
        guard let log else { return }
        do throws(TensorBoardError) {
            // What the run has come to is not known.
            try log.close()
        } catch {
            log.options.onIssue(error)
        }
    }

    /// Whether the writer took the place of a run that was there.
    package var hasReplacedRun: Bool { log?.options.existingRun == .overwrite && !earlierFiles.isEmpty }

    /// Whether the writer writes; the one of a worker that does not log takes everything in silence.
    ///
    /// See ``init(logDirectory:workers:workerDirectory:worker:options:)``.
    public var isEnabled: Bool { log != nil }

    /// The event file that is being written; the log directory if the writer is disabled.
    ///
    /// Another one follows it at ``Options/maximumFileSize``, or when it is deleted.
    public var eventFile: FilePath { log?.path ?? logDirectory }

    /// What the writer has done so far.
    public var statistics: Statistics {
        guard let log else { return Statistics() }
        var statistics = log.pending.withLock { $0.statistics }
        statistics.upload = log.receiver?.statistics
        return statistics
    }

    /// Records the values of one step as one event, with one time stamp; values of the whole run as events of their own.
    ///
    /// What cannot be shown (a wrong number of samples, a tag that holds another kind of data) is reported with tag and
    /// step, and the rest is recorded.
    ///
    /// - Parameter event: The values with their step.
    public func add(_ event: SummaryEvent) {
        guard let log else { return }
        if event.values.contains(where: \.isEmbedding) {
            guard log.admitsFiles() else { return }
            for value in event.values where value.isEmbedding { save(value, step: event.step) }
            if event.values.allSatisfy(\.isEmbedding) { return }
        }
        log.add(event)
    }

    /// Records values whose step nobody named, one step above the highest of the writer, and reports that once.
    public func addAtNextStep(_ values: [SummaryValue], wallTime: Double?) {
        guard let log else { return }
        if values.contains(where: \.isEmbedding) {
            log.report(.stepMissing(tag: values.first?.tag ?? "", path: log.path))
            let step = log.pending.withLock { $0.nextStep }
            return add(SummaryEvent(step: step, wallTime: wallTime, values: values))
        }
        log.addAtNextStep(values, wallTime: wallTime)
    }

    /// Records one scalar.
    ///
    /// - Parameters:
    ///   - tag: The name of the series; text before the first slash groups the cards.
    ///   - value: The value; NaN and infinities are allowed.
    ///   - step: The position on the horizontal axis.
    public func scalar(_ tag: String, _ value: Float, step: Int) {
        log?.addScalar(value, step: step) { $0.index(of: tag) }
    }

    /// Returns a series of scalars under one tag, the cheapest way to record many: the tag is looked up once.
    ///
    /// - Parameter tag: The name of the series.
    /// - Returns: The series, which keeps the writer open.
    public func scalarSeries(_ tag: String) -> ScalarSeries {
        guard let log else { return ScalarSeries(tag) { _, _ in } }
        let index = log.pending.withLock { $0.tags.index(of: tag) }
        // The log itself: asked of the writer at each call, it would be retained and released at each call.
        return ScalarSeries(tag, of: self) { [self, log] value, step in
            withExtendedLifetime(self) { log.addScalar(value, step: step) { _ in index } }
        }
    }

    /// The step at which something that counts its own steps goes on, in an earlier session's run too.
    ///
    /// - Parameter prefix: What its tags begin with.
    /// - Returns: One above the last step of these tags; 0 if there was no value.
    package func nextStep(ofTagsWithPrefix prefix: String) -> Int {
        guard let log else { return 0 }
        return log.pending.withLock { $0.tags.lastStep(ofTagsWithPrefix: prefix) }.map { $0 == .max ? $0 : $0 + 1 } ?? 0
    }
}
