import Summaries
import Synchronization

extension EventLog {
    /// Sees to it that the layout has a chart with these series.
    ///
    /// A layout is written only when it changes: in a training loop that is the first step.
    func recordChart(_ tag: String, _ values: [String: Float]) {
        guard !values.isEmpty, !recording.withLock({ $0.charts.has(tag, values.keys) }) else { return }
        record { recording, time, issues in
            guard recording.charts.extend(tag, with: values.keys) else {
                return issues.append(.tooManySeries(path: recording.path))
            }
            appendLayout(time, &recording, &issues)
        }
    }

    /// Records a layout, together with the charts that there are already.
    func recordLayout(_ layout: ScalarLayout) {
        record { recording, time, issues in
            if let problem = layout.problem {
                recording.statistics.refusedValues += 1
                return issues.append(.invalidLayout(problem, path: recording.path))
            }
            recording.charts.replaceLayout(layout)
            appendLayout(time, &recording, &issues)
        }
    }

    private func appendLayout(
        _ time: Double,
        _ recording: inout EventRecording,
        _ issues: inout [TensorBoardError]
    ) {
        let layout = SummaryValue.scalarLayout(recording.charts.merged)
        _ = append(layout, time, &recording, &issues) { $0.nextStep(for: $1) }
    }
}
