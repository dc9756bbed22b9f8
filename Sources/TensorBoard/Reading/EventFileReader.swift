import EventCoding
public import Summaries
public import SystemPackage

/// Reads the events of a file by any TensorBoard writer, one after the other.
///
/// ```swift
/// var reader = try EventFileReader("logs/run1/events.out.tfevents.1700000000.host.1.0000")
/// while let event = try reader.next() {
///     print(event.offset, event.step, event.content)
/// }
/// if reader.isTruncated { print("the last record is not complete") }
/// ```
///
/// A file whose last record is not complete is nothing special: it may still be written to. ``next()`` then returns
/// `nil`, and goes on where it stopped when it is called again after the file has grown.
///
/// Faults are thrown one by one, and reading goes on where there is a way to:
///
/// ```swift
/// do {
///     guard let event = try reader.next() else { break }
///     keep(event)
/// } catch where error.canReadOn {
///     report(error)                                   // the next call gives the record behind
/// } catch {
///     report(error)
///     guard try reader.skipDamage() != nil else { break }
/// }
/// ```
///
/// Memory is bounded by the largest record that is really in the file, not by what a damaged file claims.
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
    ///   - path: The file; it must not be compressed, as TensorBoard demands.
    ///   - options: How to read it, and what of it.
    ///   - offset: Where to begin in bytes, which must be at a record; for example ``offset`` of an earlier reader.
    /// - Throws: ``TensorBoardError/Code/cannotRead``.
    public init(
        _ path: FilePath,
        options: ReadingOptions = ReadingOptions(),
        from offset: Int = 0
    ) throws(TensorBoardError) {
        self.path = path
        steps = options.filter.steps
        tags = TagFilter(options.filter)
        records = try EventRecordReader(path, options: options, from: offset)
    }

    /// Where the next record begins in the file, in bytes.
    public var offset: Int { records.offset }

    /// Whether the file ended inside a record when the last call returned `nil`.
    public var isTruncated: Bool { records.isTruncated }

    /// The number of bytes there are of the record that is not complete; 0 if there is none.
    public var truncatedByteCount: Int { records.truncatedByteCount }

    /// Reads an event.
    ///
    /// - Returns: The next event that passes the filter, or `nil` at the end of the file as it is now.
    /// - Throws: ``TensorBoardError``. After ``TensorBoardError/Code/damagedPayload`` and
    ///   ``TensorBoardError/Code/notAnEvent`` the next call goes on with the record behind; after
    ///   ``TensorBoardError/Code/damagedLength`` and ``TensorBoardError/Code/recordTooLarge`` it throws the same, unless
    ///   ``skipDamage()`` finds more.
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
    /// Of the filter only the steps count.
    ///
    /// - Returns: The record, or `nil` at the end of the file as it is now.
    /// - Throws: What ``next()`` throws; what is inside of the event's content is not looked at.
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

    /// Goes on at the next place that looks like a record, wherever the last call ended.
    ///
    /// After damage it looks behind the place where the damaged record begins, so that records which it seems to span
    /// are found. What it finds may be damaged in turn.
    ///
    /// - Returns: The number of bytes from the beginning of the last record to that place, or `nil` if there is none;
    ///   the rest of the file is lost then.
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
