public import SystemPackage

/// Writes a TFRecord file, as read by `tf.data.TFRecordDataset` and TensorBoard.
///
/// ```swift
/// var writer = try TFRecordWriter(path: "data.tfrecord.gz", compression: .gzip)
/// for example in examples { try writer.append(example.serialized) }
/// try writer.close()
/// ```
///
/// Records are gathered in memory and written in large pieces. ``close()`` ends the file and reports what went wrong; a
/// writer that just goes out of scope tries the same but cannot report. TensorBoard itself reads files that are not
/// compressed only.
public struct TFRecordWriter: ~Copyable {
    private var encoder: RecordEncoder<File>

    /// Creates a file.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - compression: How the whole file is compressed.
    ///   - replacing: Whether a file that is there already is emptied first; else it is an error.
    /// - Throws: ``TFRecordError`` with code ``TFRecordError/Code/alreadyExists`` or
    ///   ``TFRecordError/Code/inputOutput`` when the file cannot be created.
    public init(
        path: FilePath,
        compression: Compression = .none,
        replacing: Bool = false
    ) throws(TFRecordError) {
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

    /// Writes what was gathered, so that a reader of the file gets every record appended before.
    ///
    /// The bytes are with the operating system then: they outlive this process, not a loss of power. Frequent calls
    /// make a compressed file larger.
    ///
    /// - Throws: ``TFRecordError`` when not all could be written. The rest is kept and tried again the next time.
    public mutating func flush() throws(TFRecordError) {
        try encoder.flush()
    }

    /// Writes what was gathered and closes the file.
    ///
    /// - Throws: ``TFRecordError`` when not all could be written. The rest is lost: ``flush()`` first if it must not be.
    public consuming func close() throws(TFRecordError) {
        try encoder.close()
    }
}
