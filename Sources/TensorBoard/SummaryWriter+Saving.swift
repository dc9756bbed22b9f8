public import EventFiles
import Synchronization

extension SummaryWriter {
    /// Waits until everything recorded before, from any thread, is in the file.
    ///
    /// - Throws: ``TensorBoardError/Code/cannotWrite`` if it could not be written; the events stay in memory and
    ///   writing is tried again.
    public func flush() throws(TensorBoardError) {
        try log?.flush()
    }

    /// Waits until everything recorded before, from any thread, is in the file or in the object store.
    ///
    /// - Parameter target: Where to wait for it.
    /// - Throws: As ``flush()``; with ``FlushTarget/uploaded`` also ``TensorBoardError/Code/cannotUpload`` if the store has
    ///   taken nothing for too long, or the writer does not upload. The files stay in the spool, and uploading is tried
    ///   again.
    public func flush(_ target: FlushTarget) throws(TensorBoardError) {
        switch target {
        case .saved: try log?.flush()
        case .uploaded: try log?.flushUploads()
        }
    }

    /// Goes on in another event file, if this one holds what was logged; does not wait for it.
    ///
    /// A writer that uploads its files uploads what was recorded so far.
    public func seal() { log?.seal() }

    /// What ``seal()`` does, for who must not keep the writer.
    package var sealing: @Sendable () -> Void {
        { [log] in log?.seal() }
    }

    /// Saves what was recorded and closes the file.
    ///
    /// Later logging calls are reported once and counted as dropped. A writer that uploads its files waits for the store for
    /// a while; what is left then is uploaded by the next writer with the same spool.
    ///
    /// - Parameter outcome: What the run has come to; the HParams dashboard shows it for runs with hyperparameters.
    /// - Throws: ``TensorBoardError/Code/eventsDropped`` with the number of events that the writer has lost in all,
    ///   ``TensorBoardError/Code/cannotWrite`` if the system reports an error when the file is closed,
    ///   ``TensorBoardError/Code/cannotUpload`` with the number of files that are left in the spool.
    public func close(outcome: Outcome = .success) throws(TensorBoardError) {
        try log?.close(outcome: outcome)
    }

    /// Closes the file and deletes it, with the directories that were made for it and are empty.
    package func discard() {
        try? log?.close()
        log?.saving.withLock { $0.files.remove() }
        directory?.removeCreated()
    }
}
