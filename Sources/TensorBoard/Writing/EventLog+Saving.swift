import EventCoding
import EventFiles
import Platform
import Synchronization
import SystemPackage
import TFRecord

extension EventLog {
    /// What the thread touches that has the log's turn.
    struct Saving: ~Copyable {
        var files: EventFileSequence
        var lock: RunLock?
        /// Records on their way into the file.
        var outgoing = RecordBuffer()
        /// How many bytes of `outgoing` are in the file already.
        var savedBytes = 0
        /// How many records of `outgoing` are in the file already.
        var savedRecords = 0
        /// Where in `outgoing` the records of the files that follow begin.
        var fileStarts: ArraySlice<Int> = []
        /// Whether the last file is closed.
        var hasEnded = false

        init(files: consuming EventFileSequence, lock: RunLock?) {
            self.files = files
            self.lock = lock
        }
    }

    /// How a round of saving ended.
    enum SavingRound: Equatable {
        /// Everything recorded is in the file.
        case complete
        /// Another file was begun in place of one that is gone; nothing is in it yet.
        case fileReplaced
        case failed(Errno)
    }

    /// As much as is handed to the system at once, so that callers who wait see a slow disk get on.
    private static let largestWrite = 4 << 20

    /// The memory of a buffer that held more than this is given back when it is empty.
    private static let retainedByteCount = 4 << 20

    /// Writes what has been recorded, or closes the file, on one of the threads of the pool.
    ///
    /// - Returns: When the log needs its next turn; `nil` if that is up to the next event.
    func takeTurn() -> ContinuousClock.Instant? {
        turnThread.store(BackgroundThread.current, ordering: .relaxed)
        // The system may give the name to another thread.
        defer { turnThread.store(0, ordering: .relaxed) }
        if pending.withLock({ $0.beginTurn() }) {
            let before = pending.withLock { $0.statistics.savedBytes }
            saveAll()
            pending.withLock { $0.adaptRetryDelay(hasProgressed: $0.statistics.savedBytes != before) }
        }
        switch pending.withLock({ $0.plan() }) {
        case .nothing: return nil
        case .gather: return pool.slot(after: options.flushInterval)
        case .write(let delay): return .now + delay
        case .end:
            end()
            return nil
        }
    }

    /// Reports that a turn takes too long: the disk does not answer, or `onIssue` does not return.
    func reportHang() {
        let issues = pending.withLock { pending -> [TensorBoardError] in
            guard ContinuousClock.now - pending.lastProgress >= options.stallTimeout else { return [] }
            pending.issues.add(.diskHangs(pending.statistics.pendingEvents, options, path: pending.path))
            return pending.issues.takePending()
        }
        for issue in issues { options.onIssue(issue) }
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

    /// Writes what has been recorded, up to the first that has to be reported.
    func save(_ saving: inout Saving) -> SavingRound {
        repeat {
            if let end = write(&saving) { return end }
            saving.outgoing.removeAll(keepingCapacity: saving.outgoing.count <= Self.retainedByteCount)
            saving.savedBytes = 0
            saving.savedRecords = 0
            pending.withLock { $0.handOver(&saving) }
        } while !saving.outgoing.isEmpty || !saving.fileStarts.isEmpty
        return .complete
    }

    /// Writes the outgoing buffer.
    ///
    /// - Returns: What ended the round; `nil` when everything is written.
    private func write(_ saving: inout Saving) -> SavingRound? {
        while saving.savedBytes < saving.outgoing.count {
            if saving.files.isDisplaced, let end = replaceFile(&saving) { return end }
            if saving.isAtFileStart {
                if let problem = beginPlannedFile(&saving) { return .failed(problem) }
            }
            let fileEnd = saving.fileStarts.first ?? saving.outgoing.count
            let outcome = write(&saving, byteLimit: min(Self.largestWrite, fileEnd - saving.savedBytes))
            if outcome.isCutOff {
                if let end = replaceFile(&saving) { return end }
                continue
            }
            saving.savedBytes += outcome.bytes
            saving.savedRecords += outcome.records
            pending.withLock { $0.observeSaved(outcome) }
            if let problem = outcome.problem { return .failed(problem) }
            progress.signal()
        }
        if saving.isAtFileStart {
            // The file before was sealed, and no event of the next one is there yet.
            if let problem = beginPlannedFile(&saving) { return .failed(problem) }
            pending.withLock { $0.observeSuccess() }
        }
        return nil
    }

    private func beginPlannedFile(_ saving: inout Saving) -> Errno? {
        if let problem = beginNextFile(&saving) { return problem }
        saving.fileStarts.removeFirst()
        pending.withLock { $0.begunFiles += 1 }
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

    /// Goes on in another file because this one was deleted, moved or replaced.
    ///
    /// - Returns: What ended the round; `nil` if writing goes on in the same file.
    private func replaceFile(_ saving: inout Saving) -> SavingRound? {
        let lost = saving.files.file.path
        guard saving.files.mayReplace() else {
            pending.withLock { pending in
                // Of the same kind as the reports of the files before, and the one that says what it comes from.
                pending.issues.forget(.fileReplaced)
                pending.issues.add(.unsteadyFile(lost))
            }
            return nil
        }
        if let problem = beginNextFile(&saving) { return .failed(problem) }
        saving.files.countReplacement()
        if saving.isAtFileStart {
            saving.fileStarts.removeFirst()
            pending.withLock { $0.begunFiles += 1 }
        } else {
            pending.withLock { $0.moveToReplacement(&saving) }
        }
        var issues = [TensorBoardError.fileReplaced(lost, next: saving.files.file.path)]
        if let lock = saving.lock, lock.isDisplaced {
            // The lock went with its directory; another writer in the new one must see this one, or be seen.
            switch RunLock.take(saving.files.directory, saving.files.operations) {
            case .taken(let lock):
                saving.lock = lock
            case .heldByOther:
                saving.lock = nil
                issues.append(.concurrentWriters(path: saving.files.directory))
            case .unavailable(let problem):
                saving.lock = nil
                issues.append(.lockUnavailable(problem, path: saving.files.directory))
            }
        }
        pending.withLock { pending in
            // Each time is news: what was in the file is gone.
            pending.issues.forget(.fileReplaced)
            for issue in issues { pending.issues.add(issue) }
        }
        return .fileReplaced
    }

    /// Goes on in another file.
    private func beginNextFile(_ saving: inout Saving) -> Errno? {
        let sealed = saving.files.sealed
        do throws(Errno) {
            try saving.files.beginNext(time: saving.nextEventTime ?? pending.withLock { $0.lastWallTime })
        } catch {
            return error
        }
        receiver?.receive(sealed)
        let path = saving.files.file.path
        pending.withLock { $0.path = path }
        return nil
    }

    /// Reports how a round of saving went.
    ///
    /// To be called when `saving` is free again: `onIssue` may call the writer, which may need it.
    func finish(_ round: SavingRound) {
        let issues = pending.withLock { pending in
            if case .failed(let problem) = round { pending.observeFailure(problem) }
            return pending.issues.takePending()
        }
        // Before the signal: a caller for whom `flush` fails should find the reason reported.
        for issue in issues { options.onIssue(issue) }
        progress.signal()
    }

    /// Closes the file.
    private func end() {
        let problem = saving.withLock { saving -> Errno? in
            saving.lock = nil
            // A turn that was asked for meanwhile ends the log again.
            guard !saving.hasEnded else { return nil }
            saving.hasEnded = true
            let problem = saving.files.close()
            receiver?.receive(saving.files.sealed)
            return problem
        }
        pending.withLock { pending in
            pending.giveUp()
            if let problem { pending.statistics.standingIssue = .cannotClose(problem, path: pending.path) }
        }
        LiveEventLogs.remove(self)
        progress.signal()
    }
}

extension EventLog.Saving {
    /// Whether the next record belongs into the next file.
    fileprivate var isAtFileStart: Bool { fileStarts.first == savedBytes }

    /// The time stamp of the next event that is to be written.
    fileprivate var nextEventTime: Double? {
        outgoing.withUnsafeBytes { bytes in
            let rest = UnsafeRawBufferPointer(rebasing: bytes[savedBytes...])
            guard !rest.isEmpty else { return nil }
            let record = rest[..<RecordFraming.leadingRecords(of: rest, byteLimit: 0).bytes]
            let payload = record.dropFirst(RecordFraming.headerByteCount).dropLast(RecordFraming.footerByteCount)
            return PackedEvent(UnsafeRawBufferPointer(rebasing: payload))?.wallTime
        }
    }
}
