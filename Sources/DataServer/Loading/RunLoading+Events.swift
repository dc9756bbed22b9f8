import EventCoding
import EventFiles
import Summaries
import TFRecord
import TensorBoardLogs

extension RunLoading {
    /// Applies a scalar of the common form; `false` to have it come as an event.
    mutating func apply(_ scalar: PackedScalar) -> Bool {
        guard scalar.wallTime.isFinite else { return false }
        observe(scalar.wallTime)
        let tag = tag(scalar.tag, step: scalar.step) { .upgraded(nil, .scalar) }
        guard contents.tags[tag].metadata.dataClass == .scalar else {
            contents.tags[tag].purge(from: scalar.step)
            return true
        }
        contents.tags[tag].scalars.append(scalar.scalar, step: scalar.step, wallTime: scalar.wallTime)
        return true
    }

    mutating func apply(
        _ record: EventRecordReader.Record,
        file: Int,
        _ decoder: inout EventDecoder
    ) throws(MalformedMessage) {
        let event = record.event
        guard event.wallTime.isFinite else {
            options.report(.info, "\(name): an event at step \(event.step) has no valid time; it is left out")
            return
        }
        observe(event.wallTime)
        switch event.kind {
        case .summary:
            try PackedValue.forEach(in: event.content) { value throws(MalformedMessage) in
                try apply(value, record, file: file, &decoder)
            }
        case .graph:
            let name = Array(SummaryMetadata.runGraphTag.utf8)
            let tag = name.withUnsafeBytes { self.tag($0, step: event.step) { .runGraph } }
            append(blob: event.content, record, file: file, to: tag)
        case .runMetadata:
            guard let (name, blob) = UpgradedValue.runMetadata(event.content) else { throw MalformedMessage() }
            let tag = tag(name, step: event.step) { .taggedRunMetadata }
            append(blob: blob, record, file: file, to: tag)
        case .session:
            let log = try decoder.decode(event)
            if case .session(let session) = log?.content, session.status == .start, event.step > 0 {
                starts.append(step: event.step)
            }
        case .fileVersion, .message, .metaGraph, .other: break
        }
    }

    private mutating func apply(
        _ value: PackedValue,
        _ record: EventRecordReader.Record,
        file: Int,
        _ decoder: inout EventDecoder
    ) throws(MalformedMessage) {
        let step = record.event.step
        var failure: MalformedMessage?
        // Asked for the first value of a tag only.
        let tag = tag(value.isNamedByNode ? UnsafeRawBufferPointer(start: nil, count: 0) : value.tag, step: step) {
            do throws(MalformedMessage) {
                return .upgraded(try decoder.metadata(of: value), value.form)
            } catch {
                failure = error
                return .upgraded(nil, .none)
            }
        }
        if let failure { throw failure }
        let metadata = contents.tags[tag].metadata
        contents.tags[tag].purge(from: step)
        switch metadata.dataClass {
        case .scalar:
            let scalar = value.form == .scalar ? value.scalar : TensorOutline(value.content)?.scalar
            guard value.form == .scalar || value.form == .tensor, let scalar else { return }
            contents.tags[tag].scalars.append(scalar, step: step, wallTime: record.event.wallTime)
        case .tensor:
            guard UpgradedValue.isTensor(value.form, value.content) else { return }
            append(value.content, record, file: file, form: value.form, blobCount: 0, to: tag)
        case .blobSequence:
            guard
                let blobs = UpgradedValue.blobs(value.form, value.content, pluginName: metadata.pluginName)
            else { return }
            append(value.content, record, file: file, form: value.form, blobCount: blobs.count, to: tag)
        case .unknown: break
        }
    }

    private mutating func append(
        blob: UnsafeRawBufferPointer,
        _ record: EventRecordReader.Record,
        file: Int,
        to tag: Int
    ) {
        contents.tags[tag].purge(from: record.event.step)
        guard contents.tags[tag].metadata.dataClass == .blobSequence else { return }
        append(blob, record, file: file, form: nil, blobCount: 1, to: tag)
    }

    private mutating func append(
        _ content: UnsafeRawBufferPointer,
        _ record: EventRecordReader.Record,
        file: Int,
        form: PackedValue.Form?,
        blobCount: Int,
        to tag: Int
    ) {
        let reference = DataReference(
            file: file,
            offset: record.contentOffset(content),
            byteCount: content.count,
            form: form,
            blobCount: blobCount
        )
        contents.tags[tag].references.append(reference, step: record.event.step, wallTime: record.event.wallTime)
    }

    private mutating func observe(_ wallTime: Double) {
        contents.startTime = min(contents.startTime ?? wallTime, wallTime)
    }

    /// The index of a tag, ready for a point at a step.
    private mutating func tag(
        _ name: UnsafeRawBufferPointer,
        step: Int,
        ifNew metadata: () -> SummaryMetadata
    ) -> Int {
        let tag = index.index(of: name) { name in
            contents.tags.append(TagContents(name, metadata(), options.samples))
            appliedStarts.append(starts.count)
        }
        if appliedStarts[tag] != starts.count { applyStarts(to: tag) }
        return tag
    }

    /// Purges the points that session starts removed since the tag was last logged.
    private mutating func applyStarts(to tag: Int) {
        guard let step = starts.lowestStep(since: appliedStarts[tag]) else { return }
        contents.tags[tag].purge(from: step)
        appliedStarts[tag] = starts.count
    }

    /// What is to be published, tags that were not logged since a session start included.
    mutating func applyingStarts() -> RunContents {
        for tag in contents.tags.indices where appliedStarts[tag] != starts.count { applyStarts(to: tag) }
        return contents
    }
}
