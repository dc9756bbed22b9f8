import EventCoding
import Summaries
import Synchronization

extension EventLog {
    /// The most bytes that a protobuf message may have.
    private static let largestEvent = Int(Int32.max)

    /// Records the values of one step as one event.
    func record(_ summaries: [SummaryValue], step: Int) {
        record { recording, time, issues in
            recording.beginEvent(step: step, wallTime: time)
            _ = append(summaries, step, time, &recording, &issues)
        }
    }

    /// Records one scalar as one event.
    func record(_ tag: String, _ value: Float, step: Int) {
        record(value, step: step) { $0.place(of: tag) }
    }

    /// Records one scalar as one event, its tag being known by its place in the registry.
    func record(at place: Int, _ value: Float, step: Int) {
        record(value, step: step) { _ in place }
    }

    /// Records one scalar as one event.
    ///
    /// Nearly all scalars take the short way; the long one is for those that have to wait, to say something, to be
    /// packed anew, or to be written at once.
    @inline(__always)
    private func record(_ value: Float, step: Int, at place: (inout TagRegistry) -> Int) {
        let time = options.clock()
        let wakesDrain: Bool? = recording.withLock { recording in
            guard options.durability != .everyEvent, recording.isReady(options) else { return nil }
            let place = place(&recording.registry)
            return recording.appendKnownScalar(value, at: place, step: step, wallTime: time)
        }
        if let wakesDrain {
            if wakesDrain { work.advance() }
            return
        }
        record(at: time) { recording, time, issues in
            let place = place(&recording.registry)
            recording.beginEvent(step: step, wallTime: time)
            _ = append([.scalar(recording.registry.entries[place].tag, value)], step, time, &recording, &issues)
            recording.keepTemplate(at: place, step: step)
        }
    }

    /// Records a graph.
    func record(_ graph: GraphDefinition) {
        let problem = graph.problem
        let graph = graph.withoutLargeAttributes
        record { recording, time, issues in
            if let problem {
                recording.statistics.refusedValues += 1
                return issues.append(.invalidGraph(problem, path: recording.path))
            }
            let step = recording.nextStep(for: .graph(graph))
            let event = Event(wallTime: time, step: step, what: .graph(graph))
            _ = append(recording.encoder.prepare(event), step, &recording, &issues)
        }
    }

    /// Builds the event of one step.
    ///
    /// - Returns: The size of the packed event.
    private func prepare(
        _ summaries: [SummaryValue],
        _ step: Int,
        _ time: Double,
        _ recording: inout EventRecording,
        _ issues: inout [TensorBoardError]
    ) -> Int {
        recording.encoder.beginSummary()
        for summary in summaries {
            add(summary, step, &recording, &issues)
            if case .histogram(let histogram) = summary.payload, histogram.nonFiniteCount > 0 {
                let count = SummaryValue.scalar("\(summary.tag)/non_finite", Float(histogram.nonFiniteCount))
                add(count, step, &recording, &issues)
            }
        }
        return recording.encoder.prepareSummary(step: step, wallTime: time)
    }

    /// Records what the nodes of the graph took in one run.
    func record(_ tag: String, _ metadata: RunMetadata, step: Int) {
        let problem = tag.isEmpty ? "it needs a tag, for example step\(step)" : metadata.problem
        record { recording, time, issues in
            recording.beginEvent(step: step, wallTime: time)
            if let problem {
                recording.statistics.refusedValues += 1
                return issues.append(.invalidSummary(problem, tag: tag, step: step, path: recording.path))
            }
            let dashboard = SummaryValue.runMetadataDashboard
            if case .conflict(let other) = recording.registry.admit(tag, dashboard: dashboard) {
                recording.statistics.refusedValues += 1
                return issues.append(
                    .tagConflict(tag, step: step, refused: dashboard, holds: other, path: recording.path)
                )
            }
            let event = Event(wallTime: time, step: step, what: .runMetadata(tag: tag, metadata))
            if !append(recording.encoder.prepare(event), step, &recording, &issues) { recording.registry.withdraw(tag) }
        }
    }

    /// Appends a value that belongs to the whole run, unless its tag is taken.
    ///
    /// - Parameters:
    ///   - summary: The value.
    ///   - time: Its time stamp.
    ///   - recording: Where to append it.
    ///   - issues: Gets the reason if it is refused.
    ///   - takeStep: Gives the step.
    /// - Returns: `false` if it is refused.
    func append(
        _ summary: SummaryValue,
        _ time: Double,
        _ recording: inout EventRecording,
        _ issues: inout [TensorBoardError],
        at takeStep: (inout EventRecording, Event.What) -> Int
    ) -> Bool {
        if case .conflict(let dashboard) = recording.registry.admit(summary) {
            recording.statistics.refusedValues += 1
            let step = recording.highestStep
            issues.append(
                .tagConflict(
                    summary.tag,
                    step: step,
                    refused: summary.dashboard,
                    holds: dashboard,
                    path: recording.path
                )
            )
            return false
        }
        let step = takeStep(&recording, .summary([summary]))
        let event = Event(wallTime: time, step: step, what: .summary([summary]))
        return append(recording.encoder.prepare(event), step, &recording, &issues)
    }

    /// Keeps a title and a description for a tag.
    func describe(_ tag: String, displayName: String, description: String) {
        let issue = recording.withLock { recording -> TensorBoardError? in
            let isInTime = recording.registry.describe(tag, displayName: displayName, description: description)
            guard !isInTime else { return nil }
            let issue = TensorBoardError.describedTooLate(tag, path: recording.path)
            return recording.isNews(issue) ? issue : nil
        }
        if let issue { options.onIssue(issue) }
    }

    /// Whether the log is open for what does not go into the event file; counts it as dropped if not.
    func admitsFiles() -> Bool {
        recording.withLock { recording in
            if recording.phase == .open { return true }
            recording.statistics.droppedEvents += 1
            return false
        }
    }

    /// Tells of a problem with what does not go into the event file.
    func report(_ issue: TensorBoardError) {
        if recording.withLock({ $0.isNews(issue) }) { options.onIssue(issue) }
    }

    /// Adds a value to the event, unless its tag is taken.
    private func add(
        _ summary: SummaryValue,
        _ step: Int,
        _ recording: inout EventRecording,
        _ issues: inout [TensorBoardError]
    ) {
        if let refusal = summary.refusal {
            recording.statistics.refusedValues += 1
            return issues.append(.invalidSummary(refusal, tag: summary.tag, step: step, path: recording.path))
        }
        switch recording.registry.admit(summary) {
        case .first:
            recording.encoder.add(summary, metadata: recording.registry.metadata(of: summary.tag))
        case .known:
            recording.encoder.add(summary, metadata: nil)
        case .conflict(let dashboard):
            recording.statistics.refusedValues += 1
            issues.append(
                .tagConflict(
                    summary.tag,
                    step: step,
                    refused: summary.dashboard,
                    holds: dashboard,
                    path: recording.path
                )
            )
        }
    }

    /// Appends the values of one step as one event.
    ///
    /// - Returns: `false` if all are refused.
    private func append(
        _ summaries: [SummaryValue],
        _ step: Int,
        _ time: Double,
        _ recording: inout EventRecording,
        _ issues: inout [TensorBoardError]
    ) -> Bool {
        var byteCount = prepare(summaries, step, time, &recording, &issues)
        guard recording.encoder.valueCount > 0 else { return false }
        if byteCount <= Self.largestEvent, recording.makeRoom(byteCount) {
            // Now with the metadata that the new file lacks. What is refused was told already.
            var toldIssues: [TensorBoardError] = []
            let refusedValues = recording.statistics.refusedValues
            byteCount = prepare(summaries, step, time, &recording, &toldIssues)
            recording.statistics.refusedValues = refusedValues
        }
        guard append(byteCount, step, &recording, &issues) else {
            // The metadata went with the event: the next value needs it again.
            for summary in summaries { recording.registry.withdraw(summary.tag) }
            return false
        }
        return true
    }

    /// Appends the prepared event.
    ///
    /// - Returns: `false` if it is larger than a protobuf reader could take.
    private func append(
        _ byteCount: Int,
        _ step: Int,
        _ recording: inout EventRecording,
        _ issues: inout [TensorBoardError]
    ) -> Bool {
        guard byteCount <= Self.largestEvent else {
            recording.statistics.refusedValues += max(1, recording.encoder.valueCount)
            issues.append(.summaryTooLarge(byteCount, step: step, path: recording.path))
            return false
        }
        recording.appendPrepared(byteCount)
        return true
    }
}

extension EventLog {
    typealias Body = (inout EventRecording, _ time: Double, _ issues: inout [TensorBoardError]) -> Void

    /// Runs `body` with the locked recording and a time stamp, then sees to it that the event is saved.
    ///
    /// Blocks only while the buffer is full, and for no longer than `stallTimeout` without progress; with `.everyEvent`
    /// until the event is in the file, with the same limit.
    func record(at clockTime: Double? = nil, _ body: Body) {
        let time = clockTime ?? options.clock()
        if record(at: time, mayWait: true, body) { return }
        if !wait(until: { !$0.isFull(options) || $0.phase != .open }) {
            recording.withLock { $0.isStalled = true }
        }
        _ = record(at: time, mayWait: false, body)
    }

    /// Records an event or drops it.
    ///
    /// - Returns: `false` if the buffer is full and the event should wait.
    private func record(at time: Double, mayWait: Bool, _ body: Body) -> Bool {
        var issues: [TensorBoardError] = []
        var wakesDrain = false
        var recordedEvents = 0
        let isDone = recording.withLock { recording in
            guard recording.phase == .open else {
                recording.statistics.droppedEvents += 1
                return true
            }
            if recording.isFull(options) {
                if mayWait, !recording.isStalled, !isDrain { return false }
                recording.statistics.droppedEvents += 1
                recording.untoldDrops += 1
                issues.append(.eventsDropped(options, path: recording.path))
            } else {
                if time.isFinite {
                    recording.lastWallTime = time
                } else {
                    issues.append(.invalidWallTime(time, replacement: recording.lastWallTime, path: recording.path))
                }
                body(&recording, recording.lastWallTime, &issues)
                if options.durability == .everyEvent {
                    recordedEvents = recording.statistics.recordedEvents
                } else {
                    wakesDrain = recording.wakesDrain()
                }
            }
            if !issues.isEmpty { issues.removeAll { !recording.isNews($0) } }
            return true
        }
        if wakesDrain { work.advance() }
        if recordedEvents > 0 { save(upTo: recordedEvents) }
        for issue in issues { options.onIssue(issue) }
        return isDone
    }

    /// Writes on the caller's thread, unless writing fails at present: then the drain tries again.
    private func save(upTo event: Int) {
        guard isInItsProcess else { return }
        let isSaved = wait { recording in
            if recording.statistics.savedEvents >= event || recording.statistics.standingIssue != nil { return true }
            return recording.phase == .closed
        } orElse: {
            // Whoever has the file writes for all.
            if let round = saving.withLockIfAvailable({ save(&$0) }) { finish(round) }
        }
        let wakesDrain = recording.withLock { recording in
            recording.statistics.savedEvents < event && recording.wakesDrain()
        }
        if !isSaved || wakesDrain { work.advance() }
    }

    /// Waits for the drain, as long as it gets on.
    ///
    /// - Parameters:
    ///   - start: When the wait began.
    ///   - isOver: Looks whether the wait is over.
    ///   - help: Done before each wait.
    /// - Returns: `false` if nothing was written for `stallTimeout`.
    func wait(
        since start: ContinuousClock.Instant = .now,
        until isOver: (borrowing EventRecording) -> Bool,
        orElse help: () -> Void = {}
    ) -> Bool {
        while true {
            let seen = progress.current
            let (isOver, lastProgress) = recording.withLock { (isOver($0), $0.lastProgress) }
            if isOver { return true }
            let remaining = max(start, lastProgress) + options.stallTimeout - .now
            guard remaining > .zero else { return false }
            help()
            progress.wait(beyond: seen, timeout: remaining)
        }
    }
}
