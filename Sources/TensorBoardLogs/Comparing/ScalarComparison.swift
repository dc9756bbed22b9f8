public import Summaries

/// One scalar in several runs: the last, the best and the mean value of each, and when a run reached a threshold.
///
/// ```swift
/// let runs = try LogDirectory("logs/xor_logs").runs().map { $0.loadScalars(restarts: .fastLoader) }
/// for entry in ScalarComparison(of: "cost", in: runs, reaching: 0.1).entries {
///     print(entry.run.name, entry.bestValue ?? .nan, entry.reachedStep.map(String.init) ?? "never")
/// }
/// ```
public struct ScalarComparison: Sendable {
    /// The scalar of one run.
    public struct Entry: Sendable {
        /// The run.
        public let run: LoggedRun
        /// The points of the scalar, at least one.
        public let series: LoggedSeries<Double>
        /// The hyperparameters of the run; empty if the run logged none.
        public let hyperparameters: [String: HyperparameterValue]
        /// The index of the best value, the first of equal ones; `nil` if all are NaN.
        public let bestIndex: Int?
        /// The index of the first value that is as good as the threshold; `nil` if there is none.
        public let reachedIndex: Int?

        /// The best value; `nil` if all are NaN.
        public var bestValue: Double? { bestIndex.map { series.values[$0] } }

        /// The step of the best value; `nil` if all are NaN.
        public var bestStep: Int? { bestIndex.map { series.steps[$0] } }

        /// The step of the first value that is as good as the threshold; `nil` if there is none.
        public var reachedStep: Int? { reachedIndex.map { series.steps[$0] } }

        /// The time from the first point to another, in seconds.
        public func seconds(to index: Int) -> Double { series.wallTimes[index] - series.wallTimes[0] }
    }

    /// The tag of the scalar.
    public let tag: String
    /// Whether low or high values are better.
    public let goal: SeriesGoal
    /// The value to reach, if any.
    public let threshold: Double?
    /// The runs that have the scalar, in the order given.
    public let entries: [Entry]

    /// Compares a scalar.
    ///
    /// - Parameters:
    ///   - tag: The tag of the scalar.
    ///   - runs: The loaded runs; those without the tag are left out.
    ///   - goal: Whether low or high values are better.
    ///   - threshold: The value to reach, if any.
    public init(
        of tag: String,
        in runs: some Sequence<RunData>,
        goal: SeriesGoal = .lowest,
        reaching threshold: Double? = nil
    ) {
        self.tag = tag
        self.goal = goal
        self.threshold = threshold
        entries = runs.compactMap { data in
            guard let series = data.scalars[tag], !series.isEmpty else { return nil }
            return Entry(
                run: data.run,
                series: series,
                hyperparameters: data.hyperparameters ?? [:],
                bestIndex: series.bestIndex(goal),
                reachedIndex: threshold.flatMap { series.firstIndex(reaching: $0, goal) }
            )
        }
    }
}

extension Sequence<RunData> {
    /// Compares every scalar of the runs.
    ///
    /// - Parameters:
    ///   - goal: Whether low or high values are better.
    ///   - threshold: The value to reach, if any.
    /// - Returns: A comparison for each tag that a run has, in the order of the tags.
    public func compareScalars(goal: SeriesGoal = .lowest, reaching threshold: Double? = nil) -> [ScalarComparison] {
        scalarTags.map { ScalarComparison(of: $0, in: self, goal: goal, reaching: threshold) }
    }

    /// The tags of all scalars of the runs, each once, in the order of their bytes.
    public var scalarTags: [String] { flatMap(\.scalars.keys).uniqueNames() }
}
