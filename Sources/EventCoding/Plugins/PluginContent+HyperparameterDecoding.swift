import CEventProtos
import CProtobufC
import Summaries

extension PluginContent {
    /// What the HParams dashboard keeps about a run or several; `nil` if the bytes are not a valid message.
    package static func decodeHyperparameters(_ bytes: [UInt8]) -> HyperparameterRecord? {
        unpacked(bytes, tensorboard__hparams_plugin_data__unpack) { message in
            switch message.data_case {
            case TENSORBOARD__HPARAMS_PLUGIN_DATA__DATA_SESSION_START_INFO:
                guard let start = message.session_start_info?.pointee else { return nil }
                let pairs = messages(start.hparams, start.n_hparams).compactMap { entry in
                    entry.value.flatMap { value($0.pointee) }.map { (String(entry.key), $0) }
                }
                let values = Dictionary(pairs, uniquingKeysWith: { $1 })
                return .sessionStart(values, group: String(start.group_name), time: start.start_time_secs)
            case TENSORBOARD__HPARAMS_PLUGIN_DATA__DATA_SESSION_END_INFO:
                guard let end = message.session_end_info?.pointee else { return nil }
                let outcome = HyperparameterRecord.Outcome(rawValue: Int(end.status.rawValue))
                return .sessionEnd(outcome ?? .unknown, time: end.end_time_secs)
            case TENSORBOARD__HPARAMS_PLUGIN_DATA__DATA_EXPERIMENT:
                return message.experiment.map { .experiment(experiment($0.pointee)) }
            default:
                return nil
            }
        }
    }

    private static func value(_ message: Tensorboard__HparamValue) -> HyperparameterValue? {
        switch message.kind_case {
        case TENSORBOARD__HPARAM_VALUE__KIND_NUMBER_VALUE: .number(message.number_value)
        case TENSORBOARD__HPARAM_VALUE__KIND_STRING_VALUE: .string(String(message.string_value))
        case TENSORBOARD__HPARAM_VALUE__KIND_BOOL_VALUE: .bool(message.bool_value != 0)
        default: nil
        }
    }

    private static func experiment(_ message: Tensorboard__Experiment) -> HyperparameterExperiment {
        HyperparameterExperiment(
            hyperparameters: messages(message.hparam_infos, message.n_hparam_infos).map { info in
                HyperparameterExperiment.Hyperparameter(
                    String(info.name),
                    displayName: String(info.display_name),
                    summary: String(info.description),
                    domain: domain(info)
                )
            },
            metrics: messages(message.metric_infos, message.n_metric_infos).map { info in
                HyperparameterExperiment.Metric(
                    info.name.map { String($0.pointee.tag) } ?? "",
                    group: info.name.map { String($0.pointee.group) } ?? "",
                    displayName: String(info.display_name),
                    summary: String(info.description)
                )
            },
            summary: String(message.description)
        )
    }

    private static func domain(
        _ info: Tensorboard__HparamInfo
    ) -> HyperparameterExperiment.Hyperparameter.Domain {
        if info.domain_case == TENSORBOARD__HPARAM_INFO__DOMAIN_DOMAIN_INTERVAL,
            let interval = info.domain_interval?.pointee, interval.min_value <= interval.max_value
        {
            return .interval(interval.min_value...interval.max_value)
        }
        var values: [HyperparameterValue] = []
        if info.domain_case == TENSORBOARD__HPARAM_INFO__DOMAIN_DOMAIN_DISCRETE,
            let domain = info.domain_discrete?.pointee
        {
            values = messages(domain.values, domain.n_values).compactMap(value)
        }
        switch info.type {
        case TENSORBOARD__HPARAM_INFO__DATA_TYPE__BOOL:
            return .bool
        case TENSORBOARD__HPARAM_INFO__DATA_TYPE__FLOAT64:
            let numbers = values.compactMap { if case .number(let number) = $0 { number } else { nil } }
            return numbers.isEmpty ? .number : .numbers(numbers)
        default:
            let texts = values.compactMap { if case .string(let text) = $0 { text } else { nil } }
            return texts.isEmpty ? .text : .oneOf(texts)
        }
    }
}
