import Synchronization
import SystemPackage

/// Writes summaries into an event file of a run directory, for TensorBoard to show.
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
/// not wait for the disk: problems reach ``Options/onIssue``, are counted in ``statistics``, and the one that stands is
/// thrown by ``flush()`` and ``close(outcome:)``. A writer that is let go, or left open when the program ends, saves what it
/// has.
public final class SummaryWriter: SummarySink {
    /// The directory of the run.
    ///
    /// With ``Options/ExistingRun/increment`` it may differ from the one asked for.
    public let logDirectory: FilePath

    let log: EventLog
    let directory: RunDirectory

    /// Makes the log directory where it is missing, and an event file in it.
    ///
    /// - Parameters:
    ///   - logDirectory: The directory of the run; TensorBoard calls the run by its path below `--logdir`.
    ///   - options: How to treat the directory, the buffer and problems.
    /// - Throws: ``TensorBoardError``; nothing that was made is left behind then.
    public convenience init(logDirectory: FilePath, options: Options = Options()) throws(TensorBoardError) {
        try self.init(logDirectory: logDirectory, options: options, operations: .system)
    }

    /// Makes the log directory where it is missing, and an event file in it.
    ///
    /// - Parameters:
    ///   - logDirectory: The directory of the run; TensorBoard calls the run by its path below `--logdir`.
    ///   - options: How to treat the directory, the buffer and problems.
    /// - Throws: ``TensorBoardError``; nothing that was made is left behind then.
    public convenience init(logDirectory: String, options: Options = Options()) throws(TensorBoardError) {
        try self.init(logDirectory: FilePath(logDirectory), options: options)
    }

    package convenience init(
        logDirectory: FilePath,
        options: Options,
        operations: FileOperations
    ) throws(TensorBoardError) {
        try self.init(beginningIn: logDirectory, options, operations)
        do throws(TensorBoardError) {
            try removeOverwrittenFiles()
        } catch {
            discard()
            throw error
        }
    }

    /// Makes writers for several runs, or none.
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
        _ operations: FileOperations
    ) throws(TensorBoardError) {
        try options.validate()
        let directory = try RunDirectory(logDirectory, existingRun: options.existingRun)
        do throws(TensorBoardError) {
            log = try EventLog(directory: directory, options: options, operations: operations)
        } catch {
            directory.removeCreated()
            throw error
        }
        self.directory = directory
        self.logDirectory = directory.path
        LiveEventLogs.insert(log)
    }

    private func removeOverwrittenFiles() throws(TensorBoardError) {
        if log.options.existingRun == .overwrite { try directory.remove(log.earlierFiles) }
    }

    deinit {
        // Nobody has said what the run has come to.
        try? log.close()
    }

    /// The event file that is being written.
    ///
    /// Another one follows it at ``Options/maximumFileSize``, or when somebody deletes it.
    public var eventFile: FilePath { log.path }

    /// What the writer has done so far.
    public var statistics: Statistics { log.recording.withLock { $0.statistics } }

    /// Records the values of one step as one event, with one time stamp.
    ///
    /// - Parameters:
    ///   - summaries: Any number of values with different tags.
    ///   - step: The position on the horizontal axis.
    public func add(_ summaries: [SummaryValue], step: Int) {
        log.record(summaries, step: step)
    }

    /// Records one scalar.
    ///
    /// - Parameters:
    ///   - tag: The name of the series; text before the first slash groups the cards.
    ///   - value: The value; NaN and infinities are allowed.
    ///   - step: The position on the horizontal axis.
    public func scalar(_ tag: String, _ value: Float, step: Int) {
        log.record(tag, value, step: step)
    }

    /// Records several scalars of one step, and shows them in one chart of the Custom Scalars dashboard.
    ///
    /// They are plain scalars under the tags `tag/name`, in this run and this file. The chart is called `tag`; a name that
    /// comes up later extends it. A chart of that title in the layout given to `layout` is left as it is.
    ///
    /// - Parameters:
    ///   - tag: The name of the chart, and what the names of its series begin with.
    ///   - values: The values by the names of their series; NaN and infinities are allowed.
    ///   - step: The position on the horizontal axis.
    public func scalars(_ tag: String, _ values: [String: Float], step: Int) {
        log.recordChart(tag, values)
        log.record(SummaryValue.scalars(tag, values), step: step)
    }

    /// Records the graph of the computation, for the Graphs dashboard.
    ///
    /// One a run: of several, the last is shown. A graph with two nodes of one name, or an input that is no node, is
    /// reported as ``TensorBoardError/Code/invalidSummary``. Constants and texts of more than 1024 bytes are left out,
    /// because a browser gets all of them at once; TensorBoard says so where they would stand.
    public func graph(_ graph: GraphDefinition) {
        log.record(graph)
    }

    /// Records the time and the memory that each node of the graph took in one run.
    ///
    /// Choose its tag in the Graphs dashboard, and compute time or memory as the colour.
    ///
    /// - Parameters:
    ///   - tag: What the Graphs dashboard lists it under, for example `step100`. Summaries and run metadata under one
    ///     tag would destroy each other, so the later one is reported as ``TensorBoardError/Code/tagConflict``.
    ///   - metadata: Times, memory and shapes by node.
    ///   - step: The step that was measured.
    public func runMetadata(_ tag: String, _ metadata: RunMetadata, step: Int) {
        log.record(tag, metadata, step: step)
    }

    /// Keeps a title and a description for a tag, to be shown with its values.
    ///
    /// TensorBoard takes them from the tag's first value: later calls are reported as
    /// ``TensorBoardError/Code/describedTooLate``.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - displayName: The title of the card; the tag if empty. The Time Series dashboard shows tags only.
    ///   - description: Shown with the card, in Markdown.
    public func describe(_ tag: String, displayName: String, description: String) {
        log.describe(tag, displayName: displayName, description: description)
    }

    /// A series of scalars under one tag, the cheapest way to record many: the tag is looked up once.
    public func scalarSeries(_ tag: String) -> ScalarSeries {
        ScalarSeries(writer: self, tag: tag, place: log.recording.withLock { $0.registry.place(of: tag) })
    }

    /// Waits until everything recorded before, from any thread, is in the file.
    ///
    /// - Throws: ``TensorBoardError/Code/cannotWrite`` if it could not be written; the events stay in memory and
    ///   writing is tried again.
    public func flush() throws(TensorBoardError) {
        try log.flush()
    }

    /// Saves what was recorded and closes the file.
    ///
    /// Later logging calls do nothing but are counted as dropped.
    ///
    /// - Parameter outcome: What the run has come to; the HParams dashboard tells it of runs with hyperparameters.
    /// - Throws: ``TensorBoardError/Code/cannotWrite`` if something could not be written; it is lost then.
    public func close(outcome: Outcome = .success) throws(TensorBoardError) {
        try log.close(outcome: outcome)
    }

    /// Closes the file and takes it away again, with the directories that were made for it and are empty.
    func discard() {
        try? log.close()
        log.saving.withLock { $0.files.remove() }
        directory.removeCreated()
    }
}
