import TFRecord

/// The part of a log that goes into one file, counted in bytes of all that is recorded.
///
/// Which file an event goes into is decided when it is recorded, not when it is written: so it is encoded once, with the
/// metadata that this file lacks, however many files wait in memory.
struct FileBounds {
    /// Where the file's first event begins.
    private var start: Int
    /// Where the payload of its last event may end.
    private var payloadEnd: Int

    /// - Parameters:
    ///   - start: Where the file's first event begins.
    ///   - headerByteCount: The size of the records that stand before it.
    ///   - maximum: The size that the file may have; `nil` for no limit.
    init(start: Int, headerByteCount: Int, maximum: Int?) {
        self.start = start
        let room = max(0, (maximum ?? .max) - headerByteCount - RecordFraming.overhead)
        payloadEnd = start > .max - room ? .max : start + room
    }

    /// Whether an event fits; the first always does.
    ///
    /// - Parameters:
    ///   - byteCount: The size of its payload.
    ///   - position: Where it begins.
    /// - Returns: Whether it does.
    @inline(__always)
    func haveRoom(for byteCount: Int, at position: Int) -> Bool {
        byteCount <= payloadEnd - position || position == start
    }

    /// Takes account of bytes that were added to what is recorded before the file's first event.
    mutating func move(by byteCount: Int) {
        start += byteCount
        if payloadEnd < .max - byteCount { payloadEnd += byteCount }
    }
}
