import EventFiles
import SystemPackage
public import TFRecord

extension SummaryWriter {
    /// Creates the writer of one worker of a job, or a disabled one where others log.
    ///
    /// ```swift
    /// // Rank 0 writes logs/run1, the others nothing.
    /// let writer = try SummaryWriter(logDirectory: "logs/run1", workers: .rankZero)
    /// // Rank 3 writes workers/run1/rank-0003; `tblog aggregate workers/run1 --into logs/run1` makes one run of all.
    /// let own = try SummaryWriter(logDirectory: "logs/run1", workers: .all, workerDirectory: "workers/run1")
    /// ```
    ///
    /// A job that is started again, with the same number of workers or another, goes on in the same directories:
    /// ``Options/ExistingRun/increment`` counts as ``Options/ExistingRun/append``, and ``Options/ExistingRun/overwrite`` and
    /// ``Options/ExistingRun/refuse`` apply to its first attempt alone. Later attempts have `.attempt-1` and so on at the end of
    /// their files' names. A process of no launcher is no job: with ``WorkerChoice/rankZero`` its options apply as they are.
    ///
    /// - Parameters:
    ///   - logDirectory: The directory of the run, in the directory that TensorBoard watches.
    ///   - workers: Which workers log. The writer of another is disabled: it makes no file, no directory and no thread, and
    ///     takes everything in silence.
    ///   - workerDirectory: The directory above those of the ranks, beside the directory that TensorBoard watches; not used
    ///     with ``WorkerChoice/rankZero``.
    ///   - worker: Which worker this is; by default what ``WorkerIdentity/current`` says.
    ///   - options: How to treat the directory, the buffer and problems.
    /// - Throws: ``TensorBoardError``, alike on every rank if the worker or a directory is not given as it should.
    public convenience init(
        logDirectory: some PathConvertible,
        workers: WorkerChoice,
        workerDirectory: (any PathConvertible)? = nil,
        worker: WorkerIdentity? = nil,
        options: Options = Options()
    ) throws(TensorBoardError) {
        let assignment = try WorkerAssignment(workers, worker: worker)
        let above = if let workerDirectory { try workerDirectory.usablePath() } else { nil as FilePath? }
        let directory = try assignment.directory(logDirectory.usablePath(), above)
        let options = assignment.options(options)
        if assignment.isLogging {
            try self.init(logDirectory: directory, options: options)
        } else {
            try self.init(disabledIn: directory, options)
        }
    }
}
