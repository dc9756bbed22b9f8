import EventCoding
import EventFiles
import Summaries
import SystemPackage
import TFRecord

/// The part of a log that goes into one file, counted in bytes of all that is recorded.
///
/// Which file an event goes into is decided when it is recorded, not when it is written: so it is encoded once, with the
/// descriptions that this file lacks, however many files wait in memory.
struct FileBounds {
    /// Where the file's first event begins.
    private var start: Int
    /// Where the payload of its last event may end.
    private var payloadEnd: Int

    /// - Parameters:
    ///   - start: Where the file's first event begins.
    ///   - headerByteCount: The size of the records that stand before it.
    ///   - maximum: The size that the file may have; `nil` for no limit.
    init(start: Int, headerByteCount: Int, maximum: Int?) {
        self.start = start
        let room = max(0, (maximum ?? .max) - headerByteCount - RecordFraming.overhead)
        payloadEnd = start > .max - room ? .max : start + room
    }

    /// Whether an event fits; the first always does.
    ///
    /// - Parameters:
    ///   - byteCount: The size of its payload.
    ///   - position: Where it begins.
    /// - Returns: Whether it does.
    @inline(__always)
    func haveRoom(for byteCount: Int, at position: Int) -> Bool {
        byteCount <= payloadEnd - position || position == start
    }

    /// Whether there are events of the file before a position.
    func holdEvents(before position: Int) -> Bool { position > start }

    /// Takes account of bytes that were added to what is recorded before the file's first event.
    mutating func move(by byteCount: Int) {
        start += byteCount
        if payloadEnd < .max - byteCount { payloadEnd += byteCount }
    }
}

/// What the thread that has the log's turn asks of the pending events, and tells them.
extension PendingEvents {
    private static let shortestRetryDelay = Duration.milliseconds(10)
    private static let longestRetryDelay = Duration.seconds(5)
    /// While a caller waits, a failing disk is tried so often within `stallTimeout`.
    private static let awaitedAttempts = 50

    /// What is to be done next.
    enum Plan {
        /// Nothing is in memory: the next event asks for a turn.
        case nothing
        /// Write when there is company.
        case gather
        /// Write after a while, when the disk may work again, or at once.
        case write(after: Duration)
        /// Everything is written, or given up: close the file.
        case end
    }

    /// Whether a turn that begins has something to write.
    mutating func beginTurn() -> Bool {
        isUrgent = false
        return phase != .closed && !isDone
    }

    /// What is to be done next.
    mutating func plan() -> Plan {
        let isFailing = statistics.standingIssue != nil
        switch phase {
        case .closed: return .end
        case .closing where statistics.pendingEvents == 0 || abandonment.map({ $0 < .now }) == true: return .end
        case .closing: return .write(after: isFailing ? retryDelay(isAwaited: true) : .zero)
        case .open: break
        }
        if isDone {
            isIdle = true
            return .nothing
        }
        if isFailing { return .write(after: retryDelay(isAwaited: waiterCount > 0)) }
        return isUrgent ? .write(after: .zero) : .gather
    }

    private func retryDelay(isAwaited: Bool) -> Duration {
        isAwaited
            ? min(retryDelay, max(Self.shortestRetryDelay, options.stallTimeout / Self.awaitedAttempts)) : retryDelay
    }

    /// Lengthens the delay after an attempt that achieved nothing.
    mutating func adaptRetryDelay(hasProgressed: Bool) {
        if hasProgressed || statistics.standingIssue == nil {
            retryDelay = Self.shortestRetryDelay
        } else {
            retryDelay = min(retryDelay * 2, Self.longestRetryDelay)
        }
    }

    /// Hands over what was recorded, in exchange for a buffer that is empty.
    mutating func handOver(_ saving: inout EventLog.Saving) {
        swap(&buffer, &saving.outgoing)
        saving.fileStarts = fileStarts[...]
        fileStarts = []
    }

    /// Counts what has been written.
    mutating func observeSaved(_ outcome: EventFile.Outcome) {
        statistics.savedBytes += outcome.bytes
        statistics.savedEvents += outcome.records
        if outcome.bytes > 0 {
            isStalled = false
            lastProgress = .now
            issues.forget(.diskHangs)
        }
        if phase == .closed {
            // Given up too early.
            statistics.droppedEvents -= outcome.records
            statistics.abandonedEvents -= outcome.records
            statistics.abandonedBytes -= outcome.bytes
        }
        guard outcome.problem == nil else { return }
        observeSuccess()
        if unreportedDropCount > 0, phase == .open, !isFull { appendDropNotice(step: highestStep) }
    }

    /// Observes that writing works.
    mutating func observeSuccess() {
        guard statistics.standingIssue != nil else { return }
        // The next failure is reported again.
        statistics.standingIssue = nil
        issues.forget(.cannotWrite)
        issues.forget(.eventsDropped)
    }

    /// Counts a failed attempt to write.
    mutating func observeFailure(_ problem: Errno) {
        let issue = TensorBoardError.cannotWrite(problem, path: path)
        statistics.failedWrites += 1
        statistics.standingIssue = issue
        issues.add(issue)
    }

    /// Ends the log and gives up the events in memory.
    mutating func giveUp() {
        guard phase != .closed else { return }
        phase = .closed
        statistics.droppedEvents += statistics.pendingEvents
        statistics.abandonedEvents += statistics.pendingEvents
        statistics.abandonedBytes += statistics.pendingBytes
    }
}

extension PendingEvents {
    /// Gives what was encoded for a file that is gone, and is not in it, the descriptions that the new one lacks.
    ///
    /// - Parameter saving: What was handed over; afterwards all that is in memory.
    mutating func moveToReplacement(_ saving: inout EventLog.Saving) {
        let outgoing = saving.outgoing.count - saving.savedBytes
        var starts = saving.fileStarts.map { $0 - saving.savedBytes } + fileStarts.map { $0 + outgoing }
        let byteCount = outgoing + buffer.count
        var moved = RecordBuffer(minimumCapacity: byteCount)
        var described: Set<UTF8Key> = []
        var position = 0
        func move(_ records: UnsafeRawBufferPointer, _ pending: inout PendingEvents) {
            RecordFraming.forEachPayload(in: records) { payload in
                let isForThisFile = position < starts.first ?? byteCount
                position += payload.count + RecordFraming.overhead
                if isForThisFile, let repacked = pending.describe(payload, &described) {
                    repacked.withUnsafeBytes { moved.append($0) }
                } else {
                    moved.append(payload)
                }
            }
        }
        var recorded = RecordBuffer()
        swap(&recorded, &buffer)
        saving.outgoing.withUnsafeBytes {
            move(UnsafeRawBufferPointer(rebasing: $0[saving.savedBytes...]), &self)
        }
        recorded.withUnsafeBytes { move($0, &self) }

        let added = moved.count - byteCount
        statistics.recordedBytes += added
        if starts.isEmpty {
            tags.beginFile(describing: described)
            fileBounds = FileBounds(
                start: statistics.savedBytes,
                headerByteCount: Int(saving.files.file.length),
                maximum: options.maximumFileSize
            )
        } else {
            fileBounds.move(by: added)
            for index in starts.indices { starts[index] += added }
        }
        swap(&moved, &saving.outgoing)
        saving.savedBytes = 0
        saving.savedRecords = 0
        saving.fileStarts = starts[...]
        fileStarts = []
    }

    /// Packs an event anew with the descriptions of tags that had none in the file so far.
    private mutating func describe(_ payload: UnsafeRawBufferPointer, _ described: inout Set<UTF8Key>) -> [UInt8]? {
        guard tags.hasDescriptions else { return nil }
        return encoder.repack(payload) { tag in
            guard let metadata = tags.describedMetadata(of: tag), described.insert(UTF8Key(tag)).inserted else {
                return nil
            }
            return metadata
        }
    }
}
