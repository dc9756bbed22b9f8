/// A field of a header block.
package struct HeaderField: Equatable, Sendable {
    /// The name, in lower case; those of requests proper begin with a colon.
    package let name: [UInt8]
    package let value: [UInt8]

    package init(_ name: String, _ value: String) {
        self.init(name: Array(name.utf8), value: Array(value.utf8))
    }

    init(name: [UInt8], value: [UInt8]) {
        self.name = name
        self.value = value
    }

    /// What the field counts for in a table, by RFC 7541, section 4.1.
    var tableByteCount: Int { name.count + value.count + 32 }
}

/// Decodes the header blocks of one direction of a connection (RFC 7541).
///
/// Each block may refer to fields of earlier ones, so none may be left out.
package struct HPACKDecoder {
    /// The largest table that the other side may want: the default, which we do not change.
    private static let largestTableByteCount = 4096
    /// The most that the fields of one block may take, by the count of the table.
    private static let largestBlockByteCount = 1 << 16

    /// The last fields, the newest first.
    private var table: [HeaderField] = []
    private var tableByteCount = 0
    private var tableLimit = largestTableByteCount

    package init() {}

    /// Decodes a block.
    ///
    /// - Parameter block: The bytes of a header frame and of those that continue it.
    /// - Returns: The fields in order.
    /// - Throws: ``HTTP2Error`` with `compressionError`, after which the connection cannot go on.
    package mutating func decode(_ block: [UInt8]) throws(HTTP2Error) -> [HeaderField] {
        var rest = block[...]
        var fields: [HeaderField] = []
        var byteCount = 0
        while let first = rest.first {
            let field: HeaderField
            if first & 0x80 != 0 {
                field = try self.field(try Self.integer(&rest, prefix: 7))
            } else if first & 0x40 != 0 {
                field = try literal(&rest, prefix: 6)
                append(field)
            } else if first & 0x20 != 0 {
                let limit = try Self.integer(&rest, prefix: 5)
                guard limit <= Self.largestTableByteCount else { throw .compression }
                tableLimit = limit
                evict()
                continue
            } else {
                field = try literal(&rest, prefix: 4)
            }
            byteCount += field.tableByteCount
            guard byteCount <= Self.largestBlockByteCount else { throw HTTP2Error(.enhanceYourCalm) }
            fields.append(field)
        }
        return fields
    }

    private func field(_ index: Int) throws(HTTP2Error) -> HeaderField {
        guard index > 0 else { throw .compression }
        if index <= Self.staticTable.count { return Self.staticTable[index - 1] }
        let place = index - Self.staticTable.count - 1
        guard place < table.count else { throw .compression }
        return table[place]
    }

    private func literal(_ rest: inout ArraySlice<UInt8>, prefix: Int) throws(HTTP2Error) -> HeaderField {
        let index = try Self.integer(&rest, prefix: prefix)
        let name = index == 0 ? try Self.string(&rest) : try field(index).name
        return HeaderField(name: name, value: try Self.string(&rest))
    }

    private mutating func append(_ field: HeaderField) {
        table.insert(field, at: 0)
        tableByteCount += field.tableByteCount
        evict()
    }

    private mutating func evict() {
        while tableByteCount > tableLimit, let last = table.popLast() { tableByteCount -= last.tableByteCount }
    }

    private static func integer(_ rest: inout ArraySlice<UInt8>, prefix: Int) throws(HTTP2Error) -> Int {
        guard let first = rest.popFirst() else { throw .compression }
        let mask = 1 << prefix - 1
        var value = Int(first) & mask
        guard value == mask else { return value }
        for shift in stride(from: 0, through: 28, by: 7) {
            guard let byte = rest.popFirst() else { throw .compression }
            value += Int(byte & 0x7F) << shift
            if byte < 0x80 { return value }
        }
        throw .compression
    }

    private static func string(_ rest: inout ArraySlice<UInt8>) throws(HTTP2Error) -> [UInt8] {
        let isEncoded = (rest.first ?? 0) & 0x80 != 0
        let count = try integer(&rest, prefix: 7)
        guard count <= rest.count else { throw .compression }
        let bytes = rest.prefix(count)
        rest = rest.dropFirst(count)
        guard isEncoded else { return Array(bytes) }
        guard let decoded = HuffmanCode.decode(bytes) else { throw .compression }
        return decoded
    }

    /// The fields that every connection knows (RFC 7541, appendix A).
    private static let staticTable: [HeaderField] = [
        (":authority", ""), (":method", "GET"), (":method", "POST"), (":path", "/"), (":path", "/index.html"),
        (":scheme", "http"), (":scheme", "https"), (":status", "200"), (":status", "204"), (":status", "206"),
        (":status", "304"), (":status", "400"), (":status", "404"), (":status", "500"), ("accept-charset", ""),
        ("accept-encoding", "gzip, deflate"), ("accept-language", ""), ("accept-ranges", ""), ("accept", ""),
        ("access-control-allow-origin", ""), ("age", ""), ("allow", ""), ("authorization", ""), ("cache-control", ""),
        ("content-disposition", ""), ("content-encoding", ""), ("content-language", ""), ("content-length", ""),
        ("content-location", ""), ("content-range", ""), ("content-type", ""), ("cookie", ""), ("date", ""),
        ("etag", ""),
        ("expect", ""), ("expires", ""), ("from", ""), ("host", ""), ("if-match", ""), ("if-modified-since", ""),
        ("if-none-match", ""), ("if-range", ""), ("if-unmodified-since", ""), ("last-modified", ""), ("link", ""),
        ("location", ""), ("max-forwards", ""), ("proxy-authenticate", ""), ("proxy-authorization", ""), ("range", ""),
        ("referer", ""), ("refresh", ""), ("retry-after", ""), ("server", ""), ("set-cookie", ""),
        ("strict-transport-security", ""), ("transfer-encoding", ""), ("user-agent", ""), ("vary", ""), ("via", ""),
        ("www-authenticate", ""),
    ].map { HeaderField($0, $1) }
}
