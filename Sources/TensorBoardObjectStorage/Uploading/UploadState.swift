#if ObjectStorage
import EventFiles
import Platform
import SystemPackage
import TensorBoard

/// What an uploader's thread and its callers share.
struct UploadState: ~Copyable {
    /// What marks the session as that of a living writer.
    var lock: RunLock?
    /// The writer's complete files, the next to be uploaded first.
    private var queue: ArraySlice<SealedFile> = []
    private(set) var statistics = SummaryWriter.Statistics.Upload()
    /// Files of the writer that were received, and those of them that were uploaded or had to be given up.
    private(set) var receivedFiles = 0
    private(set) var settledFiles = 0
    /// When the store took a file last.
    private(set) var lastProgress = ContinuousClock.now
    /// Whether a write was refused because the spool is full; reported by the thread.
    var isFull = false
    private var isFullReported = false
    /// What kind of failure was reported and is not over.
    private var reported: ObjectStoreError.Kind??

    /// Whether no more files come: the thread ends when all are uploaded.
    var isFinishing = false
    /// Whether the thread is to end as soon as it can.
    var isAbandoned = false
    var hasEnded = false
    /// Whether the thread waits for the store, which may take long.
    private(set) var isAsking = false
    /// How many callers have begun to wait; each gets one attempt at once.
    private(set) var urgency = 0
    /// How many callers wait.
    var waiterCount = 0
    /// The last caller whose attempt failed in a way that time does not mend.
    private(set) var refusedUrgency = 0

    init(lock: RunLock) { self.lock = lock }

    /// What the thread does next.
    enum Step {
        case upload(SealedFile)
        case wait
        case end
    }

    /// What the thread does next.
    func nextStep() -> Step {
        if isAbandoned { return .end }
        if let file = queue.first { return .upload(file) }
        return isFinishing ? .end : .wait
    }

    /// Begins an attempt to upload a file.
    ///
    /// - Returns: How many callers have begun to wait; `nil` if the thread is to end.
    mutating func beginAttempt() -> Int? {
        if isAbandoned { return nil }
        isAsking = true
        return urgency
    }

    /// Adds a file of the writer.
    mutating func receive(_ file: SealedFile) {
        queue.append(file)
        receivedFiles += 1
        if file.holdsEvents { addWaiting(1, file.byteCount) }
    }

    /// Counts files that wait; those of an earlier session are not in the queue.
    mutating func addWaiting(_ files: Int, _ bytes: Int) {
        statistics.waitingFiles += files
        statistics.waitingBytes += bytes
        if statistics.waitingBytes == 0 || files < 0 { isFull = false }
    }

    /// Counts a file that is in the spool no more.
    mutating func observeLoss(_ byteCount: Int) {
        isAsking = false
        addWaiting(-1, -byteCount)
    }

    /// Removes the first file of the queue, whatever became of it.
    mutating func settle() {
        queue.removeFirst()
        settledFiles += 1
    }

    /// Counts a file that the store has.
    mutating func observeUpload(_ byteCount: Int) {
        isAsking = false
        addWaiting(-1, -byteCount)
        statistics.uploadedFiles += 1
        statistics.uploadedBytes += byteCount
        statistics.standingIssue = nil
        reported = nil
        isFullReported = false
        lastProgress = .now
    }

    /// Keeps a failure as the standing problem.
    ///
    /// - Parameters:
    ///   - failure: Why the file could not be uploaded.
    ///   - issue: The same for people.
    ///   - urgency: How many callers had begun to wait before the attempt.
    /// - Returns: Whether it is to be reported: its kind was not since uploading worked last.
    mutating func observe(_ failure: UploadFailure, _ issue: TensorBoardError, urgency: Int) -> Bool {
        isAsking = false
        statistics.standingIssue = issue
        if !failure.isTemporary { refusedUrgency = urgency }
        let kind: ObjectStoreError.Kind? = if case .store(let error) = failure { error.kind } else { nil }
        guard reported != .some(kind) else { return false }
        reported = .some(kind)
        return true
    }

    /// Whether it is to be reported now that the spool is full.
    mutating func takeFullness() -> Bool {
        guard isFull, !isFullReported else { return false }
        isFullReported = true
        return true
    }

    /// Asks for an attempt at once.
    ///
    /// - Returns: The number by which the caller knows that its attempt was made.
    mutating func beginWaiting() -> Int {
        urgency += 1
        waiterCount += 1
        return urgency
    }
}
#endif
