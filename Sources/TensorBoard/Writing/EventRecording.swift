import EventCoding
import Summaries
import SystemPackage
import TFRecord

/// The part of an event log that callers touch, under its lock: the buffer and what is needed to fill it.
struct EventRecording: ~Copyable {
    enum Phase {
        case open
        /// No more events; what is in memory is being written.
        case closing
        /// The file is closed, or about to be; what is still in memory is given up.
        case closed
    }

    /// What the drain is to do next.
    enum Plan {
        /// Nothing is in memory: wait for something.
        case sleep
        /// Wait for company, then write.
        case gather
        /// Write at once.
        case hurry
        /// Writing failed: wait a while, then try again.
        case retry
        /// Everything is written, or given up.
        case end
    }

    /// The event file that is being written.
    var path: FilePath
    var phase = Phase.open
    /// Records that the drain has not taken yet.
    var buffer = RecordBuffer()
    /// Where in `buffer` the records of the files that follow begin.
    var fileStarts: [Int] = []
    /// What goes into the file that the next event is for.
    var fileBounds: FileBounds
    let maximumFileSize: Int?
    var encoder = EventEncoder()
    var registry = TagRegistry()
    var statistics = SummaryWriter.Statistics()
    var lastWallTime: Double
    /// Whether somebody waits for the drain, or the buffer is large.
    var isUrgent = false
    /// Whether callers have waited in vain for a full buffer to become emptier; they do not wait again until it does.
    var isStalled = false
    /// Events that were dropped and that the log does not tell of yet.
    var untoldDrops = 0
    /// Whether the record is written that says at which step the session begins.
    private var isSessionBegun: Bool
    /// What belongs to the whole run and was recorded before the session's first step was known.
    private var earlyContents: [Event.What] = []
    /// The step that the next graph or layout gets.
    ///
    /// Of graphs at one step the Python loader shows the first and the fast one the last; of graphs at different steps
    /// both show the last.
    private var contentStep: Int
    /// The session's first step; 0 while it is not known.
    private var firstStep: Int
    /// The charts of the Custom Scalars dashboard.
    var charts = ChartRegistry()
    /// The hyperparameters of the run, once there are any.
    var hyperparameters: HyperparameterSession?
    /// The largest step so far.
    private(set) var highestStep: Int
    /// The largest step that does not have to be reported.
    var stepLimit = UInt.max
    /// Whether the drain waits without a time limit, and so must be woken.
    var drainSleeps = false
    var reported: Set<TensorBoardError> = []
    /// Problems of the drain that `onIssue` has not been told of.
    var untoldIssues: [TensorBoardError] = []
    /// When something was written last.
    var lastProgress = ContinuousClock.now
    /// When the drain gives up what it cannot write, if nobody waits for the end who would.
    var abandonment: ContinuousClock.Instant?

    /// A buffer of this size is written without waiting for company.
    private static let urgentByteCount = 1 << 20

    /// - Parameters:
    ///   - file: The event file.
    ///   - wallTime: The time stamp of its first record.
    ///   - sessionStart: The step at which the file says that the session begins; `nil` if it does not say yet.
    ///   - options: The writer's options.
    init(_ file: borrowing EventFile, wallTime: Double, sessionStart: Int?, _ options: SummaryWriter.Options) {
        path = file.path
        maximumFileSize = options.maximumFileSize
        fileBounds = FileBounds(start: 0, headerByteCount: Int(file.length), maximum: maximumFileSize)
        lastWallTime = wallTime
        isSessionBegun = sessionStart != nil
        contentStep = sessionStart ?? 0
        firstStep = sessionStart ?? 0
        highestStep = sessionStart ?? 0
    }
}

extension EventRecording {
    /// Whether as much is in memory as may be.
    func isFull(_ options: SummaryWriter.Options) -> Bool {
        statistics.pendingBytes >= options.bufferLimit
    }

    /// Encodes an event of any kind and puts it into the buffer.
    mutating func append(_ event: Event) {
        appendPrepared(encoder.prepare(event))
    }

    /// Puts the event that the encoder has prepared into the buffer.
    mutating func appendPrepared(_ byteCount: Int) {
        makeRoom(byteCount)
        let before = buffer.count
        buffer.append(byteCount: byteCount) { encoder.pack(into: $0) }
        statistics.recordedEvents += 1
        statistics.recordedBytes += buffer.count - before
    }

    /// Whether an event can go straight into the buffer: there is room, and nothing has to stand before it.
    func isReady(_ options: SummaryWriter.Options) -> Bool {
        phase == .open && isSessionBegun && untoldDrops == 0 && !isFull(options)
    }

    /// Puts the event of one scalar into the buffer if that takes nothing but its tag's template.
    ///
    /// - Parameters:
    ///   - value: The scalar.
    ///   - place: Its tag's place in the registry.
    ///   - step: The position on the horizontal axis.
    ///   - wallTime: Seconds since 1970-01-01 UTC.
    /// - Returns: Whether the drain must be woken; `nil` if the event was not taken, because it needs more than that.
    mutating func appendKnownScalar(_ value: Float, at place: Int, step: Int, wallTime: Double) -> Bool? {
        let before = buffer.count
        guard wallTime.isFinite, step.magnitude <= stepLimit,
            let byteCount = registry.entries[place].template?.byteCount,
            fileBounds.haveRoom(for: byteCount, at: statistics.recordedBytes),
            registry.entries[place].append(value, step: step, wallTime: wallTime, to: &buffer)
        else { return nil }
        lastWallTime = wallTime
        if step > highestStep { highestStep = step }
        statistics.recordedEvents += 1
        statistics.recordedBytes += buffer.count - before
        return wakesDrain()
    }

    /// Keeps the form of a scalar's event, for those to come at steps of as many bytes.
    mutating func keepTemplate(at place: Int, step: Int) {
        guard registry.entries[place].dashboard == SummaryValue.scalarDashboard else { return }
        let tag = registry.entries[place].tag
        registry.entries[place].template = ScalarTemplate(tag: tag, step: step, encoder: &encoder)
    }

    /// Writes what has to stand before the values of a step: where the session begins, and what is missing.
    mutating func beginEvent(step: Int, wallTime: Double) {
        if !isSessionBegun { beginSession(step: step, wallTime: wallTime) }
        if untoldDrops > 0 { tellOfDrops(step: step, wallTime: wallTime) }
        highestStep = max(highestStep, step)
        if step.magnitude > stepLimit { reportLargeStep(step) }
    }

    /// Writes at which step the session begins.
    ///
    /// The Python loader deletes what older files have from that step on, graphs too. So the record must name the first
    /// step, and what came before it for the whole run is repeated behind it.
    private mutating func beginSession(step: Int, wallTime: Double) {
        isSessionBegun = true
        append(Event(wallTime: wallTime, step: step, what: .sessionStart))
        contentStep = step
        firstStep = step
        for content in earlyContents { append(Event(wallTime: wallTime, step: takeContentStep(), what: content)) }
        earlyContents = []
    }

    /// Writes into the log itself how many events it lacks.
    private mutating func tellOfDrops(step: Int, wallTime: Double) {
        let text = "\(untoldDrops) event(s) were dropped before this step: the disk took no data, the buffer was full."
        untoldDrops = 0
        let summary = SummaryValue.text(Self.dropsTag, text)
        if case .conflict = registry.admit(summary) { return }
        append(Event(wallTime: wallTime, step: step, what: .summary([summary])))
    }

    private static let dropsTag = "summary_writer/dropped_events"

    /// The step for what belongs to the whole run and may change, a graph or a layout.
    mutating func nextStep(for content: Event.What) -> Int {
        keepIfEarly(content)
        return takeContentStep()
    }

    /// The step for what belongs to the whole run and never changes.
    ///
    /// Whoever resumes the run at any step but the first leaves it there.
    mutating func firstStep(for content: Event.What) -> Int {
        keepIfEarly(content)
        return firstStep
    }

    private mutating func keepIfEarly(_ content: Event.What) {
        if !isSessionBegun { earlyContents.append(content) }
    }

    private mutating func takeContentStep() -> Int {
        defer { if contentStep < .max { contentStep += 1 } }
        return contentStep
    }

    /// Whether the drain must be woken for what was just appended.
    mutating func wakesDrain() -> Bool {
        if drainSleeps {
            drainSleeps = false
            return true
        }
        guard buffer.count >= Self.urgentByteCount, !isUrgent else { return false }
        isUrgent = true
        return true
    }

    /// Whether a problem has not been reported yet; it counts as reported from now on.
    mutating func isNews(_ issue: TensorBoardError) -> Bool {
        // With the message, which names the step, every occurrence would be another problem.
        reported.insert(TensorBoardError(issue.code, "", tag: issue.tag)).inserted
    }
}
