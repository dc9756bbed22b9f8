import SystemPackage

/// Writes a TFRecord file, as read by `tf.data.TFRecordDataset` and TensorBoard.
///
/// ```swift
/// var writer = try TFRecordWriter(path: "data.tfrecord.gz", compression: .gzip)
/// for example in examples { try writer.append(example.serialized) }
/// try writer.close()
/// ```
///
/// Records are collected in memory and written in large pieces. ``close()`` ends the file and reports failures; a writer
/// that is released without it tries the same but cannot report. TensorBoard itself reads uncompressed files only.
public struct TFRecordWriter: ~Copyable {
    private var encoder: RecordEncoder<File>

    /// Creates a file.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - compression: How the whole file is compressed.
    ///   - replacing: Whether an existing file is emptied first; otherwise it is an error.
    /// - Throws: ``TFRecordError`` with code ``TFRecordError/Code/alreadyExists`` or
    ///   ``TFRecordError/Code/inputOutput`` when the file cannot be created.
    public init(
        path: some PathConvertible,
        compression: Compression = .none,
        replacing: Bool = false
    ) throws(TFRecordError) {
        let path = try path.checkedPath()
        let file: File
        do {
            file = try File(creating: path, replacing: replacing)
        } catch {
            throw .opening(path, error)
        }
        encoder = try RecordEncoder(file, path: path, compression: compression)
    }

    /// Appends a record.
    ///
    /// - Parameter payload: The bytes of the record; there may be none.
    /// - Throws: ``TFRecordError`` when earlier records cannot be written. They are kept and tried again the next time;
    ///   this record is not taken.
    public mutating func append(_ payload: UnsafeRawBufferPointer) throws(TFRecordError) {
        try encoder.append(payload)
    }

    /// Appends a record.
    ///
    /// - Parameter payload: The bytes of the record; there may be none.
    /// - Throws: ``TFRecordError`` when earlier records cannot be written. They are kept and tried again the next time;
    ///   this record is not taken.
    public mutating func append(_ payload: RawSpan) throws(TFRecordError) {
        try payload.withUnsafeBytes { bytes throws(TFRecordError) in try encoder.append(bytes) }
    }

    /// Appends a record.
    ///
    /// - Parameter payload: The bytes of the record; there may be none.
    /// - Throws: ``TFRecordError`` when earlier records cannot be written. They are kept and tried again the next time;
    ///   this record is not taken.
    public mutating func append(_ payload: [UInt8]) throws(TFRecordError) {
        try append(payload.span.bytes)
    }

    /// Writes what was collected, so that a reader of the file gets every record appended before.
    ///
    /// The operating system holds the bytes then: they survive the end of this process, not a loss of power. Frequent calls
    /// make a compressed file larger.
    ///
    /// - Throws: ``TFRecordError`` when not all could be written. The rest is kept and tried again the next time.
    public mutating func flush() throws(TFRecordError) {
        try encoder.flush()
    }

    /// Writes what was collected and closes the file.
    ///
    /// - Throws: ``TFRecordError`` when not all could be written. The rest is lost: ``flush()`` first if it must not be.
    public consuming func close() throws(TFRecordError) {
        try encoder.close()
    }
}

extension TFRecordWriter {
    /// The compression of a file: one stream over all records, frames included.
    ///
    /// `TFRecordDataset` needs the same in `compression_type`: `""`, `"GZIP"` or `"ZLIB"`.
    public struct Compression: Sendable, Hashable {
        let format: CompressionFormat?
        let level: Int?

        private init(_ format: CompressionFormat?, level: Int? = nil) {
            if let level {
                precondition((0...9).contains(level), "The level of a compression must be from 0 to 9.")
            }
            self.format = format
            self.level = level
        }

        /// Not compressed.
        public static let none = Compression(nil)

        /// A gzip file, with zlib's default level.
        public static let gzip = Compression(.gzip)

        /// A zlib stream, with zlib's default level.
        public static let zlib = Compression(.zlib)

        /// A gzip file.
        ///
        /// - Parameter level: From 0, stored, over 1, fast, to 9, small.
        /// - Returns: The compression with that level.
        public static func gzip(level: Int) -> Compression {
            Compression(.gzip, level: level)
        }

        /// A zlib stream.
        ///
        /// - Parameter level: From 0, stored, over 1, fast, to 9, small.
        /// - Returns: The compression with that level.
        public static func zlib(level: Int) -> Compression {
            Compression(.zlib, level: level)
        }
    }
}
