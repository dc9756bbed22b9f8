import CEventProtos
package import Summaries

extension PluginContent {
    /// The content that makes a run a row of the HParams dashboard.
    ///
    /// - Parameters:
    ///   - hyperparameters: The values by name.
    ///   - group: Runs of one group share a row; empty for a row of its own.
    ///   - time: When the session began, in seconds since 1970-01-01 UTC.
    /// - Returns: The packed message.
    package static func sessionStart(
        _ hyperparameters: [String: HyperparameterValue],
        group: String,
        time: Double
    ) -> [UInt8] {
        // Sorted, because the same values should give the same bytes.
        let sorted = hyperparameters.sorted { $0.key < $1.key }
        return MessageArena.packed { arena in
            let start = arena.message(tensorboard__session_start_info__init)
            start.pointee.n_hparams = sorted.count
            start.pointee.hparams = arena.table(sorted) { arena, pair in
                let entry = arena.message(tensorboard__session_start_info__hparam__init)
                entry.pointee.key = arena.bytes(pair.key)
                entry.pointee.value = arena.message(pair.value)
                return entry
            }
            start.pointee.group_name = arena.bytes(group)
            start.pointee.start_time_secs = time
            let message = arena.message(tensorboard__hparams_plugin_data__init)
            message.pointee.session_start_info = start
            message.pointee.data_case = TENSORBOARD__HPARAMS_PLUGIN_DATA__DATA_SESSION_START_INFO
            return message
        }
    }

    /// The content with the outcome of a session.
    ///
    /// - Parameters:
    ///   - isSuccess: Whether the training did what it should.
    ///   - time: When the session ended, in seconds since 1970-01-01 UTC.
    /// - Returns: The packed message.
    package static func sessionEnd(isSuccess: Bool, time: Double) -> [UInt8] {
        MessageArena.packed { arena in
            let end = arena.message(tensorboard__session_end_info__init)
            end.pointee.status =
                isSuccess
                ? TENSORBOARD__SESSION_END_INFO__STATUS__SUCCESS : TENSORBOARD__SESSION_END_INFO__STATUS__FAILURE
            end.pointee.end_time_secs = time
            let message = arena.message(tensorboard__hparams_plugin_data__init)
            message.pointee.session_end_info = end
            message.pointee.data_case = TENSORBOARD__HPARAMS_PLUGIN_DATA__DATA_SESSION_END_INFO
            return message
        }
    }

    /// The content with the columns that the HParams dashboard shows of several runs.
    ///
    /// - Parameters:
    ///   - experiment: The columns.
    ///   - time: When it was made, in seconds since 1970-01-01 UTC.
    /// - Returns: The packed message.
    package static func experiment(_ experiment: HyperparameterExperiment, time: Double) -> [UInt8] {
        MessageArena.packed { arena in
            let content = arena.message(tensorboard__experiment__init)
            content.pointee.description = arena.bytes(experiment.summary)
            content.pointee.time_created_secs = time
            content.pointee.n_hparam_infos = experiment.hyperparameters.count
            content.pointee.hparam_infos = arena.table(experiment.hyperparameters) { $0.message($1) }
            content.pointee.n_metric_infos = experiment.metrics.count
            content.pointee.metric_infos = arena.table(experiment.metrics) { $0.message($1) }
            let message = arena.message(tensorboard__hparams_plugin_data__init)
            message.pointee.experiment = content
            message.pointee.data_case = TENSORBOARD__HPARAMS_PLUGIN_DATA__DATA_EXPERIMENT
            return message
        }
    }
}

extension MessageArena {
    fileprivate mutating func message(
        _ value: HyperparameterValue
    ) -> UnsafeMutablePointer<Tensorboard__HparamValue> {
        let message = message(tensorboard__hparam_value__init)
        switch value {
        case .number(let number):
            message.pointee.number_value = number
            message.pointee.kind_case = TENSORBOARD__HPARAM_VALUE__KIND_NUMBER_VALUE
        case .string(let text):
            message.pointee.string_value = bytes(text)
            message.pointee.kind_case = TENSORBOARD__HPARAM_VALUE__KIND_STRING_VALUE
        case .bool(let truth):
            message.pointee.bool_value = truth ? 1 : 0
            message.pointee.kind_case = TENSORBOARD__HPARAM_VALUE__KIND_BOOL_VALUE
        }
        return message
    }

    fileprivate mutating func message(
        _ hyperparameter: HyperparameterExperiment.Hyperparameter
    ) -> UnsafeMutablePointer<Tensorboard__HparamInfo> {
        let message = message(tensorboard__hparam_info__init)
        message.pointee.name = bytes(hyperparameter.name)
        message.pointee.display_name = bytes(hyperparameter.displayName)
        message.pointee.description = bytes(hyperparameter.summary)
        // TensorBoard hides the columns of hyperparameters that are declared equal in all runs.
        message.pointee.differs = 1
        switch hyperparameter.domain {
        case .text:
            message.pointee.type = TENSORBOARD__HPARAM_INFO__DATA_TYPE__STRING
        case .number:
            message.pointee.type = TENSORBOARD__HPARAM_INFO__DATA_TYPE__FLOAT64
        case .bool:
            message.pointee.type = TENSORBOARD__HPARAM_INFO__DATA_TYPE__BOOL
        case .oneOf(let texts):
            message.pointee.type = TENSORBOARD__HPARAM_INFO__DATA_TYPE__STRING
            setDomain(texts.map(HyperparameterValue.string), of: message)
        case .numbers(let numbers):
            message.pointee.type = TENSORBOARD__HPARAM_INFO__DATA_TYPE__FLOAT64
            setDomain(numbers.map(HyperparameterValue.number), of: message)
        case .interval(let interval):
            message.pointee.type = TENSORBOARD__HPARAM_INFO__DATA_TYPE__FLOAT64
            let domain = self.message(tensorboard__hparam_info__interval__init)
            domain.pointee.min_value = interval.lowerBound
            domain.pointee.max_value = interval.upperBound
            message.pointee.domain_interval = domain
            message.pointee.domain_case = TENSORBOARD__HPARAM_INFO__DOMAIN_DOMAIN_INTERVAL
        }
        return message
    }

    private mutating func setDomain(
        _ values: [HyperparameterValue],
        of info: UnsafeMutablePointer<Tensorboard__HparamInfo>
    ) {
        let domain = message(tensorboard__hparam_info__list_value__init)
        domain.pointee.n_values = values.count
        domain.pointee.values = table(values) { $0.message($1) }
        info.pointee.domain_discrete = domain
        info.pointee.domain_case = TENSORBOARD__HPARAM_INFO__DOMAIN_DOMAIN_DISCRETE
    }

    fileprivate mutating func message(
        _ metric: HyperparameterExperiment.Metric
    ) -> UnsafeMutablePointer<Tensorboard__MetricInfo> {
        let name = message(tensorboard__metric_info__metric_name__init)
        name.pointee.group = bytes(metric.group)
        name.pointee.tag = bytes(metric.tag)
        let message = message(tensorboard__metric_info__init)
        message.pointee.name = name
        message.pointee.display_name = bytes(metric.displayName)
        message.pointee.description = bytes(metric.summary)
        return message
    }
}
