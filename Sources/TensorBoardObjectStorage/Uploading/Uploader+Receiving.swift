#if ObjectStorage
import EventFiles
import Platform
import Synchronization
import TensorBoard

/// What the writer asks of its uploader.
extension Uploader: SealedFileReceiver {
    var statistics: SummaryWriter.Statistics.Upload { state.withLock { $0.statistics } }

    func receive(_ file: SealedFile) {
        state.withLock { $0.receive(file) }
        if file.holdsEvents { options.onStep(.sealed) }
        wakeUp.signal()
    }

    /// As long as the store takes files it is waited for; then for the grace.
    ///
    /// A store that refuses or denies the attempt which the call brings about is not waited for: time does not mend that.
    func waitForUploads() throws(TensorBoardError) {
        let target = state.withLock { $0.receivedFiles }
        let start = ContinuousClock.now
        let isDone = wait(
            until: { $0.settledFiles >= target || $0.hasEnded },
            deadline: { lastProgress in max(start, lastProgress) + options.grace }
        )
        if isDone { return }
        let statistics = statistics
        throw statistics.standingIssue
            ?? .uploadStalled(statistics.waitingFiles, after: options.grace, spool: session.directory)
    }

    func finish(since start: ContinuousClock.Instant) throws(TensorBoardError) {
        let isGivenUp = state.withLock { state in
            state.isFinishing = true
            return state.isAbandoned
        }
        if isGivenUp { return }
        if wait(until: { $0.hasEnded }, deadline: { _ in start + options.grace }) { return }
        state.withLock { $0.isAbandoned = true }
        // The next writer finds the session free, unless the store holds up the thread.
        let patience = ContinuousClock.now + .seconds(1)
        _ = wait(until: { $0.hasEnded || $0.isAsking }, deadline: { _ in patience })
        let statistics = statistics
        guard statistics.waitingFiles > 0 else { return }
        throw .filesRemain(statistics.waitingFiles, cause: statistics.standingIssue, spool: session.directory)
    }

    /// Waits for the thread, which makes an attempt at once.
    ///
    /// - Returns: `false` at the deadline, or if the attempt has failed in a way that time does not mend.
    private func wait(
        until isOver: (borrowing UploadState) -> Bool,
        deadline: (_ lastProgress: ContinuousClock.Instant) -> ContinuousClock.Instant
    ) -> Bool {
        guard !isOwnThread else { return state.withLock { isOver($0) } }
        let ticket = state.withLock { $0.beginWaiting() }
        defer { state.withLock { $0.waiterCount -= 1 } }
        wakeUp.signal()
        while true {
            let seen = progress.current
            let (isDone, isRefused, lastProgress) = state.withLock { state in
                (isOver(state), state.refusedUrgency >= ticket, state.lastProgress)
            }
            if isDone { return true }
            let remaining = deadline(lastProgress) - .now
            if isRefused || remaining <= .zero { return false }
            progress.wait(beyond: seen, timeout: remaining)
        }
    }
}
#endif
