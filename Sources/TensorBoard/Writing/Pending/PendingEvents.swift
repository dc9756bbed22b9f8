import EventCoding
import EventFiles
import Summaries
import SystemPackage
import TFRecord

/// The events of a log that are not in its file yet, with all that is needed to make them: what logging calls touch.
///
/// A call admits its values (a tag keeps its kind), encodes them, frames the event in ``buffer``, and decides which file
/// it goes into. Problems are collected in ``issues``; the log reports them once its lock is free.
struct PendingEvents: ~Copyable {
    enum Phase {
        case open
        /// No more events; what is in memory is being written.
        case closing
        /// The file is closed, or about to be; what is still in memory is given up.
        case closed
    }

    let options: SummaryWriter.Options
    /// The event file that is being written.
    var path: FilePath
    var phase = Phase.open

    /// Records that were not handed over to be written yet.
    var buffer = RecordBuffer()
    /// Where in `buffer` the records of the files that follow begin.
    var fileStarts: [Int] = []
    /// What goes into the file that the next event is for.
    var fileBounds: FileBounds
    /// How many files are to follow the first, by what was recorded.
    private(set) var plannedFiles = 0
    /// How many of them were begun.
    var begunFiles = 0
    var encoder = EventEncoder()

    var tags: TagTable
    /// The charts of the Custom Scalars dashboard.
    var charts = ChartTable()
    /// The hyperparameters of the run, once there are any.
    var hyperparameters: HyperparameterSet?
    /// The step that the next graph or layout gets.
    ///
    /// Of graphs at one step the Python loader shows the first and the fast one the last; of graphs at different steps
    /// both show the last.
    var contentStep: Int
    /// The step of what belongs to the whole run and never changes.
    let firstStep: Int
    /// The largest step so far.
    var highestStep: Int
    /// The step above.
    var nextStep: Int { highestStep == .max ? .max : highestStep + 1 }
    /// The largest step that does not have to be reported.
    var stepLimit = UInt.max

    var statistics = SummaryWriter.Statistics()
    var issues = IssueList()
    var lastWallTime: Double
    /// Whether it was reported that a step of an earlier session is logged again; once for all tags.
    private var hasReportedRepetition = false
    /// Events that were dropped and that the log does not mention yet.
    var unreportedDropCount = 0

    // When and how they are written; see `PendingEvents+Saving`.

    /// Whether a caller waits until something is written, or the buffer is large.
    var isUrgent = false
    /// Whether the log waits for its next event, which then has to ask for a turn.
    var isIdle = true
    /// How many callers wait until something is written.
    var waiterCount = 0
    /// Whether callers have waited in vain for a full buffer to become emptier; they do not wait again until it does.
    var isStalled = false
    /// How long to wait before a failing disk is tried again.
    var retryDelay = Duration.milliseconds(10)
    /// When something was written last.
    var lastProgress = ContinuousClock.now
    /// When what cannot be written is given up, if no caller waits for the end who would.
    var abandonment: ContinuousClock.Instant?

    /// A buffer of this size is written without waiting for company.
    private static let urgentByteCount = 1 << 20

    /// - Parameters:
    ///   - file: The event file.
    ///   - wallTime: The time stamp of its first record.
    ///   - session: How the session goes on with the run.
    ///   - options: The writer's options.
    init(
        _ file: borrowing EventFile,
        wallTime: Double,
        _ session: RunSession,
        _ options: SummaryWriter.Options
    ) {
        self.options = options
        path = file.path
        fileBounds = FileBounds(start: 0, headerByteCount: Int(file.length), maximum: options.maximumFileSize)
        lastWallTime = wallTime
        let earlier = session.earlierEvents
        tags = TagTable(earlier.tags)
        hyperparameters = earlier.hyperparameters.map { HyperparameterSet($0.values, group: $0.group) }
        firstStep = session.firstStep
        highestStep = session.firstStep
        let nextContentStep = earlier.highestContentStep.map { $0 == .max ? .max : $0 + 1 }
        contentStep = max(session.firstStep, nextContentStep ?? session.firstStep)
    }
}

// MARK: - Scalars

extension PendingEvents {
    /// Whether as much is in memory as may be.
    var isFull: Bool { statistics.pendingBytes >= options.bufferLimit }

    /// Whether nothing is left to write.
    var isDone: Bool { statistics.pendingEvents == 0 && begunFiles == plannedFiles }

    /// Whether so many events are written and so many files begun.
    func hasSaved(_ events: Int, _ files: Int) -> Bool { statistics.savedEvents >= events && begunFiles >= files }

    /// Whether an event can go straight into the buffer: there is room, and nothing has to stand before it.
    var isReady: Bool { phase == .open && unreportedDropCount == 0 && !isFull }

    /// Puts the event of one scalar into the buffer if that takes nothing but its tag's template.
    ///
    /// Nearly all scalars take this way. The long one is for those that have to wait, to be reported, or to be packed anew.
    ///
    /// - Parameters:
    ///   - value: The scalar.
    ///   - index: Its tag's index.
    ///   - step: The position on the horizontal axis.
    ///   - wallTime: Seconds since 1970-01-01 UTC.
    /// - Returns: Whether the log needs a turn; `nil` if the event was not taken, because it needs more than that.
    @inline(__always)
    mutating func appendKnownScalar(_ value: Float, at index: Int, step: Int, wallTime: Double) -> TurnRequest? {
        let before = buffer.count
        guard wallTime.isFinite, step.magnitude <= stepLimit,
            let byteCount = tags.entries[index].template?.byteCount,
            fileBounds.haveRoom(for: byteCount, at: statistics.recordedBytes),
            tags.entries[index].append(value, step: step, wallTime: wallTime, to: &buffer)
        else { return nil }
        lastWallTime = wallTime
        if step > highestStep { highestStep = step }
        statistics.recordedEvents += 1
        statistics.recordedBytes += buffer.count - before
        return turnRequest()
    }

    /// Appends the event of one scalar, and keeps its form for those to come.
    mutating func appendScalar(_ value: Float, at index: Int, step: Int) {
        append([.scalar(tags.entries[index].tag, value)], step: step)
        guard tags.entries[index].dashboard == PluginName.scalars else { return }
        tags.entries[index].template = ScalarTemplate(tag: tags.entries[index].tag, step: step, encoder: &encoder)
    }
}

// MARK: - Values of any kind

extension PendingEvents {
    /// Takes the time stamp of the event that is going to be appended.
    mutating func setWallTime(_ wallTime: Double) {
        if wallTime.isFinite {
            lastWallTime = wallTime
        } else {
            issues.add(.invalidWallTime(wallTime, replacement: lastWallTime, path: path))
        }
    }

    /// Appends the values of one step as one event; what belongs to the whole run or the graph gets events of its own.
    ///
    /// - Parameters:
    ///   - values: Any number of values.
    ///   - step: The position on the horizontal axis.
    mutating func append(_ values: [SummaryValue], step: Int) {
        var needsEvent = false
        for value in values {
            if !value.isRunContent {
                needsEvent = true
            } else {
                appendRunContent(value, step: step)
            }
        }
        guard needsEvent else { return }

        if unreportedDropCount > 0 { appendDropNotice(step: step) }
        var byteCount = prepare(values, step: step)
        guard encoder.valueCount > 0 else { return }
        observe(step)
        if byteCount <= EventRecordReader.largestEventByteCount, makeRoom(byteCount), tags.hasDescriptions {
            // Again, with the descriptions that the new file lacks. What is refused was reported already.
            byteCount = prepare(values, step: step, reportsRefusals: false)
        }
        appendPrepared(byteCount, step: step) { pending in
            // The descriptions went with the event: the next values need them again.
            for value in values { pending.tags.restoreDescription(of: value.tag) }
        }
    }

    /// Looks at the step of a value that is going to be written.
    mutating func observe(_ step: Int) {
        highestStep = max(highestStep, step)
        guard step.magnitude > stepLimit else { return }
        issues.add(.stepTooLarge(step, path: path))
        stepLimit = .max
    }

    /// Builds the event of one step.
    ///
    /// - Returns: The size of the packed event.
    private mutating func prepare(_ values: [SummaryValue], step: Int, reportsRefusals: Bool = true) -> Int {
        encoder.beginSummary()
        for value in values where !value.isRunContent {
            encode(value, step: step, reportsRefusals)
            let nonFiniteCount = value.nonFiniteCount
            if nonFiniteCount > 0 {
                let count = SummaryValue.scalar("\(value.tag)/non_finite", Float(nonFiniteCount))
                encode(count, step: step, reportsRefusals)
            }
        }
        return encoder.prepareSummary(step: step, wallTime: lastWallTime)
    }

    /// Adds a value to the event, unless its tag holds another kind of data.
    private mutating func encode(_ value: SummaryValue, step: Int, _ reportsRefusals: Bool) {
        if let reason = value.refusal {
            if reportsRefusals { refuse(.invalidSummary(reason, tag: value.tag, step: step, path: path)) }
            return
        }
        guard let index = admit(value.tag, to: value.dashboard, step: step, reportsRefusals) else { return }
        if reportsRefusals { observe(value, at: index, step: step) }
        encoder.add(value, tags.entries[index].metadata(for: value))
    }

    /// Reports what of an admitted value will not be seen as it was logged.
    private mutating func observe(_ value: SummaryValue, at index: Int, step: Int) {
        if case .roundedScalar(let number) = value.payload {
            issues.add(.scalarRounded(number, tag: value.tag, step: step, path: path))
        }
        guard let hidden = tags.entries[index].observe(step) else { return }
        statistics.repeatedSteps += 1
        if !hidden.isEarlierSession {
            issues.add(.stepsRepeated(value.tag, step: step, after: hidden.step, path: path))
        } else if !hasReportedRepetition {
            hasReportedRepetition = true
            issues.add(.earlierStepsRepeated(value.tag, step: step, path: path))
        }
    }

    /// Says whether data of a dashboard may have a tag.
    ///
    /// - Returns: The tag's index; `nil` if the tag holds another kind of data, which is reported.
    mutating func admit(_ tag: String, to dashboard: String, step: Int, _ reportsRefusals: Bool = true) -> Int? {
        let index = tags.index(of: tag)
        guard let holder = tags.entries[index].dashboard else {
            tags.entries[index].dashboard = dashboard
            if tag.isTooLongForTensorBoard { issues.add(.tagTooLong(tag, step: step, path: path)) }
            return index
        }
        guard holder == dashboard else {
            if reportsRefusals {
                refuse(.tagConflict(tag, step: step, refused: dashboard, holds: holder, path: path))
            }
            return nil
        }
        return index
    }

    /// Counts and reports a value that is not written.
    mutating func refuse(_ issue: TensorBoardError, count: Int = 1) {
        statistics.refusedValues += count
        issues.add(issue)
    }

    /// Writes into the log itself how many events are missing.
    mutating func appendDropNotice(step: Int) {
        let notice = SummaryValue.text(
            Self.dropNoticeTag,
            "\(unreportedDropCount.counted("event")) dropped before this step: the disk took no data, the buffer was full."
        )
        unreportedDropCount = 0
        guard let index = admit(notice.tag, to: notice.dashboard, step: step, false) else { return }
        encoder.beginSummary()
        encoder.add(notice, tags.entries[index].metadata(for: notice))
        appendPrepared(encoder.prepareSummary(step: step, wallTime: lastWallTime), step: step)
    }

    private static let dropNoticeTag = "summary_writer/dropped_events"
}

// MARK: - Framing

extension PendingEvents {
    /// Encodes an event of any kind and puts it into the buffer.
    mutating func append(_ event: Event) {
        appendPrepared(encoder.prepare(event), step: event.step)
    }

    /// Puts the event that the encoder has prepared into the buffer, unless it is larger than a reader could take.
    ///
    /// - Parameters:
    ///   - byteCount: The size of the packed event.
    ///   - step: Its step.
    ///   - withdraw: Called if the event is too large.
    mutating func appendPrepared(
        _ byteCount: Int,
        step: Int,
        orElse withdraw: (inout PendingEvents) -> Void = { _ in }
    ) {
        guard byteCount <= EventRecordReader.largestEventByteCount else {
            refuse(.summaryTooLarge(byteCount, step: step, path: path), count: max(1, encoder.valueCount))
            return withdraw(&self)
        }
        makeRoom(byteCount)
        let before = buffer.count
        buffer.append(byteCount: byteCount) { encoder.pack(into: $0) }
        statistics.recordedEvents += 1
        statistics.recordedBytes += buffer.count - before
    }

    /// Begins another file if the one that the event is for has no room for it.
    ///
    /// - Parameter byteCount: The size of the packed event.
    /// - Returns: Whether another file begins with the event.
    @discardableResult
    private mutating func makeRoom(_ byteCount: Int) -> Bool {
        guard !fileBounds.haveRoom(for: byteCount, at: statistics.recordedBytes) else { return false }
        planFile()
        return true
    }

    /// Lets the next event begin another file, unless it is the first of its file anyway.
    ///
    /// - Returns: Whether another file begins.
    mutating func seal() -> Bool {
        guard fileBounds.holdEvents(before: statistics.recordedBytes) else { return false }
        planFile()
        return true
    }

    private mutating func planFile() {
        fileStarts.append(buffer.count)
        plannedFiles += 1
        // Not the log's own encoder, which holds the event.
        var encoder = EventEncoder()
        let header = encoder.prepare(Event(wallTime: lastWallTime, what: .fileVersion(Event.currentFileVersion)))
        fileBounds = FileBounds(
            start: statistics.recordedBytes,
            headerByteCount: header + RecordFraming.overhead,
            maximum: options.maximumFileSize
        )
        tags.beginFile()
    }

    /// Whether the log needs a turn for what was just appended.
    enum TurnRequest {
        case none
        /// After a while, when there is company.
        case later
        case now
    }

    /// Whether the log needs a turn for what was just appended.
    @inline(__always)
    mutating func turnRequest() -> TurnRequest {
        if buffer.count >= Self.urgentByteCount, !isUrgent {
            isUrgent = true
            isIdle = false
            return .now
        }
        guard isIdle else { return .none }
        isIdle = false
        // The first event after a while finds nothing to wait for but its company.
        lastProgress = max(lastProgress, .now)
        return .later
    }
}
