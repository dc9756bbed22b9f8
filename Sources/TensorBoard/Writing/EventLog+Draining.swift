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
                return
            }
            let problem = saving.withLock { save(&$0) }
            if let problem {
                note(problem)
                retryDelay = min(retryDelay * 2, Self.longestRetryDelay)
            } else {
                retryDelay = Self.shortestRetryDelay
            }
        }
    }

    /// Writes what has been recorded.
    ///
    /// - Returns: What stands in the way of the rest.
    func save(_ saving: inout Saving) -> Errno? {
        repeat {
            if saving.savedBytes < saving.outgoing.count, let problem = write(&saving) { return problem }
            saving.outgoing.removeAll(keepingCapacity: saving.outgoing.capacity <= Self.retainedCapacity)
            saving.savedBytes = 0
            saving.savedRecords = 0
            recording.withLock { swap(&$0.buffer, &saving.outgoing) }
        } while !saving.outgoing.isEmpty
        return nil
    }

    /// Writes the outgoing buffer as far as the system lets it.
    private func write(_ saving: inout Saving) -> Errno? {
        if !saving.files.file.isInPlace {
            let lost = saving.files.file.path
            if let problem = beginNextFile(&saving) { return problem }
            report(.fileReplaced(lost, next: saving.files.file.path))
        }
        while saving.savedBytes < saving.outgoing.count {
            var limit = Self.largestWrite
            if let maximum = options.maximumFileSize {
                let room = maximum - Int(saving.files.file.length)
                if saving.nextRecordByteCount > room, saving.files.hasEvents {
                    if let problem = beginNextFile(&saving) { return problem }
                    continue
                }
                limit = min(limit, room)
            }
            let outcome = write(&saving, byteLimit: limit)
            saving.savedBytes += outcome.bytes
            saving.savedRecords += outcome.records
            recording.withLock { $0.noteSaved(outcome) }
            if let problem = outcome.problem { return problem }
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

    /// Goes on in another file.
    private func beginNextFile(_ saving: inout Saving) -> Errno? {
        do throws(Errno) {
            try saving.files.beginNext(time: saving.nextEventTime ?? recording.withLock { $0.lastWallTime })
        } catch {
            return error
        }
        let path = saving.files.file.path
        recording.withLock { $0.moveToNewFile(path, &saving.outgoing, savedBytes: saving.savedBytes) }
        saving.savedBytes = 0
        saving.savedRecords = 0
        return nil
    }

    /// Remembers that writing fails, and tells it once.
    func note(_ problem: Errno) {
        let issue = recording.withLock { recording in
            let issue = TensorBoardError.cannotWrite(problem, path: recording.path)
            recording.statistics.failedWrites += 1
            recording.statistics.standingIssue = issue
            return issue
        }
        // Told first: who is told by a failing flush should find it told here too.
        report(issue)
        progress.advance()
    }

    /// Tells of a problem, if it is news.
    private func report(_ issue: TensorBoardError) {
        if recording.withLock({ $0.isNews(issue) }) { options.onIssue(issue) }
    }

    /// Closes the file.
    private func end() {
        let problem = saving.withLock { saving in
            saving.lock = nil
            return saving.files.close()
        }
        recording.withLock { recording in
            recording.phase = .closed
            if let problem { recording.statistics.standingIssue = .cannotWrite(problem, path: recording.path) }
        }
        progress.advance()
    }
}

extension EventLog.Saving {
    /// The time stamp of the next event that is to be written.
    fileprivate var nextEventTime: Double? {
        outgoing.withUnsafeBytes { bytes in
            let payload =
                savedBytes + RecordFraming.headerByteCount..<savedBytes + nextRecordByteCount
                - RecordFraming.footerByteCount
            return PackedEvent(UnsafeRawBufferPointer(rebasing: bytes[payload]))?.wallTime
        }
    }

    /// The size of the next record that is to be written.
    fileprivate var nextRecordByteCount: Int {
        outgoing.withUnsafeBytes { bytes in
            RecordFraming.leadingRecords(of: UnsafeRawBufferPointer(rebasing: bytes[savedBytes...]), byteLimit: 0).bytes
        }
    }
}
