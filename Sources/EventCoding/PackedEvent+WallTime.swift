extension PackedEvent {
    /// Calls `body` with the event as it would be at another time.
    ///
    /// The time is put at the end: of a field that stands twice, protobuf takes the last.
    ///
    /// - Parameters:
    ///   - wallTime: Seconds since 1970-01-01 UTC.
    ///   - payload: The bytes that the event was made of.
    ///   - body: Takes the new bytes.
    /// - Throws: What `body` throws.
    package func withWallTime<Failure: Error>(
        _ wallTime: Double,
        _ payload: UnsafeRawBufferPointer,
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Void
    ) throws(Failure) {
        var bytes = Array(payload)
        bytes.append(1 << 3 | 1)
        withUnsafeBytes(of: wallTime.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
        try bytes.span.bytes.withUnsafeBytes { buffer throws(Failure) in try body(buffer) }
    }
}
