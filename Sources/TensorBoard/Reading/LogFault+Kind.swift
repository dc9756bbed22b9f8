extension LogFault {
    /// The kinds of faults.
    public enum Kind: String, Sendable, CaseIterable {
        /// The name lacks `tfevents`.
        case fileName = "file-name"
        /// The file has no bytes.
        case emptyFile = "empty-file"
        /// The checksum of a record's length is wrong.
        case damagedLength = "damaged-length"
        /// The checksum of a payload is wrong, and it is no event.
        case damagedPayload = "damaged-payload"
        /// The checksum of a payload is wrong, though it looks like an event.
        case wrongChecksum = "wrong-checksum"
        /// A record says that it has more bytes than protobuf allows.
        case tooLarge = "too-large"
        /// The file ends within a record.
        case truncated
        /// The payload is no event, though its checksum is right.
        case notAnEvent = "not-an-event"
        /// A text is not UTF-8.
        case invalidText = "invalid-text"
        /// The file does not begin with the version 2.
        case version
        /// The time is NaN.
        case timeNotANumber = "time-nan"
        /// The time is infinite.
        case timeInfinite = "time-infinite"
        /// The time is more than a second before that of the event before.
        case timeBackwards = "time-backwards"
        /// A step is lower than the one before it.
        case stepBackwards = "step-backwards"
        /// A step comes twice.
        case stepRepeated = "step-repeated"
        /// A step is beyond what the HParams dashboard can read, and the run has hyperparameters.
        case stepTooLarge = "step-too-large"
        /// A tag changes its kind of data.
        case kindChanged = "kind-changed"
        /// A tensor comes without saying which dashboard it is for.
        case noDashboard = "no-dashboard"
        /// The data of a plugin that TensorBoard does not know comes without a data class.
        case noDataClass = "no-data-class"
        /// A scalar is in a form that only one of the loaders takes.
        case scalarForm = "scalar-form"
        /// A value is not what its dashboard wants.
        case unreadable
        /// A histogram has edges or counts that are not finite.
        case histogramNotFinite = "histogram-not-finite"
        /// A precision-recall curve has counts that are not finite.
        case curveNotFinite = "curve-not-finite"
    }
}

extension LogFault.Kind {
    /// What the loaders of TensorBoard 2.21 make of it, by experiments and by their source; `nil` if they do not mind.
    ///
    /// What they make of a value depends on its dashboard too.
    var effects: LogFault.Effects {
        let givesUp = "gives the file up here"
        let stops = "stops here for good and says nothing"
        let dies = "dies: no run of the log directory is loaded or updated any more"
        let asksForMemory = "asks for so much memory, and waits here for good or \(dies)"
        let noTable = "shows no table of hyperparameters for any run, if the tag is a metric"
        return switch self {
        case .fileName: ("does not read the file", "does not read the file")
        case .emptyFile: ("does not list the run", "lists the run without data")
        case .damagedLength, .damagedPayload: (givesUp, stops)
        case .tooLarge: (asksForMemory, asksForMemory)
        case .wrongChecksum: (nil, stops)
        case .truncated: ("waits here for the rest", "waits here for the rest")
        case .notAnEvent, .invalidText: (givesUp, dies)
        case .version: (nil, "takes steps that go back for a restart, tag by tag")
        case .timeNotANumber: (givesUp, nil)
        case .timeInfinite: ("leaves the event out", nil)
        case .timeBackwards: ("shows a curve that folds back over time", "shows a curve that folds back over time")
        case .stepBackwards: ("removes the tag's points from this step on", "draws a curve that goes back")
        case .stepRepeated: ("keeps the last value alone", nil)
        case .stepTooLarge: (noTable, noTable)
        case .noDashboard, .noDataClass: ("does not show the tag", "does not show the tag")
        case .scalarForm: ("does not show the value", nil)
        case .kindChanged, .unreadable: ("cannot show the value", "cannot show the tag")
        case .histogramNotFinite: ("draws no histogram", "draws no histogram")
        case .curveNotFinite: ("cannot show the tag for any run", "cannot show the tag for any run")
        }
    }
}
