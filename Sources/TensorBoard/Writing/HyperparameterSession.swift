import EventCoding
import Summaries

/// The hyperparameters of a run and the group that it belongs to.
struct HyperparameterSession: Equatable {
    var values: [String: HyperparameterValue]
    let group: String
}

extension EventRecording {
    /// The largest step that the HParams dashboard can read.
    static let largestHyperparameterStep = Int(Int32.max)

    /// Reports, once, a step that the HParams dashboard cannot read.
    ///
    /// The drain tells: the callers of this have no way to.
    mutating func reportLargeStep(_ step: Int) {
        untoldIssues.append(.stepTooLarge(step, path: path))
        stepLimit = .max
    }

    /// Puts what a run with hyperparameters has come to into the buffer, as the last event.
    ///
    /// Its step is behind all others, so that resuming the run at any of them takes it back.
    mutating func endSession(_ outcome: SummaryWriter.Outcome, wallTime: Double) {
        if wallTime.isFinite { lastWallTime = wallTime }
        let summary = SummaryValue.sessionEnd(outcome, time: lastWallTime)
        if case .conflict = registry.admit(summary) { return }
        let step = highestStep == .max ? .max : highestStep + 1
        append(Event(wallTime: lastWallTime, step: step, what: .summary([summary])))
    }
}
