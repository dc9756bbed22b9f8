import Synchronization

/// How a call gets its event into memory, or into the file, and how long it waits for that.
extension EventLog {
    typealias Body = (inout EventRecording, _ time: Double, _ issues: inout [TensorBoardError]) -> Void

    /// Runs `body` with the locked recording and a time stamp, then sees to it that the event is saved.
    ///
    /// Blocks only while the buffer is full, and for no longer than `stallTimeout` without progress; with `.everyEvent`
    /// until the event is in the file, with the same limit.
    func record(at clockTime: Double? = nil, _ body: Body) {
        let time = clockTime ?? options.clock()
        if record(at: time, mayWait: true, body) { return }
        if !wait(until: { !$0.isFull(options) || $0.phase != .open }) {
            recording.withLock { $0.isStalled = true }
        }
        _ = record(at: time, mayWait: false, body)
    }

    /// Records an event or drops it.
    ///
    /// - Returns: `false` if the buffer is full and the event should wait.
    private func record(at time: Double, mayWait: Bool, _ body: Body) -> Bool {
        var issues: [TensorBoardError] = []
        var wakesDrain = false
        var recordedEvents = 0
        let isDone = recording.withLock { recording in
            guard recording.phase == .open else {
                recording.statistics.droppedEvents += 1
                return true
            }
            if recording.isFull(options) {
                if mayWait, !recording.isStalled, !isDrain { return false }
                recording.statistics.droppedEvents += 1
                recording.untoldDrops += 1
                issues.append(.eventsDropped(options, path: recording.path))
            } else {
                if time.isFinite {
                    recording.lastWallTime = time
                } else {
                    issues.append(.invalidWallTime(time, replacement: recording.lastWallTime, path: recording.path))
                }
                body(&recording, recording.lastWallTime, &issues)
                if options.durability == .everyEvent {
                    recordedEvents = recording.statistics.recordedEvents
                } else {
                    wakesDrain = recording.wakesDrain()
                }
            }
            if !issues.isEmpty { issues.removeAll { !recording.isNews($0) } }
            return true
        }
        if wakesDrain { work.advance() }
        if recordedEvents > 0 { save(upTo: recordedEvents) }
        for issue in issues { options.onIssue(issue) }
        return isDone
    }

    /// Writes on the caller's thread, unless writing fails at present: then the drain tries again.
    private func save(upTo event: Int) {
        guard isInItsProcess else { return }
        let isSaved = wait { recording in
            if recording.statistics.savedEvents >= event || recording.statistics.standingIssue != nil { return true }
            return recording.phase == .closed
        } orElse: {
            // Whoever has the file writes for all.
            if let round = saving.withLockIfAvailable({ save(&$0) }) { finish(round) }
        }
        let wakesDrain = recording.withLock { recording in
            recording.statistics.savedEvents < event && recording.wakesDrain()
        }
        if !isSaved || wakesDrain { work.advance() }
    }

    /// Waits for the drain, as long as it gets on.
    ///
    /// - Parameters:
    ///   - start: When the wait began.
    ///   - isOver: Looks whether the wait is over.
    ///   - help: Done before each wait.
    /// - Returns: `false` if nothing was written for `stallTimeout`.
    func wait(
        since start: ContinuousClock.Instant = .now,
        until isOver: (borrowing EventRecording) -> Bool,
        orElse help: () -> Void = {}
    ) -> Bool {
        while true {
            let seen = progress.current
            let (isOver, lastProgress) = recording.withLock { (isOver($0), $0.lastProgress) }
            if isOver { return true }
            let remaining = max(start, lastProgress) + options.stallTimeout - .now
            guard remaining > .zero else { return false }
            help()
            progress.wait(beyond: seen, timeout: remaining)
        }
    }
}
