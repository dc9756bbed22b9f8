import SystemPackage

/// What the drain does.
extension EventRecording {
    /// What the drain is to do next.
    ///
    /// Asked by the drain alone.
    mutating func plan() -> Plan {
        let isUrgent = isUrgent
        self.isUrgent = false
        let isDone = statistics.pendingEvents == 0
        switch phase {
        case .closed: return .end
        case .closing where isDone || abandonment.map({ $0 < .now }) == true: return .end
        case .closing: return isUrgent || statistics.standingIssue == nil ? .hurry : .retry
        case .open: break
        }
        if isDone {
            drainSleeps = true
            return .sleep
        }
        if isUrgent { return .hurry }
        return statistics.standingIssue == nil ? .gather : .retry
    }

    /// Counts what has been written.
    mutating func noteSaved(_ outcome: EventFile.Outcome) {
        statistics.savedBytes += outcome.bytes
        statistics.savedEvents += outcome.records
        if outcome.bytes > 0 {
            isStalled = false
            lastProgress = .now
        }
        // Given up too early.
        if phase == .closed { statistics.droppedEvents -= outcome.records }
        guard outcome.problem == nil, statistics.standingIssue != nil else { return }
        // Writing works again: the next failure is news.
        statistics.standingIssue = nil
        reported.remove(TensorBoardError(.cannotWrite, ""))
        reported.remove(TensorBoardError(.eventsDropped, ""))
    }

    /// Counts a failed attempt to write.
    mutating func noteFailure(_ problem: Errno) {
        let issue = TensorBoardError.cannotWrite(problem, path: path)
        statistics.failedWrites += 1
        statistics.standingIssue = issue
        untoldIssues.append(issue)
    }

    /// The problems that `onIssue` is to be told of now.
    mutating func takeUntoldIssues() -> [TensorBoardError] {
        var news: [TensorBoardError] = []
        for issue in untoldIssues where isNews(issue) { news.append(issue) }
        untoldIssues = []
        return news
    }

    /// Ends the log and gives up the events in memory.
    ///
    /// - Returns: How many there were.
    mutating func giveUp() -> Int {
        guard phase != .closed else { return 0 }
        phase = .closed
        statistics.droppedEvents += statistics.pendingEvents
        return statistics.pendingEvents
    }
}
