import EventCoding
import Summaries

/// What belongs to the whole run or to the graph, not to one step.
extension EventLog {
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
}
