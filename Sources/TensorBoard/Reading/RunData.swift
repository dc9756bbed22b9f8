public import Summaries
public import SystemPackage

/// Everything that a run logged, in memory: scalars as columns, other kinds decoded.
///
/// ```swift
/// let data = try LoggedRun("logs/run1").load(restarts: .fastLoader)
/// let cost = data.scalars["cost"]             // steps, wallTimes, values
/// let rate = data.hyperparameters?["learning_rate"]
/// ```
public struct RunData: Sendable {
    /// What is known about a tag.
    public struct Tag: Sendable, Hashable {
        /// What kind of data it has.
        public var kind: LoggedKind
        /// The metadata of its first value that has any.
        public var metadata: SummaryMetadata?
    }

    /// The run.
    public let run: LoggedRun
    /// The tags of values that passed the filter, also of those of which a restart took every point.
    ///
    /// The graph of the run has the tag ``LoggedKind/runGraphTag``.
    public internal(set) var tags: [String: Tag] = [:]
    /// The scalars by tag.
    public internal(set) var scalars: [String: LoggedSeries<Double>] = [:]
    /// Everything else by tag.
    ///
    /// A tag that was used for scalars and for other data is in both.
    public internal(set) var contents: [String: LoggedSeries<LoggedContent>] = [:]
    /// What could not be read, in the order of the files.
    public internal(set) var faults: [TensorBoardError] = []
    /// The files whose last record is not complete, as with a writer that is at work or died.
    public internal(set) var truncatedFiles: [FilePath] = []

    init(_ run: LoggedRun) {
        self.run = run
    }

    /// The hyperparameters of the run; `nil` if it logged none.
    ///
    /// As in TensorBoard the first ones count.
    public var hyperparameters: [String: HyperparameterValue]? {
        guard case .sessionStart(let values, _, _) = record("_hparams_/session_start_info") else { return nil }
        return values
    }

    /// How the run ended, by its hyperparameters' session; `nil` if it does not say.
    public var outcome: HyperparameterRecord.Outcome? {
        guard case .sessionEnd(let outcome, _) = record("_hparams_/session_end_info") else { return nil }
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

extension LoggedRun {
    /// Reads the whole run into memory.
    ///
    /// What cannot be read is in ``RunData/faults``; reading goes on behind it, or with the next file.
    ///
    /// - Parameters:
    ///   - options: How to read, and what.
    ///   - restarts: What to make of steps that were logged more than once.
    ///   - progress: Is given the number of bytes that were read since the last call.
    /// - Returns: What the run logged.
    public func load(
        options: ReadingOptions = ReadingOptions(),
        restarts: RestartRule = .everything,
        progress: (_ byteCount: Int) -> Void = { _ in }
    ) -> RunData {
        var loader = RunLoader(self, options: options, restarts: restarts)
        return loader.load(progress: progress)
    }
}
