package import TFRecord

extension RecordFraming {
    /// Finds how many records lie completely in the first bytes of a sequence of records.
    ///
    /// - Parameters:
    ///   - records: Whole records, one behind the other.
    ///   - byteLimit: How many of the bytes to look at.
    /// - Returns: The bytes that the records take, and how many records they are.
    package static func wholeRecords(in records: UnsafeRawBufferPointer, byteLimit: Int) -> (bytes: Int, records: Int) {
        var end = 0
        var count = 0
        while byteLimit - end >= overhead {
            let payload = Int(UInt64(littleEndian: records.loadUnaligned(fromByteOffset: end, as: UInt64.self)))
            guard payload <= byteLimit - end - overhead else { break }
            end += payload + overhead
            count += 1
        }
        return (end, count)
    }

    /// Calls `body` with the payload of every record.
    ///
    /// - Parameters:
    ///   - records: Whole records, one behind the other.
    ///   - body: Takes a payload.
    package static func forEachPayload(in records: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) -> Void) {
        var rest = records
        while !rest.isEmpty {
            let record = leadingRecords(of: rest, byteLimit: 0).bytes
            body(UnsafeRawBufferPointer(rebasing: rest[headerByteCount..<record - footerByteCount]))
            rest = UnsafeRawBufferPointer(rebasing: rest[record...])
        }
    }

    /// The records at the beginning that fit into a number of bytes, but at least one.
    ///
    /// - Parameters:
    ///   - records: Whole records, one behind the other, not none.
    ///   - byteLimit: How many bytes they should not exceed.
    /// - Returns: The bytes that the records take, and how many records they are.
    package static func leadingRecords(
        of records: UnsafeRawBufferPointer,
        byteLimit: Int
    ) -> (bytes: Int, records: Int) {
        let whole = wholeRecords(in: records, byteLimit: byteLimit)
        guard whole.records == 0 else { return whole }
        let payload = Int(UInt64(littleEndian: records.loadUnaligned(as: UInt64.self)))
        return (payload + overhead, 1)
    }
}
