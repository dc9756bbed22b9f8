#if ObjectStorage
import EventFiles
import Platform
import Synchronization
import SystemPackage
import TensorBoard

/// Brings the complete files of one writer into the store, on a thread of its own.
///
/// First comes what earlier sessions of the same run have left in the spool, then the writer's files in their order, one at
/// a time. While there is nothing to upload the thread sees to it that the file being written is completed in time.
/// Lock order: a log's locks before `state`.
final class Uploader: Sendable {
    struct Options: Sendable {
        var pace = UploadPace()
        /// How long a caller waits for a store that takes nothing.
        var grace = Duration.seconds(30)
        /// As many bytes of complete files in the spool let the writer wait.
        var spoolLimit = 10 << 30
        /// Called for a problem, once until it is over.
        var onIssue: @Sendable (TensorBoardError) -> Void = { _ in }
        /// Called after each step of an upload; for tests.
        var onStep: @Sendable (UploadStep) -> Void = { _ in }
    }

    let options: Options
    let session: SpoolSession
    let state: Mutex<UploadState>
    /// Something for the thread.
    let wakeUp = WakeUpSignal()
    /// Something became of a file, or the thread has ended.
    let progress = WakeUpSignal()
    private let spool: Spool
    private let store: any ObjectStore
    /// Takes care of other runs.
    private let sweep: SpoolSweep
    private let beginning = ContinuousClock.now
    private let thread = Atomic<UInt>(0)

    /// - Parameters:
    ///   - session: The writer's session of the spool.
    ///   - lock: What marks it as taken.
    ///   - spool: The spool.
    ///   - door: Leads to the store.
    ///   - store: The bucket of the run.
    ///   - options: How to upload.
    init(
        _ session: SpoolSession,
        _ lock: RunLock,
        of spool: Spool,
        _ door: StoreDoor,
        to store: any ObjectStore,
        _ options: Options
    ) {
        self.session = session
        self.spool = spool
        self.store = store
        self.options = options
        let pause = options.pace.retryDelays.upperBound
        sweep = SpoolSweep(spool, besides: session, door, pause: pause, onIssue: options.onIssue)
        state = Mutex(UploadState(lock: lock))
    }

    /// Starts the thread.
    ///
    /// - Parameter seal: Completes the file that is being written.
    /// - Returns: 0, or the number of the error for which no thread could be started.
    func start(seal: @escaping @Sendable () -> Void) -> CInt {
        let problem = BackgroundThread.start { [self] in
            thread.store(BackgroundThread.current, ordering: .relaxed)
            run(seal)
            // The system may give the name to another thread.
            thread.store(0, ordering: .relaxed)
        }
        // Nobody is to wait for it.
        if problem != 0 { state.withLock { $0.hasEnded = true } }
        return problem
    }

    /// Whether this thread is the uploader's: `onIssue` may call the writer on it, which must not wait for itself.
    var isOwnThread: Bool { thread.load(ordering: .relaxed) == BackgroundThread.current }

    /// The system's operations, with a disk that is full when the spool is.
    var operations: FileOperations {
        var operations = FileOperations.system
        operations.write = { [self] descriptor, bytes, offset in
            let isFull = state.withLock { state in
                if state.statistics.waitingBytes >= options.spoolLimit { state.isFull = true }
                return state.isFull
            }
            return isFull ? .failure(.diskQuotaExceeded) : FileOperations.system.write(descriptor, bytes, offset)
        }
        return operations
    }
}

// MARK: - The thread

extension Uploader {
    private func run(_ seal: () -> Void) {
        var run = RunUpload(store, session.target.location, onStep: options.onStep)
        recover(&run)
        sweep.start()
        var sealTime = ContinuousClock.now + options.pace.fileAge(after: .zero)
        while true {
            let seen = wakeUp.current
            switch state.withLock({ $0.nextStep() }) {
            case .end: return end()
            case .upload(let sealed): upload(sealed, &run)
            case .wait:
                if ContinuousClock.now >= sealTime {
                    seal()
                    sealTime = .now + options.pace.fileAge(after: .now - beginning)
                }
                wakeUp.wait(beyond: seen, timeout: sealTime - .now)
            }
        }
    }

    private func upload(_ sealed: SealedFile, _ run: inout RunUpload) {
        if !sealed.holdsEvents {
            _ = FileOperations.system.remove(sealed.path)
        } else if let file = SpooledFile(sealed.path), !upload(file, sealed.byteCount, &run) {
            return
        }
        state.withLock { $0.settle() }
        progress.signal()
    }

    /// Uploads a file, as often as it takes.
    ///
    /// - Returns: `false` if the thread is to end before that.
    private func upload(_ file: SpooledFile, _ byteCount: Int, _ run: inout RunUpload) -> Bool {
        var file = file
        var delay = RetryDelay(options.pace.retryDelays)
        var generator = SystemRandomNumberGenerator()
        while true {
            guard let urgency = state.withLock({ $0.beginAttempt() }) else { return false }
            let failure = attempt(&file, &run)
            if let key = run.takenKey { options.onIssue(.nameTaken(key, spool: session.directory)) }
            guard let failure else {
                state.withLock { $0.observeUpload(byteCount) }
                return true
            }
            let issue = TensorBoardError.cannotUpload(failure, spool: session.directory)
            if case .lost = failure {
                state.withLock { $0.observeLoss(byteCount) }
                options.onIssue(issue)
                return true
            }
            let (isNews, isFull, isAwaited) = state.withLock { state in
                (state.observe(failure, issue, urgency: urgency), state.takeFullness(), state.waiterCount > 0)
            }
            if isNews { options.onIssue(issue) }
            if isFull { options.onIssue(.spoolFull(options.spoolLimit, spool: session.directory)) }
            progress.signal()
            let pause = delay.next(isTemporary: failure.isTemporary, using: &generator)
            wait(isAwaited ? min(pause, options.grace / Self.awaitedAttempts) : pause, beyond: urgency)
        }
    }

    /// While a caller waits, a failing store is asked at least so often within the grace.
    private static let awaitedAttempts = 10

    private func attempt(_ file: inout SpooledFile, _ run: inout RunUpload) -> UploadFailure? {
        do throws(UploadFailure) {
            try run.upload(&file)
            return nil
        } catch {
            return error
        }
    }

    /// Waits before the next attempt, unless a caller begins to wait for it.
    private func wait(_ delay: Duration, beyond urgency: Int) {
        let deadline = ContinuousClock.now + delay
        while true {
            let seen = wakeUp.current
            let isUrgent = state.withLock { $0.urgency > urgency || $0.isAbandoned }
            let remaining = deadline - .now
            if isUrgent || remaining <= .zero { return }
            wakeUp.wait(beyond: seen, timeout: remaining)
        }
    }

    private func end() {
        sweep.stop()
        let entries = try? DirectoryEntries(session.directory)
        if entries?.eventFiles.isEmpty == true { session.remove() }
        state.withLock { state in
            state.lock = nil
            state.hasEnded = true
        }
        progress.signal()
    }
}

// MARK: - What earlier sessions have left

extension Uploader {
    /// Uploads what dead sessions of the run have left, and waits for other processes that do.
    private func recover(_ run: inout RunUpload) {
        while !state.withLock({ $0.isAbandoned }) {
            let seen = wakeUp.current
            var othersAreAtWork = false
            do throws(TensorBoardError) {
                for left in try spool.sessions(before: session.number) where left.target == session.target {
                    guard !left.isAlive else { continue }
                    guard let lock = try left.takeForRecovery() else {
                        othersAreAtWork = true
                        break
                    }
                    try recover(left, &run)
                    withExtendedLifetime(lock) {}
                }
            } catch {
                options.onIssue(error)
            }
            guard othersAreAtWork else { return }
            wakeUp.wait(beyond: seen, timeout: options.pace.recoveryPoll)
        }
    }

    private func recover(_ left: SpoolSession, _ run: inout RunUpload) throws(TensorBoardError) {
        let files = try left.leftFiles().map { (file: $0, byteCount: FileStatus($0.path)?.byteCount ?? 0) }
        state.withLock { $0.addWaiting(files.count, files.reduce(0) { $0 + $1.byteCount }) }
        for (file, byteCount) in files {
            guard upload(file, byteCount, &run) else { return }
            progress.signal()
        }
        left.remove()
    }
}
#endif
