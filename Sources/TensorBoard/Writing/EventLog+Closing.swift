import Synchronization

extension EventLog {
    /// Waits until everything recorded before is in the file.
    ///
    /// - Throws: ``TensorBoardError/Code/cannotWrite`` if an attempt to write fails, or nothing could be written for
    ///   `stallTimeout`. The events stay in memory.
    func flush() throws(TensorBoardError) {
        guard isInItsProcess else { throw .otherProcess(path: path) }
        let (target, failures, isDone) = recording.withLock { recording in
            let statistics = recording.statistics
            recording.isUrgent = statistics.pendingEvents > 0
            return (statistics.recordedEvents, statistics.failedWrites, statistics.pendingEvents == 0)
        }
        if isDone { return }
        if isDrain {
            saveAll()
        } else {
            work.advance()
        }
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
    /// Later calls wait for the first and find nothing to do.
    ///
    /// - Parameter outcome: What a run with hyperparameters has come to; `nil` leaves that open.
    /// - Throws: ``TensorBoardError/Code/cannotWrite`` if nothing could be written for `stallTimeout`; the events in
    ///   memory are lost then.
    func close(outcome: SummaryWriter.Outcome? = nil) throws(TensorBoardError) {
        guard isInItsProcess else { return }
        let isFirst = beginClosing(outcome: outcome)
        guard !isDrain else {
            // Called by `onIssue`, or by the end of a writer that only `onIssue` held: the drain does it when it returns.
            recording.withLock { $0.abandonment = .now + options.stallTimeout }
            return
        }
        do throws(TensorBoardError) {
            try finishClosing()
        } catch {
            if isFirst { throw error }
        }
    }

    /// Lets nobody log any more and the drain write what is in memory.
    ///
    /// - Parameter outcome: What a run with hyperparameters has come to; `nil` leaves that open.
    /// - Returns: Whether that is new.
    @discardableResult
    func beginClosing(outcome: SummaryWriter.Outcome? = nil) -> Bool {
        // The clock is the user's and may call the writer, so the lock must be free.
        let tellsOutcome = outcome != nil && recording.withLock { $0.hyperparameters != nil && $0.phase == .open }
        let time = tellsOutcome ? options.clock() : 0
        let isFirst = recording.withLock { recording in
            guard recording.phase == .open else { return false }
            if let outcome, tellsOutcome { recording.endSession(outcome, wallTime: time) }
            recording.phase = .closing
            recording.isUrgent = true
            return true
        }
        work.advance()
        // Whoever waits for room in the buffer need not any more.
        progress.advance()
        return isFirst
    }

    /// Waits until the file is closed.
    ///
    /// - Parameter start: When the wait began.
    /// - Throws: As ``close(outcome:)``.
    func finishClosing(since start: ContinuousClock.Instant = .now) throws(TensorBoardError) {
        if isDrain {
            // `onIssue` ends the program, and the drain never gets on.
            saveAll()
            return
        }
        if wait(since: start, until: { $0.phase == .closed }) {
            if let issue = recording.withLock({ $0.statistics.standingIssue }) { throw issue }
            return
        }
        let (lost, issue) = recording.withLock { ($0.giveUp(), $0.statistics.standingIssue) }
        LiveEventLogs.remove(self)
        work.advance()
        progress.advance()
        throw .eventsLost(lost, cause: issue, options, path: path)
    }
}
