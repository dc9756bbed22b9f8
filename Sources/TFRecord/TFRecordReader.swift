import SystemPackage

/// Reads the records of a TFRecord file in order.
///
/// ```swift
/// var reader = try TFRecordReader(path: "data.tfrecord")
/// while let record = try reader.next() {
///     print(record.offset, record.payload.count)
/// }
/// if reader.isTruncated { print("the last record is not complete") }
/// ```
///
/// A file whose last record is incomplete is not an error, since a writer may be at work. ``next()`` then returns nil,
/// and continues where it stopped when it is called again after the file has grown.
///
/// Memory is bounded by the largest record that is really in the file, not by the lengths that a damaged file claims.
public struct TFRecordReader: ~Copyable {
    /// How a file is compressed.
    public enum Compression: Sendable, Hashable {
        /// As the first bytes of the file say.
        case automatic
        /// Not compressed.
        case none
        /// A gzip file, perhaps of several members.
        case gzip
        /// A zlib stream.
        case zlib
    }

    /// What is done with the checksums of payloads; those of lengths are always verified.
    public enum ChecksumPolicy: Sendable, Hashable {
        /// A wrong checksum is an error.
        case verify
        /// Checksums are not computed, which is faster.
        case skip
    }

    /// How to read a file.
    public struct Options: Sendable, Hashable {
        /// How the file is compressed; by default as its first bytes say.
        public var compression: Compression = .automatic
        /// Whether payloads are verified; by default they are.
        public var checksums: ChecksumPolicy = .verify
        /// The largest payload in bytes that is not an error; by default 1 GiB, beyond what protocol buffers are used
        /// for.
        public var maximumPayloadByteCount = 1 << 30

        /// Creates the default options.
        public init() {}
    }

    /// A record with a copy of its payload.
    public struct Record: Sendable, Hashable {
        /// Where the record begins in the file, in bytes; in a compressed file, after decompression.
        public let offset: Int
        /// The bytes that were written.
        public let payload: [UInt8]
    }

    private var decoder: RecordDecoder<File>

    /// Opens a file.
    ///
    /// - Parameters:
    ///   - path: An existing file.
    ///   - options: How to read it.
    /// - Throws: ``TFRecordError`` with code ``TFRecordError/Code/inputOutput`` when the file cannot be opened.
    public init(path: some PathConvertible, options: Options = Options()) throws(TFRecordError) {
        let path = try path.checkedPath()
        do {
            decoder = RecordDecoder(try File(reading: path), path: path, options: options)
        } catch {
            throw .opening(path, error)
        }
    }

    /// Where the next record begins in the file, in bytes; in a compressed file, after decompression.
    public var offset: Int { decoder.offset }

    /// Whether the file ended inside a record, or inside its compressed data, when the last call returned nil.
    public var isTruncated: Bool { decoder.isTruncated }

    /// The number of bytes there are of the record that is not complete; 0 if there is none.
    public var truncatedByteCount: Int { decoder.truncatedByteCount }

    /// Reads a record.
    ///
    /// - Returns: The record, or nil at the end of the file as it is now; see ``isTruncated``.
    /// - Throws: ``TFRecordError``. After ``TFRecordError/Code/corruptPayload`` the next call returns the record
    ///   that follows; all other errors are final.
    public mutating func next() throws(TFRecordError) -> Record? {
        guard let frame = try decoder.next() else { return nil }
        return Record(offset: frame.offset, payload: Array(frame.payload))
    }

    /// Reads a record without copying it.
    ///
    /// - Parameter body: Gets the payload and the offset where the record begins.
    /// - Returns: What `body` returns, or nil at the end of the file as it is now; see ``isTruncated``.
    /// - Throws: What ``next()`` throws.
    public mutating func withNextRecord<Result>(
        _ body: (_ payload: RawSpan, _ offset: Int) -> Result
    ) throws(TFRecordError) -> Result? {
        guard let frame = try decoder.next() else { return nil }
        return body(frame.payload.bytes, frame.offset)
    }
}
