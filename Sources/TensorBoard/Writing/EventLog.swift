import EventFiles
import Platform
import Summaries
import Synchronization
import SystemPackage
import TFRecord

/// The engine of a writer: encodes events into a buffer on the caller's thread, writes the buffer on a thread of the pool.
///
/// Two locks divide the work. `pending` guards what callers touch and is held only to encode, frame and append. `saving`
/// guards the file and is held while the system writes; a logging call never waits for it. The two buffers change places,
/// so nothing is copied. Lock order: `saving` before `pending`.
///
/// ``LiveEventLogs`` keeps the log alive until it is closed; the log does not know its writer, so a writer that is released
/// can close it.
final class EventLog: Sendable {
    let options: SummaryWriter.Options
    let pending: BargingLock<PendingEvents>
    let saving: Mutex<Saving>
    /// Takes the files that are complete.
    let receiver: (any SealedFileReceiver)?
    let pool = DrainPool.shared
    /// Something was written, or failed.
    let progress = WakeUpSignal()
    /// The thread that has the log's turn; 0 for none.
    let turnThread = Atomic<UInt>(0)
    private let process = getpid()

    /// Creates the event file, with the records that begin it.
    ///
    /// - Throws: ``TensorBoardError``; no file is left behind then.
    init(
        _ run: RunOpening,
        options: SummaryWriter.Options,
        operations: FileOperations,
        receiver: (any SealedFileReceiver)? = nil
    ) throws(TensorBoardError) {
        self.receiver = receiver
        let clockTime = options.clock()
        let time = clockTime.isFinite ? clockTime : WallClock.now()
        let files = try EventFileSequence(run, time: time, options: options, operations: operations)
        self.options = options
        pending = BargingLock(PendingEvents(files.file, wallTime: time, run.session, options))
        saving = Mutex(Saving(files: files, lock: run.lock))

        let problem = pool.start()
        guard problem == 0 else {
            saving.withLock { $0.files.remove() }
            throw TensorBoardError(
                .cannotCreate,
                "no thread could be started to write the event file; close writers that are not in use",
                path: path,
                errno: Errno(rawValue: problem)
            )
        }
        for issue in run.issues { options.onIssue(issue) }
    }

    /// The event file that is being written.
    var path: FilePath { pending.withLock { $0.path } }

    /// Whether this is the process that made the log, not one that was forked from it: there the threads are missing, and
    /// the file is the parent's.
    var isInItsProcess: Bool { process == getpid() }

    /// Whether this thread has the log's turn: `onIssue` may call the writer on it, which must not wait for itself.
    var hasTurn: Bool { turnThread.load(ordering: .relaxed) == BackgroundThread.current }

    /// Asks for a turn.
    @inline(__always)
    func ask(for request: PendingEvents.TurnRequest) {
        switch request {
        case .none: break
        case .later: pool.schedule(self, at: pool.slot(after: options.flushInterval))
        case .now: pool.schedule(self, at: .now)
        }
    }
}

// MARK: - Recording

extension EventLog {
    /// Records the values of one step as one event.
    func add(_ event: SummaryEvent) {
        record(at: event.wallTime ?? options.clock()) { $0.append(event.values, step: event.step) }
    }

    /// Records values whose step nobody named as one event.
    func addAtNextStep(_ values: [SummaryValue], wallTime: Double?) {
        record(at: wallTime ?? options.clock()) { pending in
            pending.issues.add(.stepMissing(tag: values.first?.tag ?? "", path: pending.path))
            pending.append(values, step: pending.nextStep)
        }
    }

    /// Records one scalar as one event.
    ///
    /// - Parameters:
    ///   - value: The scalar.
    ///   - step: The position on the horizontal axis.
    ///   - index: Gives the tag's index.
    @inline(__always)
    func addScalar(_ value: Float, step: Int, at index: (inout TagTable) -> Int) {
        let time = options.clock()
        let request: PendingEvents.TurnRequest? = pending.withLock { pending in
            guard options.durability != .everyEvent, pending.isReady else { return nil }
            let index = index(&pending.tags)
            return pending.appendKnownScalar(value, at: index, step: step, wallTime: time)
        }
        if let request { return ask(for: request) }
        record(at: time) { pending in
            pending.appendScalar(value, at: index(&pending.tags), step: step)
        }
    }

    /// Runs `body` with the locked pending events, then sees to it that what it appended is saved.
    ///
    /// Blocks only while the buffer is full, and for no longer than `stallTimeout`; with `.everyEvent` until the event is
    /// in the file, with the same limit.
    ///
    /// - Parameters:
    ///   - time: The time stamp of what is appended.
    ///   - body: Appends.
    func record(at time: Double, _ body: (inout PendingEvents) -> Void) {
        if record(at: time, mayWait: true, body) { return }
        let deadline = ContinuousClock.now + options.stallTimeout
        if !wait(until: { !$0.isFull || $0.phase != .open }, deadline: { _ in deadline }) {
            pending.withLock { $0.isStalled = true }
        }
        _ = record(at: time, mayWait: false, body)
    }

    /// Records an event or drops it.
    ///
    /// - Returns: `false` if the buffer is full and the event should wait.
    private func record(at time: Double, mayWait: Bool, _ body: (inout PendingEvents) -> Void) -> Bool {
        var request = PendingEvents.TurnRequest.none
        var recordedEvents = 0
        let (isDone, issues) = pending.withLock { pending -> (Bool, [TensorBoardError]) in
            if pending.phase != .open {
                pending.statistics.droppedEvents += 1
                pending.issues.add(.closed(path: pending.path))
            } else if pending.isFull {
                if mayWait, !pending.isStalled, !hasTurn { return (false, []) }
                pending.statistics.droppedEvents += 1
                pending.unreportedDropCount += 1
                pending.issues.add(.eventsDropped(options, path: pending.path))
            } else {
                pending.setWallTime(time)
                body(&pending)
                if options.durability == .everyEvent {
                    recordedEvents = pending.statistics.recordedEvents
                } else {
                    request = pending.turnRequest()
                }
            }
            return (true, pending.issues.takePending())
        }
        ask(for: request)
        if recordedEvents > 0 { save(upTo: recordedEvents) }
        for issue in issues { options.onIssue(issue) }
        return isDone
    }

    /// Writes on the caller's thread, unless writing fails at present: then a thread of the pool tries again.
    private func save(upTo event: Int) {
        guard isInItsProcess else { return }
        let isSaved = wait { pending in
            if pending.statistics.savedEvents >= event || pending.statistics.standingIssue != nil { return true }
            return pending.phase == .closed
        } orElse: {
            // The thread that has the file writes for all.
            let round = FileSizeSignal.withoutEndingProgram { saving.withLockIfAvailable { save(&$0) } }
            if let round { finish(round) }
        }
        let request = pending.withLock { pending in
            pending.statistics.savedEvents < event ? pending.turnRequest() : .none
        }
        ask(for: isSaved ? request : .now)
    }

    /// Whether the log is open for what does not go into the event file; counts it as dropped if not.
    func admitsFiles() -> Bool {
        let (isOpen, issues) = pending.withLock { pending -> (Bool, [TensorBoardError]) in
            if pending.phase == .open { return (true, []) }
            pending.statistics.droppedEvents += 1
            pending.issues.add(.closed(path: pending.path))
            return (false, pending.issues.takePending())
        }
        for issue in issues { options.onIssue(issue) }
        return isOpen
    }

    /// Reports a problem with what does not go into the event file.
    func report(_ issue: TensorBoardError) {
        let issues = pending.withLock { pending in
            pending.issues.add(issue)
            return pending.issues.takePending()
        }
        for issue in issues { options.onIssue(issue) }
    }
}
