/// Framed records in memory, one behind the other, ready to be written to a file.
///
/// Payloads are made in place: ``append(byteCount:fill:)`` lends the bytes between header and footer. Nothing is
/// allocated once the buffer has grown to the size it works at.
package struct RecordBuffer: ~Copyable, Sendable {
    /// The number of bytes that all records take, frames included.
    package private(set) var count = 0

    /// The number of records.
    package private(set) var recordCount = 0

    private var storage: OwnedBytes

    /// What the first record allocates at least: a few dozen scalars.
    private static let smallestCapacity = 4096

    /// Creates an empty buffer.
    ///
    /// - Parameter minimumCapacity: The number of bytes to allocate at once; 0 allocates nothing before the first
    ///   record.
    package init(minimumCapacity: Int = 0) {
        storage = OwnedBytes(count: minimumCapacity)
    }

    /// Whether there are no records.
    package var isEmpty: Bool { count == 0 }

    /// The number of bytes that fit before the buffer grows.
    package var capacity: Int { storage.count }

    /// Appends a record whose payload is written in place.
    ///
    /// - Parameters:
    ///   - byteCount: The exact number of bytes of the payload.
    ///   - fill: Writes every byte of the payload, which is not initialized. When it throws, nothing is appended.
    /// - Throws: What `fill` throws.
    @inlinable
    package mutating func append<Failure: Error>(
        byteCount: Int,
        fill: (_ payload: UnsafeMutableRawBufferPointer) throws(Failure) -> Void
    ) throws(Failure) {
        try fill(reservePayload(byteCount: byteCount))
        commitPayload(byteCount: byteCount)
    }

    /// Appends a record with a copy of a payload.
    package mutating func append(_ payload: UnsafeRawBufferPointer) {
        append(byteCount: payload.count) { $0.copyMemory(from: payload) }
    }

    /// Lends the bytes of all records.
    package func withUnsafeBytes<Result: ~Copyable, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(UnsafeRawBufferPointer(rebasing: storage.bytes[..<count]))
    }

    /// Removes all records.
    ///
    /// - Parameter keepingCapacity: Whether the memory is kept for the records to come.
    package mutating func removeAll(keepingCapacity: Bool = false) {
        count = 0
        recordCount = 0
        if !keepingCapacity { storage = OwnedBytes(count: 0) }
    }

    // The two halves of `append` stay out of line, so that only the closure is copied into each caller.

    @usableFromInline
    package mutating func reservePayload(byteCount: Int) -> UnsafeMutableRawBufferPointer {
        precondition(byteCount >= 0, "The number of bytes of a record must not be negative.")
        let needed = byteCount + RecordFraming.overhead
        if needed > storage.count - count { grow(by: needed) }
        let payload = count + RecordFraming.headerByteCount
        return UnsafeMutableRawBufferPointer(rebasing: storage.bytes[payload..<payload + byteCount])
    }

    @usableFromInline
    package mutating func commitPayload(byteCount: Int) {
        let end = count + byteCount + RecordFraming.overhead
        RecordFraming.seal(UnsafeMutableRawBufferPointer(rebasing: storage.bytes[count..<end]))
        count = end
        recordCount += 1
    }

    /// Doubles the capacity, or more when the next record needs more, so that appending stays linear over all.
    ///
    /// A large buffer grows by more: memory from the system costs nothing before it is used, and while a buffer is copied
    /// it is there twice.
    @inline(never)
    private mutating func grow(by needed: Int) {
        let factor = storage.count >= OwnedBytes.mappedByteCount ? 16 : 2
        let (larger, overflows) = storage.count.multipliedReportingOverflow(by: factor)
        let capacity = max(count + needed, overflows ? 0 : larger, Self.smallestCapacity)
        storage.reallocate(count: capacity, keeping: count)
    }
}
