import EventCoding
import EventFiles
public import Summaries
public import SystemPackage

/// The contents of a run without its values: tags, kinds, counts, steps, times and sizes.
///
/// ```swift
/// let inspection = try LoggedRun("logs/run1").inspect()
/// for (name, tag) in inspection.tags { print(name, tag.kind, tag.pointCount, tag.lastStep) }
/// for finding in inspection.findings { print(finding) }
/// ```
///
/// Memory grows with the number of tags and the largest record, not with the number of records.
public struct RunInspection: Sendable {
    /// The contents of one tag.
    public struct Tag: Sendable, Hashable {
        /// What kind of data it has.
        public internal(set) var kind: LoggedKind
        /// The metadata of its first value; `nil` if that has none.
        public internal(set) var metadata: SummaryMetadata?
        /// The number of its values.
        public internal(set) var pointCount = 0
        /// The step of its first value in the file.
        public internal(set) var firstStep: Int
        /// The step of its last value in the file.
        public internal(set) var lastStep: Int
        /// The number of values whose step is not above that of the value before.
        public internal(set) var repeatedStepCount = 0
        /// The size of its values in bytes, without the frames and times that they share with others of their step.
        public internal(set) var byteCount = 0

        /// What only the findings depend on.
        var traits: Traits = []

        init(kind: LoggedKind, metadata: SummaryMetadata? = nil, firstStep: Int) {
            self.kind = kind
            self.metadata = metadata
            self.firstStep = firstStep
            lastStep = firstStep
        }
    }

    /// Why TensorBoard shows a tag otherwise than its writer may expect.
    struct Traits: OptionSet, Hashable {
        let rawValue: Int

        /// Its values are of several forms.
        static let mixesForms = Traits(rawValue: 1 << 0)
        /// It is a scalar in a tensor that is not a single `Float`.
        static let isOddScalar = Traits(rawValue: 1 << 1)
        /// It has clips in the form that was in use before tensors.
        static let hasOldAudio = Traits(rawValue: 1 << 2)
        /// Its title or description comes with a scalar whose metadata lacks the data class.
        static let losesTitle = Traits(rawValue: 1 << 3)
        /// Its tag is in the field for the name of a node.
        static let isNamedByNode = Traits(rawValue: 1 << 4)
        /// Its records about hyperparameters differ.
        static let changesHyperparameters = Traits(rawValue: 1 << 5)
    }

    /// The run.
    public let run: LoggedRun
    /// The tags that pass the filter; the graph of the run has the tag ``LoggedKind/runGraphTag``.
    public internal(set) var tags: NameDictionary<Tag> = [:]
    /// The number of events that pass the filter, those about the file and the session included.
    public internal(set) var eventCount = 0
    /// The size of the files in bytes.
    public internal(set) var byteCount = 0
    /// The earliest and the latest time in seconds since 1970-01-01 UTC; `nil` if there is none.
    public internal(set) var wallTimes: ClosedRange<Double>?
    /// The number of session starts.
    public internal(set) var sessionStartCount = 0
    /// The number of events with a text that is not valid UTF-8.
    public internal(set) var invalidTextCount = 0
    /// The number of events whose time is not a number.
    public internal(set) var nanWallTimeCount = 0
    /// Whether a file grew after a later one was created, as when two writers are at work.
    var hasFilesAtOneTime = false
    /// The number of events whose time is infinite.
    public internal(set) var infiniteWallTimeCount = 0
    /// The faults that reading met, in the order of the files; the first hundred of them.
    public internal(set) var faults: [TensorBoardError] = []
    /// The number of faults.
    public internal(set) var faultCount = 0
    /// The files whose last record is incomplete, because their writer is at work or was killed.
    public internal(set) var truncatedFiles: [FilePath] = []

    /// The columns of the HParams tab that the run states.
    private(set) var experiment: HyperparameterExperiment?

    init(_ run: LoggedRun) {
        self.run = run
    }

    /// Ends the inspection with what is computed once, however many runs are compared.
    mutating func finish() {
        guard let content = tags[ReservedTag.experiment]?.metadata?.pluginContent,
            case .experiment(let experiment) = PluginContent.decodeHyperparameters(content)
        else { return }
        self.experiment = experiment
    }

    mutating func count(_ fault: TensorBoardError) {
        faultCount += 1
        if faults.count < 100 { faults.append(fault) }
    }

    mutating func include(wallTime: Double) {
        if wallTime.isNaN {
            nanWallTimeCount += 1
        } else if wallTime.isInfinite {
            infiniteWallTimeCount += 1
        } else {
            wallTimes =
                wallTimes.map { min($0.lowerBound, wallTime)...max($0.upperBound, wallTime) } ?? wallTime...wallTime
        }
    }
}
