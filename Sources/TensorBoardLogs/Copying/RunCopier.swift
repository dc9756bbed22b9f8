import EventCoding
import EventFiles
import Summaries
import SystemPackage

/// Copies the records of a run, file by file, unchanged or with fewer values.
struct RunCopier: ~Copyable {
    /// The points of a tag so far.
    private struct Tag {
        let kind: LoggedKind
        var pointCount = 0
        /// The packed metadata of its first value, until a value was copied.
        var metadata: [UInt8]?
    }

    private(set) var result = RunCopy()
    private var tags: NameDictionary<Tag> = [:]
    private var decoder = EventDecoder()

    /// Copies files into one.
    ///
    /// - Parameters:
    ///   - files: The event files.
    ///   - path: The new file.
    ///   - progress: Receives the number of bytes that were read since the last call.
    ///   - isIncluded: Returns whether to copy a point.
    /// - Throws: ``TensorBoardError``.
    mutating func copy(
        _ files: [FilePath],
        to path: FilePath,
        progress: (Int) -> Void,
        where isIncluded: (LoggedPoint) -> Bool
    ) throws(TensorBoardError) {
        guard let first = files.first else { return }
        var copy = try EventFileCopy(path, copying: first)
        var hasVersion = false
        for file in files {
            var records = try EventRecordReader(file)
            var fileProgress = FileProgress()
            while let record = try Self.next(&records) {
                fileProgress.advance(to: records.offset, progress)
                // One file has one version.
                if record.event.kind == .fileVersion {
                    guard !hasVersion else { continue }
                    hasVersion = true
                }
                let outcome: Outcome
                do throws(MalformedMessage) {
                    outcome = try select(record, isIncluded)
                } catch {
                    throw Self.damaged(records.fault(record))
                }
                switch outcome {
                case .whole: try copy.append(record.payload)
                case .dropped: break
                case .changed(let payload):
                    try payload.span.bytes.withUnsafeBytes { bytes throws(TensorBoardError) in try copy.append(bytes) }
                }
            }
            fileProgress.finish(LoggedRun.byteCount(of: file), progress)
        }
        try copy.complete()
        result.files.append(path)
    }

    /// What to do with a record.
    private enum Outcome {
        case whole
        case changed([UInt8])
        case dropped
    }

    private static func next(
        _ records: inout EventRecordReader
    ) throws(TensorBoardError) -> EventRecordReader.Record? {
        do throws(TensorBoardError) {
            return try records.next()
        } catch {
            throw damaged(error)
        }
    }

    private static func damaged(_ error: TensorBoardError) -> TensorBoardError {
        guard error.code != .cannotRead, error.code != .foreignFile else { return error }
        let message = "a record is damaged; repair the file first, for example with 'tblog repair --replace'"
        return TensorBoardError(.damagedFile, message, path: error.path, offset: error.offset)
    }

    private mutating func select(
        _ record: EventRecordReader.Record,
        _ isIncluded: (LoggedPoint) -> Bool
    ) throws(MalformedMessage) -> Outcome {
        let event = record.event
        switch event.kind {
        case .fileVersion, .session, .message, .metaGraph, .other: return .whole
        case .graph: return includes(LoggedKind.runGraphTag, .graph, event, isIncluded) ? .whole : .dropped
        case .runMetadata:
            guard case .runMetadata(let tag, _) = try decoder.decode(event)?.content else { return .whole }
            return includes(tag, .runMetadata, event, isIncluded) ? .whole : .dropped
        case .summary:
            var changes = false
            let payload = try PackedEvent.selectingValues(of: record.payload) { value throws(MalformedMessage) in
                let selection = try select(value, event, isIncluded)
                if case .kept = selection { return selection }
                changes = true
                return selection
            }
            guard changes else { return .whole }
            return payload.map { .changed($0) } ?? .dropped
        }
    }

    private mutating func select(
        _ value: PackedValue,
        _ event: PackedEvent,
        _ isIncluded: (LoggedPoint) -> Bool
    ) throws(MalformedMessage) -> PackedEvent.Selection {
        let tag = String(decoding: value.tag, as: UTF8.self)
        if tags[tag] == nil {
            let kind = try decoder.decodeAlone(value, tag: tag, metadata: nil).kind
            tags[tag] = Tag(kind: kind, metadata: value.metadata.map(Array.init))
        }
        guard let known = tags[tag] else { return .kept }
        guard includes(tag, known.kind, event, isIncluded) else { return .dropped }
        // TensorBoard uses the metadata of the first value, and most writers write it with no other.
        tags[tag]?.metadata = nil
        guard !value.hasMetadata, let metadata = known.metadata else { return .kept }
        return .keptWithMetadata(metadata)
    }

    /// Counts a point, and returns whether it is included.
    private mutating func includes(
        _ tag: String,
        _ kind: LoggedKind,
        _ event: PackedEvent,
        _ isIncluded: (LoggedPoint) -> Bool
    ) -> Bool {
        let known = tags[tag, default: Tag(kind: kind)]
        tags[tag] = known
        tags[tag]?.pointCount += 1
        let point = LoggedPoint(tag: tag, kind: known.kind, step: event.step, index: known.pointCount)
        let isIncluded = isIncluded(point)
        if isIncluded { result.keptPointCount += 1 } else { result.droppedPointCount += 1 }
        return isIncluded
    }
}
