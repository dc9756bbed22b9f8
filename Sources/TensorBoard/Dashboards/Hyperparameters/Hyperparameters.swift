import EventCoding
import Summaries

extension SummaryValue {
    /// What makes a run a row of the HParams dashboard.
    static func sessionStart(_ session: HyperparameterSet, time: Double) -> SummaryValue {
        .hyperparameters(
            ReservedTag.sessionStart,
            PluginContent.sessionStart(session.values, group: session.group, time: time)
        )
    }

    /// What tells the HParams dashboard how a run ended.
    static func sessionEnd(_ outcome: SummaryWriter.Outcome, time: Double) -> SummaryValue {
        .hyperparameters(
            ReservedTag.sessionEnd,
            PluginContent.sessionEnd(isSuccess: outcome == .success, time: time)
        )
    }

    /// What tells the HParams dashboard which columns to show.
    static func experiment(_ experiment: HyperparameterExperiment, time: Double) -> SummaryValue {
        .hyperparameters(ReservedTag.experiment, PluginContent.experiment(experiment, time: time))
    }

    /// The data is in the metadata; the value only has to be there.
    private static func hyperparameters(_ tag: String, _ content: [UInt8]) -> SummaryValue {
        SummaryValue(
            tag: tag,
            payload: .tensor(TensorValue(shape: [0], elements: .float([]))),
            metadata: SummaryMetadata(
                pluginName: PluginName.hyperparameters,
                pluginContent: content,
                dataClass: .tensor
            )
        )
    }
}
