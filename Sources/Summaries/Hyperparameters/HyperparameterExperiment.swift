/// What the HParams dashboard is to show of several runs: which columns, and under which names.
///
/// Without one TensorBoard finds the columns by itself, which is best for most: every hyperparameter and every scalar of
/// the runs. With one it shows what is listed here **and nothing else**.
///
/// ```swift
/// let experiment = HyperparameterExperiment(
///     hyperparameters: [.init("learning_rate", displayName: "Learning rate", domain: .interval(0...1))],
///     metrics: [.init("cost", displayName: "Cost"), .init("accuracy")]
/// )
/// try experiment.write(to: "logs/xor_logs")   // the parent of the runs
/// ```
public struct HyperparameterExperiment: Sendable, Hashable {
    /// The hyperparameters to show; TensorBoard sorts them by name.
    public var hyperparameters: [Hyperparameter]
    /// The metrics to show.
    public var metrics: [Metric]
    /// What the experiment is about, in Markdown.
    public var summary: String

    /// Creates an experiment.
    ///
    /// - Parameters:
    ///   - hyperparameters: The hyperparameters to show; those that are not listed have no column.
    ///   - metrics: The metrics to show; those that are not listed have no column.
    ///   - summary: What the experiment is about, in Markdown.
    public init(hyperparameters: [Hyperparameter], metrics: [Metric], summary: String = "") {
        self.hyperparameters = hyperparameters
        self.metrics = metrics
        self.summary = summary
    }
}

extension HyperparameterExperiment {
    /// A hyperparameter that the HParams dashboard is to show.
    public struct Hyperparameter: Sendable, Hashable {
        /// The values that a hyperparameter may have; the dashboard filters by them.
        public enum Domain: Sendable, Hashable {
            /// Any text.
            case text
            /// Any number.
            case number
            /// True or false.
            case bool
            /// One of these texts.
            case oneOf([String])
            /// One of these numbers.
            case numbers([Double])
            /// A number between two others.
            case interval(ClosedRange<Double>)
        }

        /// The key under which the runs log it.
        public var name: String
        /// The title of the column; the name if empty.
        public var displayName: String
        /// What it means.
        public var summary: String
        /// The values that it may have.
        public var domain: Domain

        /// Creates a hyperparameter.
        ///
        /// - Parameters:
        ///   - name: The key under which the runs log it.
        ///   - displayName: The title of the column; the name if empty.
        ///   - summary: What it means.
        ///   - domain: The values that it may have.
        public init(_ name: String, displayName: String = "", summary: String = "", domain: Domain) {
            self.name = name
            self.displayName = displayName
            self.summary = summary
            self.domain = domain
        }
    }

    /// A scalar whose last value the HParams dashboard is to show for every run.
    public struct Metric: Sendable, Hashable {
        /// The tag of the scalar.
        public var tag: String
        /// The subdirectory of the run that has the scalar, for example `validation`; empty for the run itself.
        public var group: String
        /// The title of the column; the tag if empty.
        public var displayName: String
        /// What it means.
        public var summary: String

        /// Creates a metric.
        ///
        /// - Parameters:
        ///   - tag: The tag of the scalar.
        ///   - group: The subdirectory of the run that has the scalar; empty for the run itself.
        ///   - displayName: The title of the column; the tag if empty.
        ///   - summary: What it means.
        public init(_ tag: String, group: String = "", displayName: String = "", summary: String = "") {
            self.tag = tag
            self.group = group
            self.displayName = displayName
            self.summary = summary
        }
    }
}
