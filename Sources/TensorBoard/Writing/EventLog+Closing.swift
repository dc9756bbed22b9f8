import Synchronization

extension EventLog {
    /// Waits until everything recorded before is in the file.
    ///
    /// - Throws: ``TensorBoardError/Code/cannotWrite`` if an attempt to write fails, or nothing could be written for
    ///   `stallTimeout`. The events stay in memory.
    func flush() throws(TensorBoardError) {
        let (target, failures, isDone) = recording.withLock { recording in
            let statistics = recording.statistics
            recording.isUrgent = statistics.pendingEvents > 0
            return (statistics.recordedEvents, statistics.failedWrites, statistics.pendingEvents == 0)
        }
        if isDone { return }
        work.advance()
        let hasEnded = wait { recording in
            recording.statistics.savedEvents >= target || recording.statistics.failedWrites > failures
                || recording.phase == .closed
        }
        let statistics = recording.withLock { $0.statistics }
        if statistics.savedEvents >= target { return }
        if hasEnded, let issue = statistics.standingIssue { throw issue }
        throw .stalled(statistics.pendingEvents, options, path: path)
    }

    /// Writes what is in memory, closes the file and ends the drain.
    ///
    /// Later calls find nothing to do.
    ///
    /// - Throws: ``TensorBoardError/Code/cannotWrite`` if nothing could be written for `stallTimeout`; the events in
    ///   memory are lost then.
    func close() throws(TensorBoardError) {
        let isFirst = recording.withLock { recording in
            guard recording.phase == .open else { return false }
            recording.phase = .closing
            recording.isUrgent = true
            return true
        }
        guard isFirst else {
            // Another thread closes, or has closed, and is told how it went.
            _ = wait { $0.phase == .closed }
            return
        }
        LiveEventLogs.remove(self)
        work.advance()
        if wait(until: { $0.phase == .closed }) {
            if let issue = recording.withLock({ $0.statistics.standingIssue }) { throw issue }
            return
        }
        let (lost, issue) = recording.withLock { recording in
            recording.phase = .closed
            return (recording.dropPending(), recording.statistics.standingIssue)
        }
        work.advance()
        throw .eventsLost(lost, cause: issue, options, path: path)
    }
}
