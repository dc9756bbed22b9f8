public import Summaries

/// A record of the HParams plugin: the hyperparameters of a run, its outcome, or the columns of several runs.
public enum HyperparameterRecord: Sendable, Hashable {
    /// How a session ended.
    public enum Outcome: Int, Sendable, Hashable {
        /// It does not say.
        case unknown = 0
        /// It did what it should.
        case success = 1
        /// It failed.
        case failure = 2
        /// It has not ended.
        case running = 3
    }

    /// The hyperparameters of the run by name; the group is empty for a row of its own, times are in seconds since
    /// 1970-01-01 UTC.
    case sessionStart([String: HyperparameterValue], group: String, time: Double)
    /// How the run ended, and when in seconds since 1970-01-01 UTC.
    case sessionEnd(Outcome, time: Double)
    /// Which columns the HParams dashboard shows.
    case experiment(HyperparameterExperiment)
}
