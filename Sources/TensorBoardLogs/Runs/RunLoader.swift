import EventCoding
import EventFiles
import Summaries
import SystemPackage

/// Reads a run into columns.
///
/// Scalars go from the bytes of the file straight into their columns.
struct RunLoader: ~Copyable, EventVisitor {
    /// Which kinds of data are loaded.
    enum Kinds {
        case all
        /// Scalars, and hyperparameters whatever the filter says of their tags.
        case scalars
    }

    /// What was read of one tag.
    private struct Column {
        let tag: String
        /// Whether the tag is loaded; `nil` until the kind of its first value decides.
        var isIncluded: Bool?
        /// The number of session starts that were applied to the tag.
        var startCount: Int
        var kind = LoggedKind.unshown
        var metadata: SummaryMetadata?
        var scalars = LoggedSeries<Double>()
        var contents = LoggedSeries<LoggedContent>()

        mutating func purgePoints(from step: Int) {
            scalars.purgePoints(from: step)
            contents.purgePoints(from: step)
        }
    }

    private let options: ReadingOptions
    private let restarts: RestartRule
    private let kinds: Kinds
    private var data: RunData
    private var decoder = EventDecoder()
    private var columns: [Column] = []
    private var tags = TagIndex()
    private var history = SessionHistory()
    private var starts = SessionStarts()

    init(_ run: LoggedRun, options: ReadingOptions, restarts: RestartRule, kinds: Kinds = .all) {
        data = RunData(run)
        self.options = options
        self.restarts = restarts
        self.kinds = kinds
    }

    mutating func load(progress: (Int) -> Void) -> RunData {
        for file in data.run.files { visitEvents(of: file, options, progress: progress) }
        for index in columns.indices { applyStarts(at: index) }
        for column in columns where column.isIncluded == true {
            data.tags[column.tag] = RunData.Tag(kind: column.kind, metadata: column.metadata)
            if !column.scalars.isEmpty { data.scalars[column.tag] = column.scalars }
            if !column.contents.isEmpty { data.contents[column.tag] = column.contents }
        }
        return data
    }

    mutating func visit(_ fault: TensorBoardError) { data.faults.append(fault) }

    mutating func visitIncompleteFile(_ file: FilePath) { data.truncatedFiles.append(file) }

    mutating func visit(_ scalar: PackedScalar) -> Bool {
        // The Python loader's rule looks at every event.
        guard restarts != .slowLoader, options.filter.steps.contains(scalar.step) else { return false }
        guard let index = index(of: scalar.tag, step: scalar.step) else { return true }
        // The first value of a tag decides its kind.
        guard columns[index].isIncluded == true, columns[index].kind == .scalar else { return false }
        columns[index].scalars.append(Double(scalar.scalar), step: scalar.step, wallTime: scalar.wallTime)
        return true
    }

    mutating func visit(_ event: PackedEvent) throws(MalformedMessage) {
        let purge = try purge(by: event)
        if purge == .allTags { starts.append(step: event.step) }
        let isWanted = options.filter.steps.contains(event.step)
        // Events outside of the filter may still purge points inside.
        guard event.isData, isWanted || restarts != .everything else { return }
        switch event.kind {
        case .graph:
            guard let index = index(of: LoggedKind.runGraphTag, kind: .graph, event) else { return }
            if purge == .ownTags { columns[index].purgePoints(from: event.step) }
            guard isWanted else { return }
            let graph = PluginContent.decodeGraph(Array(event.content))
            append(graph.map { .graph($0, nil) } ?? .unreadable("not a valid GraphDef"), at: index, event)
        case .runMetadata:
            guard let logged = try decoder.decode(event), case .runMetadata(let tag, let bytes) = logged.content,
                let index = index(of: tag, kind: .runMetadata, event)
            else { return }
            if purge == .ownTags { columns[index].purgePoints(from: event.step) }
            guard isWanted else { return }
            let metadata = PluginContent.decodeRunMetadata(bytes)
            append(metadata.map { .runMetadata($0) } ?? .unreadable("not a valid RunMetadata"), at: index, event)
        case .summary:
            if purge == .ownTags { try purgePoints(ofTagsIn: event) }
            try PackedValue.forEach(in: event.content) { value throws(MalformedMessage) in
                guard let index = index(of: value.tag, step: event.step), isWanted else { return }
                try append(value, event, at: index)
            }
        case .fileVersion, .session, .metaGraph, .message, .other: break
        }
    }

    /// Appends one value to the columns of its tag.
    private mutating func append(_ value: PackedValue, _ event: PackedEvent, at index: Int) throws(MalformedMessage) {
        if columns[index].isIncluded == nil {
            let isIncluded = try includes(value, tag: columns[index].tag)
            columns[index].isIncluded = isIncluded
            guard isIncluded else { return }
        }
        if value.form == .scalar, columns[index].metadata != nil || !value.hasMetadata {
            if columns[index].kind == .unshown { columns[index].kind = .scalar }
            columns[index].scalars.append(Double(value.scalar), step: event.step, wallTime: event.wallTime)
            return
        }
        let tag = columns[index].tag
        let logged = try decoder.decodeAlone(value, tag: tag, metadata: columns[index].metadata)
        if columns[index].metadata == nil { columns[index].metadata = logged.metadata }
        if columns[index].kind == .unshown { columns[index].kind = logged.kind }
        append(logged.content, at: index, event, integer: logged.payload.largeInteger)
    }

    private mutating func append(_ content: LoggedContent, at index: Int, _ event: PackedEvent, integer: Int128? = nil)
    {
        if case .scalar(let scalar) = content {
            columns[index].scalars.append(scalar, step: event.step, wallTime: event.wallTime, integer: integer)
        } else {
            columns[index].contents.append(content, step: event.step, wallTime: event.wallTime)
        }
    }

    /// Whether a tag is loaded whose first value this is, when only scalars are.
    private mutating func includes(_ value: PackedValue, tag: String) throws(MalformedMessage) -> Bool {
        let kind: LoggedKind =
            value.form == .scalar ? .scalar : try decoder.decodeAlone(value, tag: tag, metadata: nil).kind
        return switch kind {
        case .scalar: options.filter.includesTag?(tag) ?? true
        case .hyperparameters: true
        default: false
        }
    }

    /// The index of a tag's columns, ready for a point at a step; `nil` if the tag is not loaded.
    private mutating func index(of tag: UnsafeRawBufferPointer, step: Int) -> Int? {
        let index = tags.index(of: tag) { tag in
            let isIncluded = kinds == .scalars ? nil : options.filter.includesTag?(tag) ?? true
            columns.append(Column(tag: tag, isIncluded: isIncluded, startCount: starts.count))
        }
        guard columns[index].isIncluded != false else { return nil }
        if columns[index].startCount != starts.count { applyStarts(at: index) }
        if restarts == .fastLoader { columns[index].purgePoints(from: step) }
        return index
    }

    /// The index of the columns of an event that is a value as a whole; `nil` if the tag is not loaded.
    private mutating func index(of tag: String, kind: LoggedKind, _ event: PackedEvent) -> Int? {
        guard let index = Array(tag.utf8).withUnsafeBytes({ index(of: $0, step: event.step) }) else { return nil }
        // Neither a graph nor run metadata is a scalar.
        guard columns[index].isIncluded != nil else {
            columns[index].isIncluded = false
            return nil
        }
        columns[index].kind = kind
        return index
    }

    /// Purges the points that session starts removed since the tag was last logged.
    private mutating func applyStarts(at index: Int) {
        guard let step = starts.lowestStep(since: columns[index].startCount) else { return }
        columns[index].purgePoints(from: step)
        columns[index].startCount = starts.count
    }

    /// Purges points before the event's own are added, of which there may be several of one tag.
    private mutating func purgePoints(ofTagsIn event: PackedEvent) throws(MalformedMessage) {
        try PackedValue.forEach(in: event.content) { value throws(MalformedMessage) in
            guard let index = tags.index(of: value.tag) else { return }
            columns[index].purgePoints(from: event.step)
        }
    }

    /// The points that the event makes TensorBoard's Python loader purge.
    private mutating func purge(by event: PackedEvent) throws(MalformedMessage) -> SessionHistory.Purge {
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
        return history.purge(step: event.step, isData: isData, isStart: isStart)
    }
}

extension LoggedValue.Payload {
    /// The integer of a tensor that has exactly one, if a `Double` may round it.
    fileprivate var largeInteger: Int128? {
        guard case .tensor(let tensor) = self, tensor.count == 1 else { return nil }
        return switch tensor.elements {
        case .int64(let elements): Int128(elements[0]).ifLarge
        case .uint64(let elements): Int128(elements[0]).ifLarge
        default: nil
        }
    }
}

extension Int128 {
    /// The integer if a `Double` may round it.
    package var ifLarge: Int128? { magnitude > 1 << 53 ? self : nil }
}

extension LoggedRun {
    /// Reads the whole run into memory.
    ///
    /// What cannot be read is in ``RunData/faults``; reading continues with the next record or file.
    ///
    /// - Parameters:
    ///   - options: How to read the files, and which events.
    ///   - restarts: How to treat steps that were logged more than once.
    ///   - progress: Receives the number of bytes that were read since the last call.
    /// - Returns: What the run logged.
    public func load(
        options: ReadingOptions = ReadingOptions(),
        restarts: RestartRule = .everything,
        progress: (_ byteCount: Int) -> Void = { _ in }
    ) -> RunData {
        var loader = RunLoader(self, options: options, restarts: restarts)
        return loader.load(progress: progress)
    }

    /// Reads the scalars and the hyperparameters of the run, and skips all other data without decoding it.
    ///
    /// The first value of a tag decides its kind.
    ///
    /// - Parameters:
    ///   - options: How to read the files, and which events; hyperparameters are read whatever the filter says of their
    ///     tags.
    ///   - restarts: How to treat steps that were logged more than once.
    ///   - progress: Receives the number of bytes that were read since the last call.
    /// - Returns: What the run logged, without other kinds of data.
    public func loadScalars(
        options: ReadingOptions = ReadingOptions(),
        restarts: RestartRule = .everything,
        progress: (_ byteCount: Int) -> Void = { _ in }
    ) -> RunData {
        var loader = RunLoader(self, options: options, restarts: restarts, kinds: .scalars)
        return loader.load(progress: progress)
    }
}
