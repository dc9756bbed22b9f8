#if ObjectStorage
/// An element of the XML that stores answer with: no attributes, no name spaces, text beside elements of no meaning.
struct XMLElement: Sendable, Hashable {
    /// No answer of a store is deeper.
    private static let depthLimit = 32

    let name: String
    /// The text inside, without that of elements inside.
    private(set) var text = ""
    private(set) var children: [XMLElement] = []

    private init(name: String) { self.name = name }

    /// Reads a document and returns its outermost element.
    ///
    /// - Throws: ``XMLError`` if it is not well formed.
    init(parsing bytes: [UInt8]) throws(XMLError) {
        var scanner = XMLScanner(bytes)
        var open: [XMLElement] = []
        while let token = try scanner.next() {
            switch token {
            case .start(let name, let isEmpty):
                guard open.count < Self.depthLimit else { throw XMLError(offset: scanner.offset) }
                open.append(XMLElement(name: name))
                guard isEmpty else { continue }
            case .text(let text):
                if !open.isEmpty { open[open.count - 1].text += text }
                continue
            case .end(let name):
                guard open.last?.name == name else { throw XMLError(offset: scanner.offset) }
            }
            guard let closed = open.popLast() else { throw XMLError(offset: scanner.offset) }
            guard !open.isEmpty else {
                self = closed
                return
            }
            open[open.count - 1].children.append(closed)
        }
        throw XMLError(offset: scanner.offset)
    }

    /// The text of the child of that name.
    func text(of name: String) -> String? { children.first { $0.name == name }?.text }

    /// This element, or the first below, of that name.
    func first(_ name: String) -> XMLElement? {
        self.name == name ? self : children.lazy.compactMap { $0.first(name) }.first
    }
}

/// Says where XML is not well formed.
struct XMLError: Error, Sendable, Hashable {
    /// In bytes.
    var offset: Int
}

/// Cuts XML into tags and texts.
private struct XMLScanner {
    enum Token {
        case start(String, isEmpty: Bool)
        case end(String)
        case text(String)
    }

    private static let entities: [String: UInt8] = [
        "amp": UInt8(ascii: "&"), "lt": UInt8(ascii: "<"), "gt": UInt8(ascii: ">"), "quot": UInt8(ascii: "\""),
        "apos": UInt8(ascii: "'"),
    ]

    private let bytes: [UInt8]
    private(set) var offset = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func next() throws(XMLError) -> Token? {
        while offset < bytes.count {
            guard bytes[offset] == UInt8(ascii: "<") else { return .text(try text()) }
            if take("<!--") {
                _ = try part(until: "-->")
            } else if take("<![CDATA[") {
                return .text(String(decoding: try part(until: "]]>"), as: UTF8.self))
            } else if take("<?") {
                _ = try part(until: "?>")
            } else if take("<!") {
                _ = try part(until: ">")
            } else if take("</") {
                return .end(name(of: try part(until: ">")))
            } else {
                offset += 1
                let tag = try part(until: ">")
                return .start(name(of: tag), isEmpty: tag.last == UInt8(ascii: "/"))
            }
        }
        return nil
    }

    /// The tag's name, without what stands behind it.
    private func name(of tag: ArraySlice<UInt8>) -> String {
        String(decoding: tag.prefix { $0 > UInt8(ascii: " ") && $0 != UInt8(ascii: "/") }, as: UTF8.self)
    }

    private mutating func take(_ text: StaticString) -> Bool {
        let isThere = text.withUTF8Buffer { bytes[offset...].starts(with: $0) }
        if isThere { offset += text.utf8CodeUnitCount }
        return isThere
    }

    /// What stands before the next occurrence of a text; goes on behind it.
    private mutating func part(until text: StaticString) throws(XMLError) -> ArraySlice<UInt8> {
        let begin = offset
        while offset < bytes.count {
            let end = offset
            if take(text) { return bytes[begin..<end] }
            offset += 1
        }
        throw XMLError(offset: begin)
    }

    private mutating func text() throws(XMLError) -> String {
        var decoded: [UInt8] = []
        while offset < bytes.count, bytes[offset] != UInt8(ascii: "<") {
            let byte = bytes[offset]
            offset += 1
            guard byte == UInt8(ascii: "&") else {
                decoded.append(byte)
                continue
            }
            let begin = offset
            let entity = String(decoding: try part(until: ";"), as: UTF8.self)
            if let byte = Self.entities[entity] {
                decoded.append(byte)
            } else {
                let digits = entity.dropFirst(entity.hasPrefix("#x") ? 2 : 1)
                let number = entity.hasPrefix("#") ? UInt32(digits, radix: entity.hasPrefix("#x") ? 16 : 10) : nil
                guard let scalar = number.flatMap(Unicode.Scalar.init) else { throw XMLError(offset: begin) }
                decoded += Array(String(Character(scalar)).utf8)
            }
        }
        return String(decoding: decoded, as: UTF8.self)
    }
}
#endif
