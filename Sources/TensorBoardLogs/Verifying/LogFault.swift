public import SystemPackage

/// A fault in an event file that keeps TensorBoard from showing what was logged.
///
/// ```swift
/// for fault in try LoggedRun("logs/run1").verify().faults {
///     print(fault)                        // file, byte, what is wrong
///     print(fault.fastLoader ?? "-", fault.slowLoader ?? "-")
/// }
/// ```
public struct LogFault: Sendable, Hashable {
    /// The kind of the fault.
    public let kind: Kind
    /// The event file.
    public let file: FilePath
    /// The offset of the record in the file, in bytes.
    public let offset: Int
    /// The tag concerned.
    public let tag: String?
    /// The step of the record, if that can be read.
    public let step: Int?
    /// What is wrong, in a sentence that begins in lower case and has no full stop.
    public let message: String
    /// What TensorBoard's fast loader, its data server, does because of the fault; `nil` for nothing unusual.
    public let fastLoader: String?
    /// What TensorBoard's Python loader does because of the fault; `nil` for nothing unusual.
    ///
    /// That loader is in use where there is no data server: on Apple silicon, on Linux on Arm, and with
    /// `--load_fast=false`.
    public let slowLoader: String?
    /// How often the fault occurs in the tag or the file, or how many damaged ranges follow each other from the offset on.
    public internal(set) var count = 1

    /// What the fast and the Python loader do because of a fault; `nil` for nothing unusual.
    typealias Effects = (fast: String?, slow: String?)

    /// Creates a fault with the effects of its kind, unless others are given.
    init(
        _ kind: Kind,
        _ message: String,
        file: FilePath,
        offset: Int,
        tag: String? = nil,
        step: Int? = nil,
        effects: Effects? = nil
    ) {
        self.kind = kind
        self.file = file
        self.offset = offset
        self.tag = tag
        self.step = step
        self.message = message
        let effects = effects ?? kind.effects
        fastLoader = effects.fast
        slowLoader = effects.slow
    }
}

extension [LogFault] {
    /// Adds a damaged range, or counts it where it follows another: a file of nothing else must not fill the memory.
    mutating func append(_ damage: RecoveringReader.Damage, in file: FilePath, followsDamage: Bool) {
        if followsDamage, last?.kind == damage.kind {
            self[count - 1].count += 1
        } else {
            let effects = damage.isZero ? LogFault.Kind.damagedLength.effects : damage.kind.effects
            append(LogFault(damage.kind, damage.message, file: file, offset: damage.offset, effects: effects))
        }
    }
}

extension LogFault: CustomStringConvertible {
    /// The file, the offset and the message in one line.
    public var description: String {
        let subject = [tag.map { "tag '\($0)'" }, step.map { "step \($0)" }].compactMap(\.self).joined(separator: ", ")
        let repetition = count > 1 ? " (\(count) times)" : ""
        return "\(file): byte \(offset): \(subject.isEmpty ? "" : "\(subject): ")\(message)\(repetition)"
    }
}

extension LogFault {
    /// The kinds of faults.
    public enum Kind: String, Sendable, CaseIterable {
        /// The path from the log directory to the run is not UTF-8.
        case runName = "run-name"
        /// The name lacks `tfevents`.
        case fileName = "file-name"
        /// The file is compressed, a text or the like, and not an event file.
        case foreignFile = "foreign-file"
        /// The file has no bytes.
        case emptyFile = "empty-file"
        /// The checksum of a record's length is wrong.
        case damagedLength = "damaged-length"
        /// The checksum of a payload is wrong, and the payload is not an event.
        case damagedPayload = "damaged-payload"
        /// The checksum of a payload is wrong, though the payload looks like an event.
        case wrongChecksum = "wrong-checksum"
        /// A record claims more bytes than protobuf allows.
        case tooLarge = "too-large"
        /// The file ends within a record, or in zeros.
        case truncated
        /// The payload is not an event, though its checksum is right.
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
        /// A step occurs twice.
        case stepRepeated = "step-repeated"
        /// A step is beyond what the HParams dashboard can read, and the run has hyperparameters.
        case stepTooLarge = "step-too-large"
        /// A tag changes its kind of data.
        case kindChanged = "kind-changed"
        /// A tensor names no dashboard.
        case noDashboard = "no-dashboard"
        /// The data of an unknown plugin has no data class.
        case noDataClass = "no-data-class"
        /// A graph has a name with which the Graphs tab draws nothing.
        case graphNames = "graph-names"
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
