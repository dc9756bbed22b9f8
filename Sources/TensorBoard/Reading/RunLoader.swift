import EventCoding
import Summaries
import SystemPackage

/// Reads a run into columns.
///
/// Scalars go from the bytes of the file straight into their columns.
struct RunLoader: ~Copyable {
    /// What was read of one tag.
    private struct Slot {
        let tag: String
        let isIncluded: Bool
        /// How many session starts it has heeded.
        var startCount: Int
        var kind = LoggedKind.unshown
        var metadata: SummaryMetadata?
        var scalars = LoggedSeries<Double>()
        var contents = LoggedSeries<LoggedContent>()

        mutating func removePoints(from step: Int) {
            scalars.removePoints(from: step)
            contents.removePoints(from: step)
        }
    }

    private let options: ReadingOptions
    private let restarts: RestartRule
    private var data: RunData
    private var decoder = EventDecoder()
    private var slots: [Slot] = []
    private var places = TagPlaces()
    private var history = SessionHistory()
    private var starts = Restarts()

    init(_ run: LoggedRun, options: ReadingOptions, restarts: RestartRule) {
        data = RunData(run)
        self.options = options
        self.restarts = restarts
    }

    mutating func load(progress: (Int) -> Void) -> RunData {
        for file in data.run.files {
            var done = FileProgress()
            do throws(TensorBoardError) {
                var records = try EventRecordReader(file, options: options)
                while try loadRecord(&records) { done.advance(to: records.offset, progress) }
                if records.isTruncated { data.truncatedFiles.append(file) }
            } catch {
                data.faults.append(error)
            }
            done.finish(LoggedRun.byteCount(of: file), progress)
        }
        for index in slots.indices { heedStarts(at: index) }
        for slot in slots where slot.isIncluded {
            data.tags[slot.tag] = RunData.Tag(kind: slot.kind, metadata: slot.metadata)
            if !slot.scalars.isEmpty { data.scalars[slot.tag] = slot.scalars }
            if !slot.contents.isEmpty { data.contents[slot.tag] = slot.contents }
        }
        return data
    }

    /// Reads one record; `false` at the end of the file.
    private mutating func loadRecord(_ records: inout EventRecordReader) throws(TensorBoardError) -> Bool {
        do throws(TensorBoardError) {
            guard let record = try records.next() else { return false }
            do throws(MalformedMessage) {
                try take(record.event)
            } catch {
                throw records.fault(record)
            }
        } catch {
            guard error.canReadOn else { throw error }
            data.faults.append(error)
        }
        return true
    }

    private mutating func take(_ event: PackedEvent) throws(MalformedMessage) {
        let voided = try voidedPoints(event)
        if voided == .all { starts.append(step: event.step) }
        let isWanted = options.filter.steps.contains(event.step)
        // What is not wanted may still take points away that are.
        guard event.isData, isWanted || restarts != .everything else { return }
        switch event.kind {
        case .graph:
            guard let place = place(of: LoggedKind.runGraphTag, event) else { return }
            if voided == .ofItsTags { slots[place].removePoints(from: event.step) }
            slots[place].kind = .graph
            guard isWanted else { return }
            let graph = PluginContent.decodeGraph(Array(event.content))
            append(graph.map { .graph($0, nil) } ?? .unreadable("it is no GraphDef"), at: place, event)
        case .runMetadata:
            guard let logged = try decoder.decode(event), case .runMetadata(let tag, let bytes) = logged.content,
                let place = place(of: tag, event)
            else { return }
            if voided == .ofItsTags { slots[place].removePoints(from: event.step) }
            slots[place].kind = .runMetadata
            guard isWanted else { return }
            let metadata = PluginContent.decodeRunMetadata(bytes)
            append(metadata.map { .runMetadata($0) } ?? .unreadable("it is no RunMetadata"), at: place, event)
        case .summary:
            if voided == .ofItsTags { try removePoints(ofTagsIn: event) }
            try PackedValue.forEach(in: event.content) { value throws(MalformedMessage) in
                guard let place = place(of: value.tag, event), isWanted else { return }
                try take(value, event, at: place)
            }
        case .fileVersion, .session, .metaGraph, .message, .other: break
        }
    }

    /// Takes one value into the columns of its tag.
    private mutating func take(_ value: PackedValue, _ event: PackedEvent, at place: Int) throws(MalformedMessage) {
        if value.form == .scalar, slots[place].metadata != nil || !value.hasMetadata {
            if slots[place].kind == .unshown { slots[place].kind = .scalar }
            slots[place].scalars.append(Double(value.scalar), step: event.step, wallTime: event.wallTime)
            return
        }
        let tag = slots[place].tag
        let logged = try decoder.decodeAlone(value, tag: tag, metadata: slots[place].metadata)
        if slots[place].metadata == nil { slots[place].metadata = logged.metadata }
        if slots[place].kind == .unshown { slots[place].kind = logged.kind }
        append(logged.content, at: place, event)
    }

    private mutating func append(_ content: LoggedContent, at place: Int, _ event: PackedEvent) {
        if case .scalar(let scalar) = content {
            slots[place].scalars.append(scalar, step: event.step, wallTime: event.wallTime)
        } else {
            slots[place].contents.append(content, step: event.step, wallTime: event.wallTime)
        }
    }

    /// The slot of a tag, ready for a point at the event's step; `nil` if the tag is not wanted.
    private mutating func place(of tag: UnsafeRawBufferPointer, _ event: PackedEvent) -> Int? {
        let place = places.place(of: tag) { tag in
            let isIncluded = options.filter.includesTag?(tag) ?? true
            slots.append(Slot(tag: tag, isIncluded: isIncluded, startCount: starts.count))
        }
        guard slots[place].isIncluded else { return nil }
        heedStarts(at: place)
        if restarts == .fastLoader { slots[place].removePoints(from: event.step) }
        return place
    }

    private mutating func place(of tag: String, _ event: PackedEvent) -> Int? {
        Array(tag.utf8).withUnsafeBytes { place(of: $0, event) }
    }

    /// Removes the points that session starts took since the tag was last logged.
    private mutating func heedStarts(at place: Int) {
        guard let step = starts.lowestStep(since: slots[place].startCount) else { return }
        slots[place].removePoints(from: step)
        slots[place].startCount = starts.count
    }

    /// Removes points before the event's own are added, of which there may be several of one tag.
    private mutating func removePoints(ofTagsIn event: PackedEvent) throws(MalformedMessage) {
        try PackedValue.forEach(in: event.content) { value throws(MalformedMessage) in
            guard let place = places.place(of: value.tag) else { return }
            slots[place].removePoints(from: event.step)
        }
    }

    /// Which points the event takes away as TensorBoard's Python loader has it.
    private mutating func voidedPoints(_ event: PackedEvent) throws(MalformedMessage) -> SessionHistory.VoidedPoints {
        guard restarts == .slowLoader else { return .none }
        var isStart = false
        switch event.kind {
        case .fileVersion: history.readVersion(String(decoding: event.content, as: UTF8.self))
        case .session:
            let logged = try decoder.decode(event)
            if case .session(let log) = logged?.content { isStart = log.status == .start }
        default: break
        }
        // The loader makes summaries of these.
        let isData = [.summary, .graph, .runMetadata].contains(event.kind)
        return history.voidedPoints(step: event.step, isData: isData, isStart: isStart)
    }
}
