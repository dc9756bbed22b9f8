import EventCoding
import Summaries
import SystemPackage

/// Reads a run for a ``RunSurvey``; of each tag only the first value is decoded.
struct RunSurveyor: ~Copyable {
    /// A clock that is put right jumps a little.
    private static let toleratedSeconds = 1.0

    private let options: ReadingOptions
    private let tagFilter: TagFilter
    private var survey: RunSurvey
    private var decoder = EventDecoder()
    /// The tags in the order in which they were found, and where each is in it.
    private var tags: [RunSurvey.Tag] = []
    private var forms: [PackedValue.Form] = []
    private var places: [String: Int] = [:]
    /// The latest times of the files before and of those so far.
    private var latest = (before: -Double.infinity, soFar: -Double.infinity)

    init(_ run: LoggedRun, options: ReadingOptions) {
        survey = RunSurvey(run)
        self.options = options
        tagFilter = TagFilter(options.filter)
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
        for (tag, place) in places { survey.tags[tag] = tags[place] }
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
            isCounted = count(LoggedKind.runGraphTag, .graph, event)
        case .runMetadata:
            guard let logged = try decoder.decode(event), case .runMetadata(let tag, _) = logged.content else { return }
            isCounted = count(tag, .runMetadata, event)
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
    private mutating func count(_ tag: String, _ kind: LoggedKind, _ event: PackedEvent) -> Bool {
        guard tagFilter.includes(tag) else { return false }
        let place: Int
        if let known = places[tag] {
            place = known
            if tags[place].kind != kind { tags[place].traits.insert(.mixesForms) }
        } else {
            place = add(tag, kind, nil, .none, event)
        }
        tags[place].count(step: event.step, byteCount: event.content.count)
        return true
    }

    /// Takes one value of a step in; `false` if it is not wanted.
    private mutating func take(
        _ value: PackedValue,
        _ event: PackedEvent,
        _ hasInvalidText: inout Bool
    ) throws(MalformedMessage) -> Bool {
        let validTag = String(validating: value.tag, as: UTF8.self)
        if validTag == nil { hasInvalidText = true }
        let tag = validTag ?? String(decoding: value.tag, as: UTF8.self)
        guard tagFilter.includes(tag) else { return false }
        let place: Int
        if let known = places[tag] {
            place = known
            if value.form != forms[place], !tags[place].kind.takes(value.form) {
                tags[place].traits.insert(.mixesForms)
            }
            if tags[place].kind == .hyperparameters {
                let logged = try decoder.decodeAlone(value, tag: tag, metadata: nil)
                if HyperparameterRecord?(timeless: logged.metadata) != .init(timeless: tags[place].metadata) {
                    tags[place].traits.insert(.changesHyperparameters)
                }
            }
        } else {
            let logged = try decoder.decodeAlone(value, tag: tag, metadata: nil)
            place = add(tag, logged.kind, logged.metadata, value.form, event)
            tags[place].traits = RunSurvey.Traits(first: logged)
            if value.isNamedByNode { tags[place].traits.insert(.isNamedByNode) }
        }
        tags[place].count(step: event.step, byteCount: value.byteCount)
        return true
    }

    private mutating func add(
        _ tag: String,
        _ kind: LoggedKind,
        _ metadata: SummaryMetadata?,
        _ form: PackedValue.Form,
        _ event: PackedEvent
    ) -> Int {
        let place = tags.count
        places[tag] = place
        tags.append(RunSurvey.Tag(kind: kind, metadata: metadata, firstStep: event.step, lastStep: event.step))
        forms.append(form)
        return place
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
