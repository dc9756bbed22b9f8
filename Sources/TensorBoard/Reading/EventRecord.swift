/// One record of an event file with the bytes of its event.
///
/// ```swift
/// var copy = try TFRecordWriter(path: "repaired/events.out.tfevents.1")
/// while let record = try reader.nextRecord() { try copy.append(record.payload) }
/// ```
public struct EventRecord: Sendable, Hashable {
    /// Where the record begins in the file, in bytes.
    public let offset: Int
    /// The event as it stands in the file, a protobuf message.
    public let payload: [UInt8]
    /// Seconds since 1970-01-01 UTC.
    public let wallTime: Double
    /// The position on the horizontal axis.
    public let step: Int
    /// Whether the event holds data of its step: summaries, graphs or run metadata.
    ///
    /// Else it is about the file or the session.
    public let isData: Bool
}
