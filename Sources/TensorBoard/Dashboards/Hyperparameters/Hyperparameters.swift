import EventCoding
public import EventFiles
public import Summaries
import SystemPackage
public import TFRecord

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

extension HyperparameterExperiment {
    /// The end of the event file's name, by which the next one finds it.
    private static let filenameSuffix = ".experiment"

    /// Writes the experiment into a directory, which must be the parent of the runs that it describes.
    ///
    /// An experiment that was written there before is replaced: TensorBoard would show either. Other files are left alone.
    ///
    /// - Parameter logDirectory: The directory above those of the runs; TensorBoard's `--logdir`, or a directory in it.
    /// - Throws: ``TensorBoardError``; what was there before is left then.
    public func write(to logDirectory: some PathConvertible) throws(TensorBoardError) {
        if let problem { throw TensorBoardError(.invalidSummary, "the experiment was refused: \(problem)") }
        let options = SummaryWriter.Options(
            existingRun: .append,
            concurrentWriters: .allow,
            filenameSuffix: Self.filenameSuffix
        )
        let writer = try SummaryWriter(logDirectory: logDirectory, options: options)
        do throws(TensorBoardError) {
            writer.log?.record(at: options.clock()) { $0.append(self) }
            try writer.flush()
        } catch {
            writer.discard()
            throw error
        }
        try writer.close()
        _ = try writer.removeEarlierFiles { $0.hasSuffix(Self.filenameSuffix) }
    }

    /// What is wrong with the experiment, as the end of a sentence.
    private var problem: String? {
        if hyperparameters.isEmpty || metrics.isEmpty {
            return "it lists no hyperparameters or no metrics, and what is not listed is not shown; list both"
        }
        let infinite = hyperparameters.first { !$0.domain.numbers.allSatisfy(\.isFinite) }
        return infinite.map { "the domain of \"\($0.name)\" is not finite; give finite numbers, or .number for any" }
    }
}

extension HyperparameterExperiment.Hyperparameter.Domain {
    /// The numbers that describe the domain.
    fileprivate var numbers: [Double] {
        switch self {
        case .numbers(let numbers): numbers
        case .interval(let interval): [interval.lowerBound, interval.upperBound]
        case .text, .number, .bool, .oneOf: []
        }
    }
}
