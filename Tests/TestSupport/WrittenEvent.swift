package import SystemPackage

/// What a test sees of an event file, read without any of the library's code.
package struct WrittenEvent {
    package let message: WireMessage

    package init(message: WireMessage) { self.message = message }

    package var wallTime: Double? { message.double(1) }
    package var step: Int { message.int(2) }
    package var fileVersion: String { message.text(3) }
    package var isSessionStart: Bool { message.bytes(7) == [[0x08, 0x01]] }

    /// The values, each a message.
    package var values: [WireMessage] {
        get throws { try message.message(5)?.messages(1) ?? [] }
    }

    /// The scalars by tag.
    package var scalars: [String: Float] {
        get throws {
            let pairs = try values.compactMap { value in value.float(2).map { (value.text(1), $0) } }
            return Dictionary(pairs) { _, last in last }
        }
    }
}

extension FilePath {
    /// All events of the event file; throws if a byte is not as it should be.
    package func events() throws -> [WrittenEvent] {
        try RecordScanner.payloads(contents()).map { WrittenEvent(message: try WireMessage($0)) }
    }

    /// All events behind the two that begin a file.
    package func loggedEvents() throws -> [WrittenEvent] { Array(try events().dropFirst(2)) }

    /// The event files of a run directory, in the order in which they were made.
    package func eventFiles() -> [FilePath] { entries.filter { $0.contains("tfevents") }.map { appending($0) } }
}
