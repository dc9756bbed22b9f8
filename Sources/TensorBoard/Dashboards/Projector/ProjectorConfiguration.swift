/// The file that tells the Projector which embeddings a run has, in protobuf's text format.
///
/// Entries of others are kept as they are written.
struct ProjectorConfiguration {
    /// What the file says of one embedding; paths start from the directory of the file.
    struct Entry {
        let name: String
        let pointCount: Int
        let dimension: Int
        let vectorsPath: String
        var metadataPath: String?
        /// The sprites and the size of each.
        var sprite: (path: String, width: Int, height: Int)?
    }

    private(set) var text: [UInt8]
    private let fields: [TextMessage.Field]

    /// Reads a configuration, which may be empty; `nil` if it is not in the text format.
    ///
    /// - Parameter text: What is in the file.
    init?(_ text: [UInt8]) {
        guard let message = TextMessage(text, text.indices) else { return nil }
        self.text = text
        fields = message.fields
    }

    /// Adds an entry, in place of those of the same name.
    ///
    /// - Parameter entry: The new entry.
    /// - Returns: The text for the file.
    func adding(_ entry: Entry) -> [UInt8] {
        var text: [UInt8] = []
        var place = 0
        for field in fields where name(of: field) == Array(entry.name.utf8) {
            text += self.text[place..<field.range.lowerBound]
            place = field.range.upperBound
            // The line break that ended the entry.
            if place < self.text.count, self.text[place] == UInt8(ascii: "\n") { place += 1 }
        }
        text += self.text[place...]
        if let last = text.last, last != UInt8(ascii: "\n") { text.append(UInt8(ascii: "\n")) }
        return text + Array(entry.text.utf8)
    }

    /// The tensor that an entry names.
    private func name(of field: TextMessage.Field) -> [UInt8]? {
        guard field.name == "embeddings", text[field.value.lowerBound] != UInt8(ascii: "[") else { return nil }
        let body = field.value.dropFirst().dropLast()
        let name = TextMessage(text, body)?.fields.last { $0.name == "tensor_name" }
        return name.map { Self.unescape(text[$0.value].dropFirst().dropLast()) }
    }

    /// The bytes that a string literal denotes.
    ///
    /// Knows the escapes that protobuf's own printers write.
    private static func unescape(_ string: ArraySlice<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = string
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\"), let mark = rest.popFirst() else {
                bytes.append(byte)
                continue
            }
            switch mark {
            case UInt8(ascii: "n"): bytes.append(UInt8(ascii: "\n"))
            case UInt8(ascii: "r"): bytes.append(UInt8(ascii: "\r"))
            case UInt8(ascii: "t"): bytes.append(UInt8(ascii: "\t"))
            case UInt8(ascii: "0")...UInt8(ascii: "7"):
                let digits = [mark] + rest.prefix(2).prefix { (UInt8(ascii: "0")...UInt8(ascii: "7")).contains($0) }
                rest = rest.dropFirst(digits.count - 1)
                bytes.append(digits.reduce(0) { $0 &* 8 &+ ($1 - UInt8(ascii: "0")) })
            default: bytes.append(mark)
            }
        }
        return bytes
    }
}

extension ProjectorConfiguration.Entry {
    /// The entry as it is in the file.
    fileprivate var text: String {
        var lines = [
            "  tensor_name: \(Self.quote(name))",
            "  tensor_shape: \(pointCount)",
            "  tensor_shape: \(dimension)",
            "  tensor_path: \(Self.quote(vectorsPath))",
        ]
        if let metadataPath { lines.append("  metadata_path: \(Self.quote(metadataPath))") }
        if let sprite {
            lines += [
                "  sprite {",
                "    image_path: \(Self.quote(sprite.path))",
                "    single_image_dim: \(sprite.width)",
                "    single_image_dim: \(sprite.height)",
                "  }",
            ]
        }
        return "embeddings {\n\(lines.joined(separator: "\n"))\n}\n"
    }

    private static func quote(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": quoted += "\\\(scalar)"
            case "\0"..<" ", "\u{7F}":
                let octal = String(scalar.value, radix: 8)
                quoted += "\\" + String(repeating: "0", count: 3 - octal.count) + octal
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
