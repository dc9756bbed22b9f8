public import EventCoding
import EventFiles
import Summaries
public import SystemPackage
public import TFRecord

/// Reads the events of a file that any TensorBoard writer wrote, in order.
///
/// ```swift
/// var reader = try EventFileReader("logs/run1/events.out.tfevents.1700000000.host.1.0000")
/// while let event = try reader.next() {
///     print(event.offset, event.step, event.content)
/// }
/// if reader.isTruncated { print("the last record is not complete") }
/// ```
///
/// A file whose last record is incomplete is not an error, since a writer may be at work. ``next()`` then returns `nil`,
/// and continues where it stopped when it is called again after the file has grown.
///
/// Each fault is thrown once, and reading continues where that is possible:
///
/// ```swift
/// do {
///     guard let event = try reader.next() else { break }
///     keep(event)
/// } catch where error.canReadOn {
///     report(error)                                   // the next call returns the record that follows
/// } catch {
///     report(error)
///     guard try reader.skipDamage() != nil else { break }
/// }
/// ```
///
/// Memory is bounded by the largest record that the file really holds, not by what a damaged file claims.
public struct EventFileReader: ~Copyable {
    /// The file.
    public let path: FilePath

    private let steps: ClosedRange<Int>
    private let tags: TagFilter
    private var records: EventRecordReader
    private var decoder = EventDecoder()

    /// Opens an event file.
    ///
    /// - Parameters:
    ///   - path: The file, which must not be compressed: TensorBoard reads no compressed ones.
    ///   - options: How to read the file, and which of its events.
    ///   - offset: The offset of the first record to read, in bytes; for example ``offset`` of an earlier reader.
    /// - Throws: ``TensorBoardError/Code/cannotRead``, ``TensorBoardError/Code/invalidOption`` if the offset is negative.
    public init(
        _ path: some PathConvertible,
        options: ReadingOptions = ReadingOptions(),
        from offset: Int = 0
    ) throws(TensorBoardError) {
        try self.init(path.usablePath(), options, TagFilter(options.filter), from: offset)
    }

    /// Opens an event file with the answers of a filter so far, so that the filter is asked once for each tag of a run.
    init(
        _ path: FilePath,
        _ options: ReadingOptions,
        _ tags: TagFilter,
        from offset: Int
    ) throws(TensorBoardError) {
        self.path = path
        self.tags = tags
        steps = options.filter.steps
        records = try EventRecordReader(path, options, from: offset)
    }

    /// The offset of the next record in the file, in bytes.
    public var offset: Int { records.offset }

    /// Whether the file ended inside a record when the last call returned `nil`.
    public var isTruncated: Bool { records.isTruncated }

    /// The size of the incomplete record at the end, in bytes; 0 if there is none.
    public var truncatedByteCount: Int { records.truncatedByteCount }

    /// Reads an event.
    ///
    /// - Returns: The next event that passes the filter, or `nil` at the end of the file as it is now.
    /// - Throws: ``TensorBoardError``. After ``TensorBoardError/Code/damagedPayload`` and
    ///   ``TensorBoardError/Code/notAnEvent`` the next call returns the record that follows; after
    ///   ``TensorBoardError/Code/damagedLength`` and ``TensorBoardError/Code/recordTooLarge`` the next call throws the
    ///   same, unless ``skipDamage()`` finds another record.
    public mutating func next() throws(TensorBoardError) -> LoggedEvent? {
        let tags = tags
        while let record = try records.next() {
            guard includes(record.event) else { continue }
            do throws(MalformedMessage) {
                guard var event = try decoder.decode(record.event, where: { tags.includes($0) }) else { continue }
                event.offset = record.offset
                event.byteCount = record.byteCount
                return event
            } catch {
                throw records.fault(record)
            }
        }
        return nil
    }

    /// Reads a record without decoding it, for tools that copy records as they are.
    ///
    /// Only the steps of the filter apply.
    ///
    /// - Returns: The record, or `nil` at the end of the file as it is now.
    /// - Throws: What ``next()`` throws; the event's content is not checked.
    public mutating func nextRecord() throws(TensorBoardError) -> EventRecord? {
        while let record = try records.next() {
            guard !record.event.isData || steps.contains(record.event.step) else { continue }
            return EventRecord(
                offset: record.offset,
                payload: Array(record.payload),
                wallTime: record.event.wallTime,
                step: record.event.step,
                isData: record.event.isData
            )
        }
        return nil
    }

    /// Continues at the next offset that looks like a record, wherever the last call ended.
    ///
    /// After damage the search begins one byte after the start of the damaged record, so that records within its
    /// claimed extent are found. The record that is found may itself be damaged.
    ///
    /// - Returns: The number of bytes from the start of the last record to that offset, or `nil` if there is none; the
    ///   rest of the file is lost then.
    /// - Throws: ``TensorBoardError/Code/cannotRead``.
    public mutating func skipDamage() throws(TensorBoardError) -> Int? {
        try records.skipDamage()
    }

    private func includes(_ event: PackedEvent) -> Bool {
        guard event.isData else { return true }
        guard steps.contains(event.step) else { return false }
        return event.kind != .graph || tags.includes(LoggedKind.runGraphTag)
    }
}

/// One record of an event file with the bytes of its event.
///
/// ```swift
/// var copy = try TFRecordWriter(path: "repaired/events.out.tfevents.1")
/// while let record = try reader.nextRecord() { try copy.append(record.payload) }
/// ```
public struct EventRecord: Sendable, Hashable {
    /// Where the record begins in the file, in bytes.
    public let offset: Int
    /// The event as stored in the file, a protobuf message.
    public let payload: [UInt8]
    /// Seconds since 1970-01-01 UTC.
    public let wallTime: Double
    /// The position on the horizontal axis.
    public let step: Int
    /// Whether the event holds data of its step: summaries, graphs or run metadata.
    ///
    /// Other events are about the file or the session.
    public let isData: Bool
}
