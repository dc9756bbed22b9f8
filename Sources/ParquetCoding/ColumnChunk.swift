/// The values of one column in one row group, in memory until the group is written.
struct ColumnChunk {
    /// The part of a file that a chunk became, for the file's footer.
    struct Written {
        let column: ParquetColumn
        let codec: ParquetCode.Codec
        let encodings: [ParquetCode.Encoding]
        let valueCount: Int
        let nullCount: Int
        /// The lowest and the highest value as bytes, of columns of integers.
        let bounds: (lowest: [UInt8], highest: [UInt8])?
        let uncompressedByteCount: Int
        let compressedByteCount: Int
        /// The position of the dictionary in the file, if there is one.
        let dictionaryOffset: Int?
        /// The position of the data in the file.
        let dataOffset: Int
    }

    private let column: ParquetColumn
    /// Whether each value is there, of an optional column.
    private var presence: [UInt32] = []
    private var valueCount = 0
    private var nullCount = 0
    /// The present values but for truth values and texts, in the encoding `PLAIN`.
    private var plain: [UInt8] = []
    private var bounds: ClosedRange<Int64>?
    private var truths: [Bool] = []
    private var texts = TextDictionary()

    init(_ column: ParquetColumn) {
        self.column = column
    }

    /// About the number of bytes that the values take in memory.
    var byteCount: Int { plain.count + truths.count + texts.byteCount + 4 * presence.count }

    /// Adds a value.
    ///
    /// - Precondition: The value has the type of the column, and is there unless the column is optional.
    mutating func append(_ value: ParquetValue) {
        valueCount += 1
        if column.isOptional { presence.append(value == .null ? 0 : 1) }
        switch (value, column.kind) {
        case (.null, _):
            precondition(column.isOptional, "The column \(column.name) needs a value in every row.")
            nullCount += 1
        case (.int64(let integer), .int64), (.int64(let integer), .timestamp):
            plain.append(littleEndian: integer)
            bounds = bounds.map { min($0.lowerBound, integer)...max($0.upperBound, integer) } ?? integer...integer
        case (.double(let double), .double): plain.append(littleEndian: double.bitPattern)
        case (.wideInteger(let integer), .wideInteger):
            let bytes = withUnsafeBytes(of: integer.bigEndian) { Array($0.suffix(ParquetColumn.wideIntegerByteCount)) }
            plain.append(contentsOf: bytes)
        case (.bool(let truth), .bool): truths.append(truth)
        case (.text(let text), .text): texts.append(text)
        default: preconditionFailure("A value of the column \(column.name) must be of its type.")
        }
    }

    /// Encodes the values as pages.
    ///
    /// - Parameter offset: The position in the file at which the pages will be.
    /// - Returns: The pages, and what the footer says of them.
    func pages(at offset: Int) -> (bytes: [UInt8], written: Written) {
        let usesDictionary = column.kind == .text && texts.isSmallerAsDictionary
        let dictionary = usesDictionary ? texts.entries : nil
        let data = levels + (usesDictionary ? texts.indices : plainValues)
        let encoding = usesDictionary ? ParquetCode.Encoding.rleDictionary : .plain

        let contents = (dictionary: dictionary.map(Gzip.compress), data: Gzip.compress(data))
        let plainSize = (dictionary?.count ?? 0) + data.count
        let isCompressed = (contents.dictionary?.count ?? 0) + contents.data.count < plainSize
        var bytes: [UInt8] = []
        var headerByteCount = 0
        if let dictionary, let compressed = contents.dictionary {
            let content = isCompressed ? compressed : dictionary
            let header = Self.header(.dictionary, dictionary.count, content.count, texts.count, .plain)
            headerByteCount += header.count
            bytes += header + content
        }
        let dataOffset = offset + bytes.count
        let content = isCompressed ? contents.data : data
        let header = Self.header(.data, data.count, content.count, valueCount, encoding)
        headerByteCount += header.count
        bytes += header + content
        let written = Written(
            column: column,
            codec: isCompressed ? .gzip : .uncompressed,
            encodings: usesDictionary ? [.plain, .rle, .rleDictionary] : [.plain, .rle],
            valueCount: valueCount,
            nullCount: nullCount,
            bounds: bounds.map { ($0.lowerBound.littleEndianBytes, $0.upperBound.littleEndianBytes) },
            uncompressedByteCount: headerByteCount + plainSize,
            compressedByteCount: bytes.count,
            dictionaryOffset: dictionary == nil ? nil : offset,
            dataOffset: dataOffset
        )
        return (bytes, written)
    }

    /// Which values are there, after the length of that in bytes; nothing for a column that is not optional.
    private var levels: [UInt8] {
        guard column.isOptional else { return [] }
        let levels = RunLengthEncoding.encode(presence, bitWidth: 1)
        var bytes: [UInt8] = []
        bytes.append(littleEndian: UInt32(levels.count))
        return bytes + levels
    }

    private var plainValues: [UInt8] {
        switch column.kind {
        case .int64, .wideInteger, .double, .timestamp: return plain
        case .text: return texts.plain
        case .bool:
            var bytes = [UInt8](repeating: 0, count: (truths.count + 7) / 8)
            for (index, truth) in truths.enumerated() where truth { bytes[index / 8] |= 1 << UInt8(index % 8) }
            return bytes
        }
    }

    private static func header(
        _ type: ParquetCode.PageType,
        _ byteCount: Int,
        _ compressedByteCount: Int,
        _ valueCount: Int,
        _ encoding: ParquetCode.Encoding
    ) -> [UInt8] {
        ThriftWriter.bytes { page in
            page.int32(1, type.rawValue)
            page.int32(2, byteCount)
            page.int32(3, compressedByteCount)
            page.structure(type == .data ? 5 : 7) { header in
                header.int32(1, valueCount)
                header.int32(2, encoding.rawValue)
                guard type == .data else { return }
                header.int32(3, ParquetCode.Encoding.rle.rawValue)
                header.int32(4, ParquetCode.Encoding.rle.rawValue)
            }
        }
    }
}

extension Int64 {
    fileprivate var littleEndianBytes: [UInt8] { withUnsafeBytes(of: littleEndian) { Array($0) } }
}
