import EventCoding
import Summaries
import SystemPackage

/// Reads a run for a ``RunSurvey``; of each tag only the first value is decoded.
struct RunSurveyor: ~Copyable {
    /// A clock that is put right jumps a little.
    private static let toleratedSeconds = 1.0

    /// What is known of a tag so far.
    private struct Slot {
        let name: String
        /// Whether the tag is UTF-8.
        let isText: Bool
        let isIncluded: Bool
        /// The form of its first value.
        var form = PackedValue.Form.none
        /// `nil` before the first value.
        var tag: RunSurvey.Tag?
    }

    private let options: ReadingOptions
    private var survey: RunSurvey
    private var decoder = EventDecoder()
    private var slots: [Slot] = []
    private var places = TagPlaces()
    /// The latest times of the files before and of those so far.
    private var latest = (before: -Double.infinity, soFar: -Double.infinity)

    init(_ run: LoggedRun, options: ReadingOptions) {
        survey = RunSurvey(run)
        self.options = options
    }

    mutating func makeSurvey(progress: (Int) -> Void) -> RunSurvey {
        for file in survey.run.files {
            let fileByteCount = LoggedRun.byteCount(of: file)
            survey.byteCount += fileByteCount
            var done = FileProgress()
            latest.before = latest.soFar
            do throws(TensorBoardError) {
                var records = try EventRecordReader(file, options: options)
                while try takeRecord(&records) { done.advance(to: records.offset, progress) }
                if records.isTruncated { survey.truncatedFiles.append(file) }
            } catch {
                survey.note(error)
            }
            done.finish(fileByteCount, progress)
        }
        for slot in slots { survey.tags[slot.name] = slot.tag }
        survey.finish()
        return survey
    }

    /// Takes one record in; `false` at the end of the file.
    private mutating func takeRecord(_ records: inout EventRecordReader) throws(TensorBoardError) -> Bool {
        do throws(TensorBoardError) {
            guard let record = try records.next() else { return false }
            do throws(MalformedMessage) {
                try take(record.event)
            } catch {
                throw records.fault(record)
            }
        } catch  where error.canReadOn {
            survey.note(error)
        }
        return true
    }

    private mutating func take(_ event: PackedEvent) throws(MalformedMessage) {
        guard !event.isData || options.filter.steps.contains(event.step) else { return }
        var isCounted = true
        switch event.kind {
        case .summary:
            isCounted = false
            var hasInvalidText = false
            var isEmpty = true
            try PackedValue.forEach(in: event.content) { value throws(MalformedMessage) in
                isEmpty = false
                if try take(value, event, &hasInvalidText) { isCounted = true }
            }
            if hasInvalidText { survey.invalidTextCount += 1 }
            isCounted = isCounted || isEmpty
        case .graph:
            isCounted = count(.graph, event, at: place(of: LoggedKind.runGraphTag))
        case .runMetadata:
            guard let logged = try decoder.decode(event), case .runMetadata(let tag, _) = logged.content else { return }
            isCounted = count(.runMetadata, event, at: place(of: tag))
            if logged.hasInvalidText { survey.invalidTextCount += 1 }
        case .session:
            guard let logged = try decoder.decode(event), case .session(let log) = logged.content else { return }
            if log.status == .start { survey.sessionStartCount += 1 }
        case .fileVersion, .metaGraph, .message, .other: break
        }
        guard isCounted else { return }
        survey.eventCount += 1
        survey.note(wallTime: event.wallTime)
        if event.wallTime.isFinite {
            if event.wallTime < latest.before - Self.toleratedSeconds { survey.hasFilesAtOneTime = true }
            latest.soFar = max(latest.soFar, event.wallTime)
        }
    }

    /// Counts an event that is the only value of its step; `false` if it is not wanted.
    private mutating func count(_ kind: LoggedKind, _ event: PackedEvent, at place: Int) -> Bool {
        guard slots[place].isIncluded else { return false }
        if slots[place].tag == nil { slots[place].tag = RunSurvey.Tag(kind: kind, firstStep: event.step) }
        if slots[place].tag?.kind != kind { slots[place].tag?.traits.insert(.mixesForms) }
        slots[place].tag?.count(step: event.step, byteCount: event.content.count)
        return true
    }

    /// Takes one value of a step in; `false` if it is not wanted.
    private mutating func take(
        _ value: PackedValue,
        _ event: PackedEvent,
        _ hasInvalidText: inout Bool
    ) throws(MalformedMessage) -> Bool {
        let place = place(of: value.tag)
        if !slots[place].isText { hasInvalidText = true }
        guard slots[place].isIncluded else { return false }
        if let kind = slots[place].tag?.kind {
            if value.form != slots[place].form, !kind.takes(value.form) {
                slots[place].tag?.traits.insert(.mixesForms)
            }
            if kind == .hyperparameters { try noteChange(value, at: place) }
        } else {
            let logged = try decoder.decodeAlone(value, tag: slots[place].name, metadata: nil)
            var tag = RunSurvey.Tag(kind: logged.kind, metadata: logged.metadata, firstStep: event.step)
            tag.traits = RunSurvey.Traits(first: logged)
            if value.isNamedByNode { tag.traits.insert(.isNamedByNode) }
            slots[place].tag = tag
            slots[place].form = value.form
        }
        slots[place].tag?.count(step: event.step, byteCount: value.byteCount)
        return true
    }

    /// Looks whether a later record about hyperparameters says something else than the first.
    private mutating func noteChange(_ value: PackedValue, at place: Int) throws(MalformedMessage) {
        let logged = try decoder.decodeAlone(value, tag: slots[place].name, metadata: nil)
        if HyperparameterRecord?(timeless: logged.metadata) != .init(timeless: slots[place].tag?.metadata) {
            slots[place].tag?.traits.insert(.changesHyperparameters)
        }
    }

    private mutating func place(of tag: UnsafeRawBufferPointer) -> Int {
        places.place(of: tag) { name in
            let isText = String(validating: tag, as: UTF8.self) != nil
            slots.append(Slot(name: name, isText: isText, isIncluded: options.filter.includesTag?(name) ?? true))
        }
    }

    private mutating func place(of tag: String) -> Int {
        Array(tag.utf8).withUnsafeBytes { place(of: $0) }
    }
}

extension HyperparameterRecord? {
    /// What metadata says about hyperparameters, but for the time, which a run that is resumed says anew.
    fileprivate init(timeless metadata: SummaryMetadata?) {
        self =
            switch metadata.flatMap({ PluginContent.decodeHyperparameters($0.pluginContent) }) {
            case .sessionStart(let values, let group, _): .sessionStart(values, group: group, time: 0)
            case .sessionEnd(let outcome, _): .sessionEnd(outcome, time: 0)
            case let other: other
            }
    }
}

extension LoggedKind {
    /// Whether a value of the form may be of this kind: metadata alone may, and a tensor or the form before tensors.
    fileprivate func takes(_ form: PackedValue.Form) -> Bool {
        switch (self, form) {
        case (_, .none), (.scalar, .scalar), (.histogram, .histogram), (.image, .image), (.audio, .audio): true
        case (.graph, .tensor), (.runMetadata, .tensor): false
        case (_, .tensor), (.hyperparameters, _): true
        default: false
        }
    }
}

extension RunSurvey.Tag {
    fileprivate mutating func count(step: Int, byteCount: Int) {
        if pointCount > 0, step <= lastStep { repeatedStepCount += 1 }
        pointCount += 1
        lastStep = step
        self.byteCount += byteCount
    }
}

extension RunSurvey.Traits {
    /// What the first value of a tag tells.
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
    /// Looks through the run without keeping its values.
    ///
    /// - Parameters:
    ///   - options: How to read, and what.
    ///   - progress: Is given the number of bytes that were read since the last call.
    /// - Returns: What is in the run. What cannot be read is among its faults; reading goes on behind it.
    public func survey(
        options: ReadingOptions = ReadingOptions(),
        progress: (_ byteCount: Int) -> Void = { _ in }
    ) -> RunSurvey {
        var surveyor = RunSurveyor(self, options: options)
        return surveyor.makeSurvey(progress: progress)
    }
}
