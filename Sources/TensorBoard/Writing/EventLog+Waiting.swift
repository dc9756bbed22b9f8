import EventFiles
import Platform

extension EventLog {
    /// Waits until something is written.
    ///
    /// - Parameters:
    ///   - start: When the caller began to wait.
    ///   - isOver: Whether the wait is over.
    ///   - deadline: When to give up, by when something was written last; by default `stallTimeout` after that, so that a
    ///     slow disk is waited for as long as it gets on.
    ///   - help: Done before each wait.
    /// - Returns: `false` at the deadline.
    func wait(
        since start: ContinuousClock.Instant = .now,
        until isOver: (borrowing PendingEvents) -> Bool,
        deadline: ((_ lastProgress: ContinuousClock.Instant) -> ContinuousClock.Instant)? = nil,
        orElse help: () -> Void = {}
    ) -> Bool {
        var isCounted = false
        defer { if isCounted { pending.withLock { $0.waiterCount -= 1 } } }
        while true {
            let seen = progress.current
            let (isOver, lastProgress) = pending.withLock { pending -> (Bool, ContinuousClock.Instant) in
                let isDone = isOver(pending)
                if !isDone, !isCounted {
                    pending.waiterCount += 1
                    isCounted = true
                }
                return (isDone, pending.lastProgress)
            }
            if isOver { return true }
            let end = deadline?(lastProgress) ?? max(start, lastProgress) + options.stallTimeout
            let remaining = end - .now
            guard remaining > .zero else { return false }
            help()
            progress.wait(beyond: seen, timeout: remaining)
        }
    }

    /// Waits until everything recorded before is in the file.
    ///
    /// - Throws: ``TensorBoardError/Code/cannotWrite`` if an attempt to write fails, or nothing could be written for
    ///   `stallTimeout`. The events stay in memory.
    func flush() throws(TensorBoardError) {
        guard isInItsProcess else { throw .otherProcess(path: path) }
        let (target, files, failures, isDone) = pending.withLock { pending in
            let statistics = pending.statistics
            pending.isUrgent = !pending.isDone
            return (statistics.recordedEvents, pending.plannedFiles, statistics.failedWrites, pending.isDone)
        }
        if isDone { return }
        if hasTurn {
            saveAll()
        } else {
            ask(for: .now)
        }
        let hasEnded = wait(until: { pending in
            pending.hasSaved(target, files) || pending.statistics.failedWrites > failures || pending.phase == .closed
        })
        let (statistics, isSaved) = pending.withLock { ($0.statistics, $0.hasSaved(target, files)) }
        if isSaved { return }
        if hasEnded, let issue = statistics.standingIssue { throw issue }
        throw .stalled(statistics.pendingEvents, options, path: path)
    }

    /// Goes on in another file, if this one holds an event.
    func seal() {
        guard isInItsProcess else { return }
        let seals = pending.withLock { pending in
            guard pending.phase != .closed, pending.seal() else { return false }
            pending.isUrgent = true
            return true
        }
        if seals { ask(for: .now) }
    }

    /// Waits until everything recorded before is where the complete files go.
    ///
    /// - Throws: As ``flush()``; ``TensorBoardError/Code/cannotUpload``.
    func flushUploads() throws(TensorBoardError) {
        guard let receiver else { throw .noUpload(path: path) }
        seal()
        var isSaved = false
        while !isSaved {
            let waitingFiles = receiver.statistics.waitingFiles
            do throws(TensorBoardError) {
                try flush()
                isSaved = true
            } catch {
                // Where they wait may be full, and have room when they are uploaded.
                if waitingFiles == 0 { throw error }
            }
            try receiver.waitForUploads()
        }
    }
}

// MARK: - Closing

extension EventLog {
    /// Writes what is in memory and closes the file.
    ///
    /// Later calls wait for the first and find nothing to do.
    ///
    /// - Parameter outcome: What a run with hyperparameters has come to; `nil` leaves that open.
    /// - Throws: ``TensorBoardError/Code/eventsDropped`` with the number of all events that the log has lost,
    ///   ``TensorBoardError/Code/cannotWrite`` if the file could not be closed.
    func close(outcome: SummaryWriter.Outcome? = nil) throws(TensorBoardError) {
        guard isInItsProcess else { return }
        let isFirst = beginClosing(outcome: outcome)
        guard !hasTurn else {
            // Called by `onIssue`, or by the end of a writer that only `onIssue` held: it is done when
            // that returns.
            pending.withLock { $0.abandonment = .now + options.stallTimeout }
            return
        }
        do throws(TensorBoardError) {
            try finishClosing()
        } catch {
            if isFirst { throw error }
        }
    }

    /// Ends recording and has what is in memory written.
    ///
    /// - Parameter outcome: What a run with hyperparameters has come to; `nil` leaves that open.
    /// - Returns: Whether recording was open.
    @discardableResult
    func beginClosing(outcome: SummaryWriter.Outcome? = nil) -> Bool {
        // The clock is the user's and may call the writer, so the lock must be free.
        let time = outcome == nil ? nil : options.clock()
        let (isFirst, issues) = pending.withLock { pending -> (Bool, [TensorBoardError]) in
            guard pending.phase == .open else { return (false, []) }
            if let time, time.isFinite { pending.lastWallTime = time }
            if pending.unreportedDropCount > 0 { pending.appendDropNotice(step: pending.highestStep) }
            if let outcome { pending.appendOutcome(outcome) }
            pending.phase = .closing
            pending.isUrgent = true
            pending.issues.addRemainders(path: pending.path)
            return (true, pending.issues.takePending())
        }
        for issue in issues { options.onIssue(issue) }
        ask(for: .now)
        // Callers that wait for room in the buffer need not any more.
        progress.signal()
        return isFirst
    }

    /// Waits until the file is closed.
    ///
    /// - Parameter start: When the wait began.
    /// - Throws: As ``close(outcome:)``.
    func finishClosing(since start: ContinuousClock.Instant = .now) throws(TensorBoardError) {
        if hasTurn {
            // `onIssue` ends the program, and the turn never ends.
            if receiver != nil { seal() }
            saveAll()
            try receiver?.finish(since: start)
            return
        }
        if !wait(since: start, until: { $0.phase == .closed }) {
            pending.withLock { $0.giveUp() }
            LiveEventLogs.remove(self)
            ask(for: .now)
            progress.signal()
        }
        var uploadProblem: TensorBoardError?
        do throws(TensorBoardError) {
            try receiver?.finish(since: start)
        } catch {
            uploadProblem = error
        }
        let statistics = pending.withLock { $0.statistics }
        if statistics.droppedEvents > 0 {
            throw .eventsLost(statistics.droppedEvents, cause: statistics.standingIssue, path: path)
        }
        if let issue = statistics.standingIssue ?? uploadProblem { throw issue }
    }
}
