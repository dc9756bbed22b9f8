/// The values of one tag in the log of one rank that wait for the other ranks.
struct RankSeries {
    struct Value {
        let step: Int
        let value: Double
        let wallTime: Double
    }

    /// The numbers of its log and of its tag.
    let rank: Int
    let tag: Int

    // What was seen ahead.

    /// The lowest step.
    private(set) var firstStep = Int.max
    /// When the series grew last.
    var lastGrowth: ContinuousClock.Instant
    private var lastStepAhead = Int.min
    private var countAhead = 0
    /// The steps at which the series went back, and purged its points from there on, as TensorBoard's fast loader has it.
    private var restarts = SessionStarts()

    // What was read.

    private var count = 0
    private var lastRead = Int.min
    private var restartCount = 0
    /// The number of values that an earlier reading has come to.
    private var knownCount = 0
    /// The last step that stays.
    private(set) var lastStep: Int?
    private var values: [Value] = []
    private var firstIndex = 0

    init(rank: Int, tag: Int, at time: ContinuousClock.Instant) {
        self.rank = rank
        self.tag = tag
        lastGrowth = time
    }

    /// Whether everything that was seen ahead was read.
    var isAtEnd: Bool { count == countAhead }
    /// The number of values that wait.
    var waitingCount: Int { values.count - firstIndex }
    /// The first value that waits.
    var first: Value? { firstIndex < values.count ? values[firstIndex] : nil }

    /// Observes a step ahead of the reading.
    ///
    /// - Returns: Whether the aggregate may have to go back: the series begins with it, or goes back itself.
    mutating func observe(_ step: Int) -> Bool {
        countAhead += 1
        firstStep = min(firstStep, step)
        defer { lastStepAhead = step }
        guard countAhead > 1 else { return true }
        guard step < lastStepAhead else { return false }
        restarts.append(step: step)
        while let last = values.last, waitingCount > 0, last.step >= step { values.removeLast() }
        if let last = lastStep, last >= step { lastStep = step == .min ? nil : step - 1 }
        return true
    }

    /// Takes a value that was read.
    ///
    /// - Parameters:
    ///   - point: The value.
    ///   - limit: The first step that a later attempt at the job purges.
    ///   - writtenStep: The last step of the tag whose aggregate was given out.
    /// - Returns: `false` if the value comes too late for that.
    mutating func append(_ point: RankLog.Point, before limit: Int?, behind writtenStep: Int?) -> Bool {
        count += 1
        if count > 1, point.step < lastRead { restartCount += 1 }
        lastRead = point.step
        if let purged = restarts.lowestStep(since: restartCount), point.step >= purged { return true }
        if let limit, point.step >= limit { return true }
        lastStep = point.step
        if let writtenStep, point.step <= writtenStep { return count <= knownCount }
        if let last = values.last, waitingCount > 0, last.step == point.step { values.removeLast() }
        values.append(Value(step: point.step, value: point.value, wallTime: point.wallTime))
        return true
    }

    /// Removes and returns the first value if it is of a step.
    mutating func takeFirst(at step: Int) -> Value? {
        guard let first, first.step == step else { return nil }
        firstIndex += 1
        // As many are moved as were taken, so that a value is moved once at most.
        if firstIndex * 2 >= values.count {
            values.removeFirst(firstIndex)
            firstIndex = 0
        }
        return first
    }

    /// Begins the reading again.
    mutating func rewind() {
        knownCount = max(knownCount, count)
        (count, lastRead, restartCount, lastStep) = (0, .min, 0, nil)
        values.removeAll(keepingCapacity: true)
        firstIndex = 0
    }
}

/// The series of one tag in the logs of all ranks.
struct AggregatedTag {
    let name: String
    /// Their numbers, in the order of the ranks.
    var series: [Int] = []
    /// The number of their values that wait.
    var waitingCount = 0
    /// Whether nothing can be given out before ranks log more.
    var isHeldUp = false
    /// The first and the last step that were given out.
    private(set) var written: ClosedRange<Int>?
    /// The lowest steps of the attempts at the job after the first.
    private var attempts: [Int: Int] = [:]

    init(name: String) { self.name = name }

    /// The first step that attempts after this one purge; `nil` if there are none.
    func limit(after attempt: Int) -> Int? {
        attempts.isEmpty ? nil : attempts.lazy.filter { $0.key > attempt }.map(\.value).min()
    }

    /// Observes a step of an attempt after the first; returns whether it is the lowest of that attempt so far.
    mutating func observe(_ step: Int, ofAttempt attempt: Int) -> Bool {
        if let lowest = attempts[attempt], lowest <= step { return false }
        attempts[attempt] = step
        return true
    }

    mutating func observeWritten(_ step: Int) { written = (written?.lowerBound ?? step)...step }

    /// Goes back to the beginning; what was given out below a step stays.
    mutating func rewind(to step: Int) {
        waitingCount = 0
        guard let range = written else { return }
        written = range.lowerBound < step ? range.lowerBound...min(range.upperBound, step - 1) : nil
    }
}
