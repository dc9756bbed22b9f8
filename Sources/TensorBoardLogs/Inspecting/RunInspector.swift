import EventCoding
import EventFiles
import Summaries
import SystemPackage

/// Reads a run for a ``RunInspection``; of each tag only the first value is decoded.
struct RunInspector: ~Copyable, EventVisitor {
    /// The most seconds by which adjusting a clock may turn time back.
    static let toleratedSeconds = 1.0

    /// The contents of a tag so far.
    private struct Slot {
        let name: String
        /// Whether the tag is UTF-8.
        let isText: Bool
        let isIncluded: Bool
        /// The form of its first value.
        var form = PackedValue.Form.none
        /// `nil` before the first value.
        var tag: RunInspection.Tag?
    }

    private let options: ReadingOptions
    private var inspection: RunInspection
    private var decoder = EventDecoder()
    private var slots: [Slot] = []
    private var tags = TagIndex()
    /// The latest times of the earlier files and of all so far.
    private var latest = (before: -Double.infinity, soFar: -Double.infinity)

    init(_ run: LoggedRun, options: ReadingOptions) {
        inspection = RunInspection(run)
        self.options = options
    }

    mutating func inspect(progress: (Int) -> Void) -> RunInspection {
        for file in inspection.run.files {
            inspection.byteCount += LoggedRun.byteCount(of: file)
            latest.before = latest.soFar
            visitEvents(of: file, options, progress: progress)
        }
        for slot in slots { inspection.tags[slot.name] = slot.tag }
        inspection.finish()
        return inspection
    }

    mutating func visit(_ fault: TensorBoardError) { inspection.count(fault) }

    mutating func visit(_ scalar: PackedScalar) -> Bool {
        guard options.filter.steps.contains(scalar.step) else { return false }
        let index = index(of: scalar.tag)
        // A first value is decoded, and what is odd about a tag takes a closer look.
        guard slots[index].isIncluded, slots[index].isText, slots[index].form == .scalar,
            slots[index].tag?.kind == .scalar
        else { return false }
        slots[index].tag?.count(step: scalar.step, byteCount: scalar.valueByteCount)
        countEvent(wallTime: scalar.wallTime)
        return true
    }

    mutating func visitIncompleteFile(_ file: FilePath) { inspection.truncatedFiles.append(file) }

    mutating func visit(_ event: PackedEvent) throws(MalformedMessage) {
        guard !event.isData || options.filter.steps.contains(event.step) else { return }
        var isCounted = true
        switch event.kind {
        case .summary:
            isCounted = false
            var hasInvalidText = false
            var isEmpty = true
            try PackedValue.forEach(in: event.content) { value throws(MalformedMessage) in
                isEmpty = false
                if try include(value, event, &hasInvalidText) { isCounted = true }
            }
            if hasInvalidText { inspection.invalidTextCount += 1 }
            isCounted = isCounted || isEmpty
        case .graph:
            isCounted = count(.graph, event, at: index(of: LoggedKind.runGraphTag))
        case .runMetadata:
            guard let logged = try decoder.decode(event), case .runMetadata(let tag, _) = logged.content else { return }
            isCounted = count(.runMetadata, event, at: index(of: tag))
            if logged.hasInvalidText { inspection.invalidTextCount += 1 }
        case .session:
            guard let logged = try decoder.decode(event), case .session(let log) = logged.content else { return }
            if log.status == .start { inspection.sessionStartCount += 1 }
        case .fileVersion, .metaGraph, .message, .other: break
        }
        if isCounted { countEvent(wallTime: event.wallTime) }
    }

    private mutating func countEvent(wallTime: Double) {
        inspection.eventCount += 1
        inspection.include(wallTime: wallTime)
        guard wallTime.isFinite else { return }
        if wallTime < latest.before - Self.toleratedSeconds { inspection.hasFilesAtOneTime = true }
        latest.soFar = max(latest.soFar, wallTime)
    }

    /// Counts an event that is a value as a whole; returns `false` if the filter excludes its tag.
    private mutating func count(_ kind: LoggedKind, _ event: PackedEvent, at index: Int) -> Bool {
        guard slots[index].isIncluded else { return false }
        if slots[index].tag == nil { slots[index].tag = RunInspection.Tag(kind: kind, firstStep: event.step) }
        if slots[index].tag?.kind != kind { slots[index].tag?.traits.insert(.mixesForms) }
        slots[index].tag?.count(step: event.step, byteCount: event.content.count)
        return true
    }

    /// Counts one value of a step; returns `false` if the filter excludes its tag.
    private mutating func include(
        _ value: PackedValue,
        _ event: PackedEvent,
        _ hasInvalidText: inout Bool
    ) throws(MalformedMessage) -> Bool {
        let index = index(of: value.tag)
        if !slots[index].isText { hasInvalidText = true }
        guard slots[index].isIncluded else { return false }
        if let kind = slots[index].tag?.kind {
            if value.form != slots[index].form, !kind.takes(value.form) {
                slots[index].tag?.traits.insert(.mixesForms)
            }
            if kind == .hyperparameters { try checkForChange(value, at: index) }
        } else {
            let logged = try decoder.decodeAlone(value, tag: slots[index].name, metadata: nil)
            var tag = RunInspection.Tag(kind: logged.kind, metadata: logged.metadata, firstStep: event.step)
            tag.traits = RunInspection.Traits(first: logged)
            if value.isNamedByNode { tag.traits.insert(.isNamedByNode) }
            slots[index].tag = tag
            slots[index].form = value.form
        }
        slots[index].tag?.count(step: event.step, byteCount: value.byteCount)
        return true
    }

    /// Checks whether a later record about hyperparameters differs from the first.
    private mutating func checkForChange(_ value: PackedValue, at index: Int) throws(MalformedMessage) {
        let logged = try decoder.decodeAlone(value, tag: slots[index].name, metadata: nil)
        if Self.record(logged.metadata) != Self.record(slots[index].tag?.metadata) {
            slots[index].tag?.traits.insert(.changesHyperparameters)
        }
    }

    /// The record of metadata without its time, which a resumed run states anew.
    private static func record(_ metadata: SummaryMetadata?) -> HyperparameterRecord? {
        metadata.flatMap { PluginContent.decodeHyperparameters($0.pluginContent)?.withoutTime }
    }

    private mutating func index(of tag: UnsafeRawBufferPointer) -> Int {
        tags.index(of: tag) { name in
            let isText = String(validating: tag, as: UTF8.self) != nil
            slots.append(Slot(name: name, isText: isText, isIncluded: options.filter.includesTag?(name) ?? true))
        }
    }

    private mutating func index(of tag: String) -> Int {
        Array(tag.utf8).withUnsafeBytes { index(of: $0) }
    }
}

extension LoggedKind {
    /// Whether a value of the form may be of this kind: metadata alone, a tensor, or the form before tensors.
    fileprivate func takes(_ form: PackedValue.Form) -> Bool {
        switch (self, form) {
        case (_, .none), (.scalar, .scalar), (.histogram, .histogram), (.image, .image), (.audio, .audio): true
        case (.graph, .tensor), (.runMetadata, .tensor): false
        case (_, .tensor), (.hyperparameters, _): true
        default: false
        }
    }
}

extension RunInspection.Tag {
    fileprivate mutating func count(step: Int, byteCount: Int) {
        if pointCount > 0, step <= lastStep { repeatedStepCount += 1 }
        pointCount += 1
        lastStep = step
        self.byteCount += byteCount
    }
}

extension RunInspection.Traits {
    /// The traits that the first value of a tag shows.
    fileprivate init(first value: LoggedValue) {
        self = []
        switch value.payload {
        case .tensor(let tensor) where value.kind == .scalar:
            if tensor.dataType != .float || !tensor.shape.isEmpty { insert(.isOddScalar) }
        case .audio: insert(.hasOldAudio)
        case .scalar:
            guard let metadata = value.metadata, metadata.dataClass == .unknown else { break }
            if !metadata.displayName.isEmpty || !metadata.summaryDescription.isEmpty { insert(.losesTitle) }
        default: break
        }
    }
}

extension LoggedRun {
    /// Reads the run without keeping its values.
    ///
    /// What cannot be read is in ``RunInspection/faults``; reading continues with the next record or file.
    ///
    /// - Parameters:
    ///   - options: How to read the files, and which events.
    ///   - progress: Receives the number of bytes that were read since the last call.
    /// - Returns: The contents of the run.
    public func inspect(
        options: ReadingOptions = ReadingOptions(),
        progress: (_ byteCount: Int) -> Void = { _ in }
    ) -> RunInspection {
        var inspector = RunInspector(self, options: options)
        return inspector.inspect(progress: progress)
    }
}
