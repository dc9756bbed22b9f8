import EventCoding
import Synchronization
import SystemPackage
import TFRecord

extension EventLog {
    private static let shortestRetryDelay = Duration.milliseconds(10)
    private static let longestRetryDelay = Duration.seconds(5)

    /// As much as is handed to the system at once, so that callers who wait see a slow disk get on.
    private static let largestWrite = 4 << 20

    /// A buffer that grew larger than this under a fault is given back when it is empty.
    private static let retainedCapacity = 4 << 20

    /// The thread's work: waits for events, waits for company, writes, until the log is closed.
    func drain() {
        drainThread.store(BackgroundThread.current, ordering: .relaxed)
        var retryDelay = Self.shortestRetryDelay
        while true {
            let seen = work.current
            switch recording.withLock({ $0.plan() }) {
            case .sleep:
                work.wait(beyond: seen)
                continue
            case .gather:
                work.wait(beyond: seen, timeout: options.flushInterval)
            case .hurry:
                break
            case .retry:
                work.wait(beyond: seen, timeout: retryDelay)
            case .end:
                end()
                // The system may give the name to another thread.
                drainThread.store(0, ordering: .relaxed)
                return
            }
            let isComplete = saveAll()
            retryDelay = isComplete ? Self.shortestRetryDelay : min(retryDelay * 2, Self.longestRetryDelay)
        }
    }

    /// Writes what has been recorded, as the only one who does.
    ///
    /// - Returns: `false` if something stands in the way.
    @discardableResult
    func saveAll() -> Bool {
        while true {
            let round = saving.withLock { save(&$0) }
            finish(round)
            if round != .fileReplaced { return round == .complete }
        }
    }

    /// Whether this is the drain's thread, on which `onIssue` may call the writer: it must not wait for itself.
    var isDrain: Bool { drainThread.load(ordering: .relaxed) == BackgroundThread.current }

    /// Writes what has been recorded, up to the first that has to be told of.
    func save(_ saving: inout Saving) -> SavingRound {
        repeat {
            if let end = write(&saving) { return end }
            saving.outgoing.removeAll(keepingCapacity: saving.outgoing.capacity <= Self.retainedCapacity)
            saving.savedBytes = 0
            saving.savedRecords = 0
            recording.withLock { $0.handOver(&saving) }
        } while !saving.outgoing.isEmpty
        return .complete
    }

    /// Writes the outgoing buffer.
    ///
    /// - Returns: What ended the round; `nil` when everything is written.
    private func write(_ saving: inout Saving) -> SavingRound? {
        while saving.savedBytes < saving.outgoing.count {
            if !saving.files.file.isInPlace { return replaceFile(&saving) }
            if saving.isAtFileStart {
                if let problem = beginNextFile(&saving) { return .failed(problem) }
                saving.fileStarts.removeFirst()
            }
            let fileEnd = saving.fileStarts.first ?? saving.outgoing.count
            let outcome = write(&saving, byteLimit: min(Self.largestWrite, fileEnd - saving.savedBytes))
            saving.savedBytes += outcome.bytes
            saving.savedRecords += outcome.records
            recording.withLock { $0.noteSaved(outcome) }
            if let problem = outcome.problem { return .failed(problem) }
            progress.advance()
        }
        return nil
    }

    /// Writes the next records, at least one.
    private func write(_ saving: inout Saving, byteLimit: Int) -> EventFile.Outcome {
        let (savedBytes, savedRecords) = (saving.savedBytes, saving.savedRecords)
        let recordCount = saving.outgoing.recordCount
        return saving.outgoing.withUnsafeBytes { bytes in
            let rest = UnsafeRawBufferPointer(rebasing: bytes[savedBytes...])
            let isAll = rest.count <= byteLimit
            let some =
                isAll
                ? (rest.count, recordCount - savedRecords)
                : RecordFraming.leadingRecords(of: rest, byteLimit: byteLimit)
            return saving.files.write(
                UnsafeRawBufferPointer(rebasing: rest[..<some.0]),
                count: some.1,
                synchronizes: options.durability == .storage
            )
        }
    }

    /// Goes on in another file because somebody has taken this one away.
    private func replaceFile(_ saving: inout Saving) -> SavingRound {
        let lost = saving.files.file.path
        if let problem = beginNextFile(&saving) { return .failed(problem) }
        if saving.isAtFileStart {
            saving.fileStarts.removeFirst()
        } else {
            recording.withLock { $0.moveToReplacement(&saving) }
        }
        var issues = [TensorBoardError.fileReplaced(lost, next: saving.files.file.path)]
        if saving.lock?.isInPlace == false {
            // It went with its directory; whoever is at work in the new one must see this writer, or be seen.
            let (lock, issue) = RunLock.take(saving.files.directory, saving.files.operations)
            saving.lock = lock
            if let issue { issues.append(issue) }
        }
        recording.withLock { $0.untoldIssues += issues }
        return .fileReplaced
    }

    /// Goes on in another file.
    private func beginNextFile(_ saving: inout Saving) -> Errno? {
        do throws(Errno) {
            try saving.files.beginNext(time: saving.nextEventTime ?? recording.withLock { $0.lastWallTime })
        } catch {
            return error
        }
        let path = saving.files.file.path
        recording.withLock { $0.path = path }
        return nil
    }

    /// Tells everyone how a round of saving went.
    ///
    /// To be called when `saving` is free again: `onIssue` may call the writer, which may need it.
    func finish(_ round: SavingRound) {
        let issues = recording.withLock { recording in
            if case .failed(let problem) = round { recording.noteFailure(problem) }
            return recording.takeUntoldIssues()
        }
        // Told first: who is told by a failing flush should find it told here too.
        for issue in issues { options.onIssue(issue) }
        progress.advance()
    }

    /// Closes the file.
    private func end() {
        let problem = saving.withLock { saving in
            saving.lock = nil
            return saving.files.close()
        }
        recording.withLock { recording in
            _ = recording.giveUp()
            if let problem { recording.statistics.standingIssue = .cannotWrite(problem, path: recording.path) }
        }
        LiveEventLogs.remove(self)
        progress.advance()
    }
}

extension EventLog.Saving {
    /// Whether the next record belongs into the next file.
    fileprivate var isAtFileStart: Bool { fileStarts.first == savedBytes }

    /// The time stamp of the next event that is to be written.
    fileprivate var nextEventTime: Double? {
        outgoing.withUnsafeBytes { bytes in
            let rest = UnsafeRawBufferPointer(rebasing: bytes[savedBytes...])
            let record = rest[..<RecordFraming.leadingRecords(of: rest, byteLimit: 0).bytes]
            let payload = record.dropFirst(RecordFraming.headerByteCount).dropLast(RecordFraming.footerByteCount)
            return PackedEvent(UnsafeRawBufferPointer(rebasing: payload))?.wallTime
        }
    }
}
