public import EventCoding
import EventFiles
public import Summaries
public import SystemPackage

/// The data of a run in memory: scalars as columns, other kinds decoded.
///
/// ```swift
/// let data = try LoggedRun("logs/run1").load(restarts: .fastLoader)
/// let cost = data.scalars["cost"]             // steps, wallTimes, values
/// let rate = data.hyperparameters?["learning_rate"]
/// ```
public struct RunData: Sendable {
    /// The kind and the metadata of a tag.
    public struct Tag: Sendable, Hashable {
        /// What kind of data it has.
        public var kind: LoggedKind
        /// The metadata of its first value that has any.
        public var metadata: SummaryMetadata?
    }

    /// The run.
    public let run: LoggedRun
    /// The tags that passed the filter, including those whose points a restart purged.
    ///
    /// The graph of the run has the tag ``LoggedKind/runGraphTag``.
    public internal(set) var tags: NameDictionary<Tag> = [:]
    /// The scalars by tag.
    public internal(set) var scalars: NameDictionary<LoggedSeries<Double>> = [:]
    /// Everything else by tag.
    ///
    /// A tag that was used for scalars and for other data is in both.
    public internal(set) var contents: NameDictionary<LoggedSeries<LoggedContent>> = [:]
    /// The faults that reading met, in the order of the files.
    public internal(set) var faults: [TensorBoardError] = []
    /// The files whose last record is incomplete, because their writer is at work or was killed.
    public internal(set) var truncatedFiles: [FilePath] = []

    init(_ run: LoggedRun) {
        self.run = run
    }

    /// The hyperparameters of the run; `nil` if it logged none.
    ///
    /// The first record counts, as in TensorBoard.
    public var hyperparameters: [String: HyperparameterValue]? {
        guard case .sessionStart(let values, _, _) = record(ReservedTag.sessionStart) else { return nil }
        return values
    }

    /// The outcome that the run's hyperparameter session states; `nil` if there is none.
    public var outcome: HyperparameterRecord.Outcome? {
        guard case .sessionEnd(let outcome, _) = record(ReservedTag.sessionEnd) else { return nil }
        return outcome
    }

    /// The graph of the run, the last if there are several.
    public var graph: GraphDefinition? {
        guard case .graph(let graph, _) = contents[LoggedKind.runGraphTag]?.values.last else { return nil }
        return graph
    }

    private func record(_ tag: String) -> HyperparameterRecord? {
        guard case .hyperparameters(let record) = contents[tag]?.values.first else { return nil }
        return record
    }
}
