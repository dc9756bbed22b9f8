import EventCoding
import Summaries

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
    func append(
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
