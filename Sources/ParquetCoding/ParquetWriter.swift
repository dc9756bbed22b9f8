/// Writes a table as a Parquet file, row group by row group, so that memory is bounded.
///
/// ```swift
/// var writer = try ParquetWriter(columns: [.init("step", .int64), .init("value", .double)]) { try file.write($0) }
/// try writer.append([.int64(0), .double(0.69)])
/// try writer.finish()
/// ```
///
/// The format is version 1 with pages of the first kind, which every reader knows: a dictionary for texts that repeat,
/// otherwise plain values, and gzip where that makes a column smaller. Source: `README.md`, `Encodings.md` and
/// `parquet.thrift` of apache/parquet-format.
package struct ParquetWriter {
    private struct RowGroup {
        let rowCount: Int
        let columns: [ColumnChunk.Written]

        var uncompressedByteCount: Int { columns.reduce(0) { $0 + $1.uncompressedByteCount } }
        var compressedByteCount: Int { columns.reduce(0) { $0 + $1.compressedByteCount } }
    }

    /// The largest text in bytes: the size of a page has 32 bits.
    package static let largestTextByteCount = 1 << 30

    private static let magic = Array("PAR1".utf8)
    private static let byteLimit = 1 << 25

    private let columns: [ParquetColumn]
    private let rowLimit: Int
    private let write: ([UInt8]) throws -> Void
    private var offset = 0
    private var chunks: [ColumnChunk]
    private var rowCount = 0
    private var groups: [RowGroup] = []

    /// Begins a file.
    ///
    /// - Parameters:
    ///   - columns: The columns, at least one.
    ///   - rowLimit: The largest number of rows of a row group.
    ///   - write: Receives the bytes of the file, one piece after the other.
    /// - Throws: What `write` throws.
    package init(
        columns: [ParquetColumn],
        rowLimit: Int = 1 << 17,
        write: @escaping ([UInt8]) throws -> Void
    ) throws {
        precondition(!columns.isEmpty, "A Parquet file needs a column.")
        self.columns = columns
        self.rowLimit = rowLimit
        self.write = write
        chunks = columns.map(ColumnChunk.init)
        try put(Self.magic)
    }

    /// Adds a row.
    ///
    /// - Parameter row: One value for each column, of its type; texts up to ``largestTextByteCount``.
    /// - Throws: What the closure of the initializer throws.
    package mutating func append(_ row: [ParquetValue]) throws {
        precondition(row.count == columns.count, "A row must have one value for each column.")
        for index in chunks.indices { chunks[index].append(row[index]) }
        rowCount += 1
        if rowCount >= rowLimit || chunks.reduce(0, { $0 + $1.byteCount }) >= Self.byteLimit { try endRowGroup() }
    }

    /// Writes the rest of the file.
    ///
    /// - Throws: What the closure of the initializer throws.
    package mutating func finish() throws {
        if rowCount > 0 { try endRowGroup() }
        let footer = footer
        var length: [UInt8] = []
        length.append(littleEndian: UInt32(footer.count))
        try put(footer + length + Self.magic)
    }

    private mutating func endRowGroup() throws {
        var written: [ColumnChunk.Written] = []
        for chunk in chunks {
            let pages = chunk.pages(at: offset)
            written.append(pages.written)
            try put(pages.bytes)
        }
        groups.append(RowGroup(rowCount: rowCount, columns: written))
        chunks = columns.map(ColumnChunk.init)
        rowCount = 0
    }

    private mutating func put(_ bytes: [UInt8]) throws {
        try write(bytes)
        offset += bytes.count
    }

    /// The `FileMetaData`.
    private var footer: [UInt8] {
        ThriftWriter.bytes { file in
            file.int32(1, 1)
            // The root, then its children.
            file.structures(2, [nil] + columns.map(Optional.some)) { column, element in
                if let column { return column.write(to: &element) }
                element.binary(4, "schema".utf8)
                element.int32(5, columns.count)
            }
            file.int64(3, groups.reduce(0) { $0 + $1.rowCount })
            file.structures(4, groups) { group, element in
                element.structures(1, group.columns) { $0.write(to: &$1) }
                element.int64(2, group.uncompressedByteCount)
                element.int64(3, group.rowCount)
                element.int64(6, group.compressedByteCount)
            }
            file.binary(6, "swift-tensorboard".utf8)
            // By it readers know that bounds compare as numbers.
            file.structures(7, columns) { _, order in order.structure(1) { _ in } }
        }
    }
}

extension ColumnChunk.Written {
    /// The chunk as a `ColumnChunk`.
    fileprivate func write(to thrift: inout ThriftWriter) {
        thrift.int64(2, dictionaryOffset ?? dataOffset)
        thrift.structure(3) { metadata in
            metadata.int32(1, column.physicalType.rawValue)
            metadata.integers(2, encodings.map(\.rawValue))
            metadata.texts(3, [column.name])
            metadata.int32(4, codec.rawValue)
            metadata.int64(5, valueCount)
            metadata.int64(6, uncompressedByteCount)
            metadata.int64(7, compressedByteCount)
            metadata.int64(9, dataOffset)
            if let dictionaryOffset { metadata.int64(11, dictionaryOffset) }
            metadata.structure(12) { statistics in
                statistics.int64(3, nullCount)
                guard let bounds else { return }
                statistics.binary(5, bounds.highest)
                statistics.binary(6, bounds.lowest)
            }
        }
    }
}
