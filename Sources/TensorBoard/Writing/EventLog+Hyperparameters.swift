import EventCoding
import Summaries

extension EventLog {
    /// Records the hyperparameters of the run.
    ///
    /// TensorBoard keeps the first that it reads of a run, so the same again is nothing and others are refused.
    func recordHyperparameters(_ values: [String: HyperparameterValue], group: String) {
        record { recording, time, issues in
            var session = HyperparameterSession(values: values, group: group)
            for case (let name, .number(let number)) in values where !number.isFinite {
                issues.append(.notANumber(number, hyperparameter: name, path: recording.path))
                session.values[name] = nil
            }
            if let first = recording.hyperparameters {
                if session != first { issues.append(.hyperparametersChanged(path: recording.path)) }
                return
            }
            let start = SummaryValue.sessionStart(session, time: time)
            guard append(start, time, &recording, &issues, at: { $0.firstStep(for: $1) }) else { return }
            recording.hyperparameters = session
            recording.stepLimit = UInt(EventRecording.largestHyperparameterStep)
            if recording.highestStep.magnitude > recording.stepLimit {
                recording.reportLargeStep(recording.highestStep)
            }
        }
    }

    /// Reports that the hyperparameters could not be encoded.
    func refuseHyperparameters(because error: any Error) {
        record { recording, _, issues in
            recording.statistics.refusedValues += 1
            issues.append(.cannotEncodeHyperparameters(error, path: recording.path))
        }
    }

    /// Records which columns the HParams dashboard shows of several runs.
    func recordExperiment(_ experiment: HyperparameterExperiment) {
        record { recording, time, issues in
            _ = append(.experiment(experiment, time: time), time, &recording, &issues) { $0.firstStep(for: $1) }
        }
    }
}
