import EventCoding
import EventFiles
import Summaries

extension RunInspection {
    /// Something that TensorBoard does not show as logged.
    public struct Finding: Sendable, Hashable, CustomStringConvertible {
        /// The tag; `nil` if it is about the whole run.
        public let tag: String?
        /// The loaders concerned.
        public let loaders: Set<TensorBoardLoader>
        /// What happens, why, and what can be done, in a sentence that begins in lower case and has no full stop.
        public let message: String

        /// The sentence with the tag and the loader in front.
        public var description: String {
            let loader = loaders.count == 1 ? loaders.first.map { "\($0) loader: " } ?? "" : ""
            return (tag.map { "\($0): " } ?? "") + loader + message
        }
    }

    /// The largest response of the fast loader for one tag in bytes, images and audio aside.
    private static let responseLimit = 256 << 20

    /// What TensorBoard hides or cannot read: first findings about the run, then by tag.
    ///
    /// For the number of points that sampling leaves see ``Tag/keptPointCount(by:)``.
    public var findings: [Finding] {
        runFindings + tags.flatMap { findings($0.key, $0.value) }
    }

    /// The findings, including those that other runs cause.
    ///
    /// - Parameter inspections: The inspections of all runs of a log directory, including this one.
    /// - Returns: The findings.
    public func findings(among inspections: [RunInspection]) -> [Finding] {
        var findings = findings
        func add(tag: String? = nil, _ message: String) {
            findings.append(Finding(tag: tag, loaders: [.fast, .slow], message: message))
        }
        if let experiment, inspections.contains(where: { $0.experiment.map { $0 != experiment } ?? false }) {
            let message = "the columns of the HParams tab differ from those of another run, and those of one run count"
            add(tag: ReservedTag.experiment, message)
        }
        // The scalars of a run are metrics of those above it.
        let isBelowATrial = {
            inspections.contains { $0.hasHyperparameters && run.name.utf8.starts(with: "\($0.run.name)/".utf8) }
        }
        if !hasHyperparameters, hasStepBeyond32Bits, isBelowATrial() { add(Self.stepMessage) }
        return findings
    }

    private static let stepMessage =
        "the HParams tab fails for all runs, because the step of a scalar has more than 32 bits, unless an experiment "
        + "leaves it out of the metrics"

    private var hasHyperparameters: Bool { tags.values.contains { $0.kind == .hyperparameters } }

    /// Whether the HParams tab, which reads the last point of each scalar, cannot hold the step of one.
    private var hasStepBeyond32Bits: Bool {
        tags.values.contains { $0.kind == .scalar && Int32(exactly: $0.lastStep) == nil }
    }

    private var runFindings: [Finding] {
        var findings: [Finding] = []
        func add(_ loaders: Set<TensorBoardLoader>, _ message: String) {
            findings.append(Finding(tag: nil, loaders: loaders, message: message))
        }
        if RunName.isEscaped(run.name) {
            add([.fast], "the run is merged with others, because its name is not UTF-8; rename the directory")
            add(
                [.slow],
                "no run of the log directory is listed, because the run's name is not UTF-8; rename the directory"
            )
        }
        let foreignCount = faults.count { $0.code == .foreignFile }
        if foreignCount > 0 {
            add([.fast, .slow], "\(foreignCount.counted("file")) of another form cannot be read; see 'tblog verify'")
        }
        let unreadableCount = faults.count { $0.code == .cannotRead }
        if unreadableCount > 0 {
            add([.fast, .slow], "\(unreadableCount.counted("file")) cannot be read; check the permissions")
        }
        let damageCount = faultCount - foreignCount - unreadableCount
        if damageCount > 0 {
            add(
                [.fast, .slow],
                "records after \(damageCount.counted("damaged record")) may not be shown; see 'tblog verify', then repair "
                    + "the run with 'tblog repair'"
            )
        }
        if invalidTextCount > 0 {
            add([.fast], "the file ends for TensorBoard at a text that is not UTF-8; see 'tblog verify'")
            add([.slow], "no run is loaded any more after a text that is not UTF-8; see 'tblog verify'")
        }
        if nanWallTimeCount > 0 { add([.fast], "the file ends for TensorBoard at a time that is not a number") }
        if infiniteWallTimeCount > 0 {
            add([.fast], "\(infiniteWallTimeCount.counted("event")) with an infinite time will not be shown")
        }
        if hasFilesAtOneTime {
            add(
                [.slow],
                "what is written to a file that is not the newest is not shown before TensorBoard is started again, and "
                    + "the files were written at the same time"
            )
        }
        if hasHyperparameters, hasStepBeyond32Bits { add([.fast, .slow], Self.stepMessage) }
        return findings
    }

    private func findings(_ name: String, _ tag: Tag) -> [Finding] {
        var findings: [Finding] = []
        func add(_ loaders: Set<TensorBoardLoader>, _ message: String) {
            findings.append(Finding(tag: name, loaders: loaders, message: message))
        }
        switch tag.kind {
        case .unshown:
            add([.fast, .slow], "not shown, because the first value names no plugin")
            return findings
        case .plugin(let plugin) where tag.metadata?.dataClass ?? .unknown == .unknown:
            add([.fast, .slow], "not shown, because the metadata for the plugin '\(plugin)' lacks a data class")
            return findings
        case .plugin(let plugin):
            add([.fast, .slow], "shown only if the plugin '\(plugin)' is installed in TensorBoard")
        default: break
        }
        let traits = tag.traits
        if traits.contains(.mixesForms) {
            if tag.kind == .scalar {
                add([.fast], "values of another kind than the first are not shown")
                add([.slow], "shown wrong or not at all, because the values are of several kinds")
            } else {
                add([.fast, .slow], "shown wrong or not at all, because the values are of several kinds")
            }
        }
        if traits.contains(.changesHyperparameters) {
            add([.fast, .slow], "only the first record counts, and a later one differs")
        }
        if traits.contains(.isOddScalar) {
            add([.fast], "not shown, because the scalars are tensors other than a single Float")
        }
        if traits.contains(.losesTitle) {
            add([.fast], "title and description are not shown, because the metadata lacks the data class")
        }
        if traits.contains(.isNamedByNode) {
            add([.fast], "shown without a name, because the tag is in the field where old writers put it")
            add([.slow], "the dashboard fails for all runs, because the tag is in the field where old writers put it")
        }
        if traits.contains(.hasOldAudio) {
            add([.fast], "a browser may refuse to play the clips, because the old form of audio lacks their type")
        }
        if tag.repeatedStepCount > 0 {
            let reason = "because the step did not grow \(tag.repeatedStepCount.counted("time"))"
            if tag.kind.isSeries {
                add([.fast], "points are missing, \(reason): each time those from that step on are removed")
                let position = tag.isBlob ? "beside new ones or in their place" : "beside new ones"
                add([.slow], "old points are shown \(position), \(reason); only a session start removes them")
            } else if tag.isBlob {
                add([.slow], "an old value may be shown in place of the last, \(reason)")
            }
        }
        if !tag.isBlob, tag.keptByteCount(by: .fast) > Self.responseLimit {
            add([.fast], "not shown, because the points that are kept take more than 256 MiB together")
        }
        return findings
    }
}

extension RunInspection.Tag {
    /// The number of points of the tag that a loader keeps with its default options, if each has a step of its own.
    ///
    /// The loader keeps the last point and a random sample of the others.
    ///
    /// - Parameter loader: The loader.
    /// - Returns: The number of points; 0 if TensorBoard shows none.
    public func keptPointCount(by loader: TensorBoardLoader) -> Int {
        switch loader {
        case .fast where traits.contains(.isOddScalar): 0
        case .slow where (traits.contains(.mixesForms) && !isBlob) || traits.contains(.isNamedByNode): 0
        default: min(pointCount, kind.keptPointCount(by: loader, dataClass: metadata?.dataClass ?? .unknown))
        }
    }

    fileprivate var isBlob: Bool {
        kind.isBlob || metadata?.dataClass == .blobSequence
    }

    /// The approximate size in bytes of the points that a loader keeps.
    fileprivate func keptByteCount(by loader: TensorBoardLoader) -> Int {
        let (size, overflows) = (byteCount / max(1, pointCount)).multipliedReportingOverflow(
            by: keptPointCount(by: loader)
        )
        return overflows ? .max : size
    }
}
