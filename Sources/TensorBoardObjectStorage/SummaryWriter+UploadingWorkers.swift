#if ObjectStorage
import EventFiles
import SystemPackage
public import TFRecord
public import TensorBoard

extension SummaryWriter {
    /// Creates the writer of one worker of a job, whose run goes into an object store, or a disabled one where others log.
    ///
    /// ```swift
    /// // Rank 0 uploads logs/run1, the others nothing.
    /// let writer = try SummaryWriter.uploading(to: "s3://bucket/logs/run1", spool: "spool", workers: .rankZero)
    /// ```
    ///
    /// A job that is started again goes on with the run: ``UploadOptions/ExistingRun/refuse`` applies to its first attempt
    /// alone, and later attempts have `.attempt-1` and so on at the end of their objects' names.
    ///
    /// - Parameters:
    ///   - address: The run: `s3://bucket/logs/run1`.
    ///   - spool: A directory of a local disk, which any number of writers may share; a disabled writer does not make it.
    ///   - workers: Which workers log.
    ///   - workerAddress: The address above those of the ranks, beside what TensorBoard watches: with
    ///     `s3://bucket/workers/run1` rank 3 uploads to `s3://bucket/workers/run1/rank-0003`. Not used with
    ///     ``/TensorBoard/WorkerChoice/rankZero``.
    ///   - worker: Which worker this is; by default what ``/TensorBoard/WorkerIdentity/current`` says.
    ///   - options: How to reach the store, and how to write.
    /// - Returns: The writer, whose `isEnabled` says whether the worker logs.
    /// - Throws: `TensorBoardError`, alike on every rank if the worker or an address is not given as it should.
    public static func uploading(
        to address: String,
        spool: some PathConvertible,
        workers: WorkerChoice,
        workerAddress: String? = nil,
        worker: WorkerIdentity? = nil,
        options: UploadOptions = UploadOptions()
    ) throws(TensorBoardError) -> SummaryWriter {
        let assignment = try WorkerAssignment(workers, worker: worker)
        let location = try assignment.location(ObjectLocation(run: address), above: workerAddress)
        guard assignment.isLogging else {
            return try SummaryWriter(disabledIn: spool.usablePath(), options.writing)
        }
        return try uploading(to: location.description, spool: spool, options: assignment.uploading(options))
    }
}

extension WorkerAssignment {
    /// The run that the worker uploads.
    func location(_ run: ObjectLocation, above workerAddress: String?) throws(TensorBoardError) -> ObjectLocation {
        guard hasRankDirectories else { return run }
        let advice = "give a workerAddress beside what TensorBoard watches, for each run costs it time at every reload"
        guard let workerAddress else {
            throw TensorBoardError(.invalidOption, "the runs of the ranks beside \(run) have no place; \(advice)")
        }
        let above = try ObjectLocation(run: workerAddress)
        guard above != run, !(above.bucket == run.bucket && above.key.hasPrefix(run.prefix)) else {
            throw TensorBoardError(.invalidOption, "\(above) lies in the run \(run) itself; \(advice)")
        }
        return try ObjectLocation(run: "\(above)/\(worker.directoryName)")
    }

    /// The options for a run that goes on when the job is started again.
    fileprivate func uploading(_ options: UploadOptions) -> UploadOptions {
        var options = options
        let attempt = worker.attempt ?? 0
        if attempt > 0, options.existingRun == .refuse { options.existingRun = .append }
        options.filenameSuffix += EventFileName.attemptSuffix(attempt)
        return options
    }
}
#endif
