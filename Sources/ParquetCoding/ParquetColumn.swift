/// A column of a Parquet file: its name, the type of its values, and whether values may be absent.
package struct ParquetColumn: Sendable, Hashable {
    /// The type of a column's values.
    package enum Kind: Sendable, Hashable {
        /// Integers of 64 bits.
        case int64
        /// Integers of up to 20 digits, `DECIMAL(20, 0)`: any of 64 bits, with or without a sign.
        case wideInteger
        /// 64-bit floating point.
        case double
        /// Truth values.
        case bool
        /// UTF-8 texts.
        case text
        /// Points in time, as microseconds since 1970-01-01 UTC.
        case timestamp
    }

    package let name: String
    package let kind: Kind
    package let isOptional: Bool

    /// Creates a column.
    ///
    /// - Parameters:
    ///   - name: The name; readers want each only once.
    ///   - kind: The type of the values.
    ///   - isOptional: Whether a value may be absent.
    package init(_ name: String, _ kind: Kind, isOptional: Bool = false) {
        self.name = name
        self.kind = kind
        self.isOptional = isOptional
    }
}

/// A value of a row, of the type of its column.
package enum ParquetValue: Sendable, Hashable {
    /// An absent value.
    case null
    /// A value of a column of ``ParquetColumn/Kind/int64`` or ``ParquetColumn/Kind/timestamp``.
    case int64(Int64)
    case wideInteger(Int128)
    case double(Double)
    case bool(Bool)
    case text(String)
}

/// Numbers of the Parquet format, from its file `parquet.thrift`.
enum ParquetCode {
    enum PhysicalType: Int {
        case boolean = 0
        case int64 = 2
        case double = 5
        case byteArray = 6
        case fixedLengthByteArray = 7
    }

    enum Encoding: Int {
        case plain = 0
        /// Run lengths and packed bits in turn.
        case rle = 3
        /// Indices into the dictionary page, as run lengths and packed bits.
        case rleDictionary = 8
    }

    enum Codec: Int {
        case uncompressed = 0
        case gzip = 2
    }

    enum PageType: Int {
        case data = 0
        case dictionary = 2
    }
}

extension ParquetColumn {
    /// The number of bytes of a ``Kind/wideInteger``: the fewest that hold 20 digits and a sign.
    static let wideIntegerByteCount = 9
    static let wideIntegerDigitCount = 20

    var physicalType: ParquetCode.PhysicalType {
        switch kind {
        case .int64, .timestamp: .int64
        case .wideInteger: .fixedLengthByteArray
        case .double: .double
        case .bool: .boolean
        case .text: .byteArray
        }
    }

    /// The column as a `SchemaElement`.
    func write(to thrift: inout ThriftWriter) {
        thrift.int32(1, physicalType.rawValue)
        if kind == .wideInteger { thrift.int32(2, Self.wideIntegerByteCount) }
        thrift.int32(3, isOptional ? 1 : 0)
        thrift.binary(4, name.utf8)
        // What the bytes mean is said twice: as ConvertedType for readers before 2018, and as LogicalType.
        switch kind {
        case .int64, .double, .bool: break
        case .text:
            thrift.int32(6, 0)
            thrift.structure(10) { $0.structure(1) { _ in } }
        case .wideInteger:
            thrift.int32(6, 5)
            thrift.int32(7, 0)
            thrift.int32(8, Self.wideIntegerDigitCount)
            thrift.structure(10) { logical in
                logical.structure(5) { decimal in
                    decimal.int32(1, 0)
                    decimal.int32(2, Self.wideIntegerDigitCount)
                }
            }
        case .timestamp:
            thrift.int32(6, 10)
            thrift.structure(10) { logical in
                logical.structure(8) { timestamp in
                    timestamp.bool(1, true)
                    timestamp.structure(2) { unit in unit.structure(2) { _ in } }
                }
            }
        }
    }
}
