import EventFiles
import Platform
import Synchronization

/// The threads that write what logs have recorded, shared by all logs of the process.
///
/// A log that has something to write is scheduled; when the time has come, a thread gives it a turn. One thread, the
/// leader, waits for the next turn that is due. Before it gives the turn it makes another thread the leader, which gives
/// the turns that wait if this one takes longer than ``patience``: so a disk that hangs or a slow `onIssue` delays no log
/// but its own. Threads are started as they are needed and end when they have had nothing to do for a while.
final class DrainPool: Sendable {
    /// How long the turns that are due wait for a thread that gives one.
    private static let patience = Duration.milliseconds(2)
    /// A thread that was not needed for so long ends, unless it is the leader.
    private static let idleTime = Duration.seconds(2)
    /// What is to wait for company waits for a whole number of quarters of its time, so that the turns of many logs are
    /// due together and one thread wakes up for all.
    private static let slotsPerDelay = 4

    /// A log that is to have a turn.
    private struct ScheduledTurn {
        let log: EventLog
        let due: ContinuousClock.Instant
    }

    /// A turn that a log has.
    private struct Turn {
        let log: EventLog
        let start: ContinuousClock.Instant
        /// When the log asked for its next one meanwhile.
        var next: ContinuousClock.Instant?
        /// Whether it was reported that the turn takes too long.
        var isHangReported = false
    }

    private struct State {
        /// The turns to come, at most one a log.
        var scheduled: [ObjectIdentifier: ScheduledTurn] = [:]
        /// When they are due; also of turns that were put forward since.
        var dueTimes = EarliestFirst()
        var turns: [ObjectIdentifier: Turn] = [:]
        /// When a thread last gave a turn.
        var lastTurnStart = ContinuousClock.now
        /// Until when the leader waits; `nil` for no limit.
        var leaderDeadline: ContinuousClock.Instant?
        /// Whether a thread is to become the leader.
        var isLeaderWanted = true
        var hasThreads = false
        var parkedCount = 0

        mutating func schedule(_ log: EventLog, at due: ContinuousClock.Instant) {
            let id = ObjectIdentifier(log)
            if let turn = turns[id] {
                turns[id]?.next = min(turn.next ?? due, due)
            } else if scheduled[id].map({ due < $0.due }) ?? true {
                scheduled[id] = ScheduledTurn(log: log, due: due)
                dueTimes.insert(id, due)
            }
        }

        /// Begins the next turn that is due.
        mutating func beginTurn(_ now: ContinuousClock.Instant) -> EventLog? {
            while let (id, due) = dueTimes.first, due <= now {
                dueTimes.removeFirst()
                // The turn may have been put forward, and given.
                guard let turn = scheduled[id], turn.due == due else { continue }
                scheduled[id] = nil
                turns[id] = Turn(log: turn.log, start: now)
                lastTurnStart = now
                return turn.log
            }
            return nil
        }

        mutating func endTurn(_ log: EventLog, _ next: ContinuousClock.Instant?) {
            let turn = turns.removeValue(forKey: ObjectIdentifier(log))
            if let due = [turn?.next, next].compactMap(\.self).min() { schedule(log, at: due) }
        }

        /// Whether the leader waits for longer than the first turn does.
        var leaderIsLate: Bool {
            guard let (_, due) = dueTimes.first else { return false }
            return leaderDeadline.map { due < $0 } ?? true
        }
    }

    // Callers ask for turns as often as threads give them; the standard library's lock would be handed back and forth.
    private let state = BargingLock(State())
    private let firstSlot = ContinuousClock.now
    /// Something for the leader.
    private let leaderSignal = WakeUpSignal()
    /// Something for a thread that has nothing to do.
    private let parkingSignal = WakeUpSignal()

    private static let current = Mutex<(process: pid_t, pool: DrainPool)>((getpid(), DrainPool()))

    /// The pool of this process; a forked child has its own, since threads are not inherited.
    static var shared: DrainPool {
        current.withLock { current in
            if current.process != getpid() { current = (getpid(), DrainPool()) }
            return current.pool
        }
    }

    /// Starts the first thread.
    ///
    /// - Returns: 0, or the number of the error for which no thread could be started.
    func start() -> CInt {
        let isFirst = state.withLock { state in
            defer { state.hasThreads = true }
            return !state.hasThreads
        }
        guard isFirst else { return 0 }
        let problem = BackgroundThread.start { [self] in park() }
        if problem != 0 { state.withLock { $0.hasThreads = false } }
        return problem
    }

    /// When something that may wait for company is due: after at most `delay`, together with others.
    func slot(after delay: Duration) -> ContinuousClock.Instant {
        let due = ContinuousClock.now + delay
        let slot = delay.nanoseconds / Int64(Self.slotsPerDelay)
        return slot > 0 ? due - .nanoseconds((due - firstSlot).nanoseconds % slot) : due
    }

    /// Gives a log a turn at a time, or at once when its present turn is over and the time has come.
    ///
    /// An earlier time takes the place of a later one.
    func schedule(_ log: EventLog, at due: ContinuousClock.Instant) {
        let wakesLeader = state.withLock { state in
            state.schedule(log, at: due)
            return state.leaderIsLate
        }
        if wakesLeader { leaderSignal.signal() }
    }
}

// MARK: - Threads

extension DrainPool {
    /// What the leader does next.
    private enum Step {
        case wait(until: ContinuousClock.Instant?)
        /// Give a turn; another thread is to lead, and has to be started if none is parked.
        case giveTurn(EventLog, startsThread: Bool)
        /// Report that the turn of a log takes too long, as `giveTurn`.
        case reportHang(EventLog, startsThread: Bool)
    }

    /// Waits until a leader is wanted.
    private func park() {
        state.withLock { $0.parkedCount += 1 }
        while true {
            let seen = parkingSignal.current
            let leads = state.withLock { state in
                guard state.isLeaderWanted else { return false }
                state.isLeaderWanted = false
                state.parkedCount -= 1
                return true
            }
            if leads {
                lead()
                state.withLock { $0.parkedCount += 1 }
                continue
            }
            if parkingSignal.wait(beyond: seen, timeout: Self.idleTime) { continue }
            let ends = state.withLock { state in
                guard !state.isLeaderWanted else { return false }
                state.parkedCount -= 1
                return true
            }
            if ends { return }
        }
    }

    /// Waits for turns that are due; ends when another thread leads.
    private func lead() {
        while true {
            let seen = leaderSignal.current
            switch state.withLock({ nextStep(&$0) }) {
            case .wait(let deadline):
                leaderSignal.wait(beyond: seen, timeout: deadline.map { max(.zero, $0 - .now) })
            case .giveTurn(let log, let startsThread):
                handOver(startsThread)
                giveTurns(beginningWith: log)
                return
            case .reportHang(let log, let startsThread):
                handOver(startsThread)
                log.reportHang()
                return
            }
        }
    }

    private func nextStep(_ state: inout State) -> Step {
        let now = ContinuousClock.now
        var hang: (id: ObjectIdentifier, time: ContinuousClock.Instant)?
        for (id, turn) in state.turns where !turn.isHangReported {
            let time = turn.start + turn.log.options.stallTimeout
            if hang.map({ time < $0.time }) ?? true { hang = (id, time) }
        }
        if let hang, hang.time <= now, let log = state.turns[hang.id]?.log {
            state.turns[hang.id]?.isHangReported = true
            return .reportHang(log, startsThread: passLead(&state))
        }
        // The thread that gives turns takes those that are due meanwhile, unless it is held up.
        let earliest = state.turns.isEmpty ? now : state.lastTurnStart + Self.patience
        if earliest <= now, let log = state.beginTurn(now) {
            return .giveTurn(log, startsThread: passLead(&state))
        }
        let due = state.dueTimes.first.map { state.turns.isEmpty ? $0.due : max($0.due, earliest) }
        state.leaderDeadline = [due, hang?.time].compactMap(\.self).min()
        return .wait(until: state.leaderDeadline)
    }

    /// Makes another thread the leader.
    ///
    /// - Returns: Whether one has to be started.
    private func passLead(_ state: inout State) -> Bool {
        state.isLeaderWanted = true
        // Until that thread has looked itself.
        state.leaderDeadline = .now
        return state.parkedCount == 0
    }

    private func handOver(_ startsThread: Bool) {
        // If none can be started, this one leads again after its turns.
        if startsThread { _ = BackgroundThread.start { [self] in park() } } else { parkingSignal.signal() }
    }

    /// Gives turns as long as any are due.
    private func giveTurns(beginningWith first: EventLog) {
        var log = first
        while true {
            let next = log.takeTurn()
            let (following, wakesLeader) = state.withLock { state -> (EventLog?, Bool) in
                state.endTurn(log, next)
                let following = state.beginTurn(.now)
                return (following, following == nil && state.leaderIsLate)
            }
            if wakesLeader { leaderSignal.signal() }
            guard let following else { return }
            log = following
        }
    }
}

/// Times with what they belong to, of which the earliest is known (a binary heap).
private struct EarliestFirst {
    private var elements: [(id: ObjectIdentifier, due: ContinuousClock.Instant)] = []

    var first: (id: ObjectIdentifier, due: ContinuousClock.Instant)? { elements.first }

    mutating func insert(_ id: ObjectIdentifier, _ due: ContinuousClock.Instant) {
        elements.append((id, due))
        var child = elements.count - 1
        while child > 0, elements[child].due < elements[(child - 1) / 2].due {
            elements.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    mutating func removeFirst() {
        elements.swapAt(0, elements.count - 1)
        elements.removeLast()
        var parent = 0
        while true {
            var smallest = parent
            for child in [2 * parent + 1, 2 * parent + 2]
            where child < elements.count && elements[child].due < elements[smallest].due {
                smallest = child
            }
            if smallest == parent { return }
            elements.swapAt(parent, smallest)
            parent = smallest
        }
    }
}

extension Duration {
    /// The duration in whole nanoseconds; the largest number for a very long one.
    fileprivate var nanoseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds < 1 << 32 ? seconds * 1_000_000_000 + attoseconds / 1_000_000_000 : .max
    }
}
