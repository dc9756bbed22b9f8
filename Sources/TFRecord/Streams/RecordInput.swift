import SystemPackage

/// The framed stream inside a file: its bytes, decompressed if need be.
struct RecordInput<Source: ByteSource & ~Copyable>: ~Copyable {
    /// Why no bytes can be had.
    enum Failure: Error {
        case system(Errno)
        case corruptCompression(String)
    }

    /// The number of bytes that are read at once at least.
    static var chunkByteCount: Int { 1 << 16 }

    private var source: Source
    private var inflater: Inflater?
    private var compressed = OwnedBytes(count: 0)
    private var unread = 0..<0

    init(_ source: consuming Source) {
        self.source = source
    }

    /// Whether the compressed data so far stops before its end.
    var isInsideCompressedStream: Bool {
        switch inflater {
        case .some(let inflater): inflater.isInsideStream
        case .none: false
        }
    }

    /// Decompresses from here on.
    ///
    /// - Parameters:
    ///   - format: The wrapper.
    ///   - prefix: Bytes that were read already, a chunk at most.
    /// - Throws: The failure of zlib.
    mutating func decompress(_ format: CompressionFormat, prefix: UnsafeRawBufferPointer) throws(Failure) {
        do {
            inflater = try Inflater(format)
        } catch {
            throw .corruptCompression(error.message)
        }
        compressed = OwnedBytes(count: Self.chunkByteCount)
        compressed.bytes.copyMemory(from: prefix)
        unread = 0..<prefix.count
    }

    /// Reads bytes that follow those read before.
    ///
    /// - Parameter buffer: At least one byte to fill.
    /// - Returns: The number of bytes, perhaps fewer than wanted; 0 when there are no more for now.
    /// - Throws: What the source or zlib says.
    mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(Failure) -> Int {
        guard inflater != nil else { return try readSource(into: buffer) }
        while true {
            // Asked first without new input: zlib may hold bytes back that did not fit the last time.
            let produced = try inflate(into: buffer)
            if produced > 0 { return produced }
            unread = 0..<(try readSource(into: compressed.bytes))
            if unread.isEmpty { return 0 }
        }
    }

    private mutating func inflate(into buffer: UnsafeMutableRawBufferPointer) throws(Failure) -> Int {
        var input = UnsafeRawBufferPointer(rebasing: compressed.bytes[unread])
        defer { unread = unread.upperBound - input.count..<unread.upperBound }
        do {
            return try inflater?.inflate(&input, into: buffer) ?? 0
        } catch {
            throw .corruptCompression(error.message)
        }
    }

    private mutating func readSource(into buffer: UnsafeMutableRawBufferPointer) throws(Failure) -> Int {
        while true {
            do {
                return try source.read(into: buffer)
            } catch .interrupted {
                continue
            } catch {
                throw .system(error)
            }
        }
    }
}
