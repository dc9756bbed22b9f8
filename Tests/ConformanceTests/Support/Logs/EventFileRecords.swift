import Foundation

/// The records of an event file, read by a reader that shares no code with ours.
struct EventFileRecords: Decodable, Sendable {
    struct Record: Decodable, Sendable {
        let offset: Int
        let length: Int
        let lengthChecksumIsRight: Bool
        /// Nil when the length cannot be trusted.
        let payloadChecksumIsRight: Bool?
        /// Nil when a checksum is wrong.
        let event: Event?
    }

    struct Event: Decodable, Sendable {
        let wallTime: Double
        let step: Int
        /// The name of the field that is set, for example `summary`.
        let kind: String?
        let fileVersion: String
        let tags: [String]
        let scalars: [String: Float]
    }

    let records: [Record]
    /// Bytes behind the last whole record; a file that was closed has none.
    let trailingBytes: Int

    static func read(_ file: URL) async throws -> EventFileRecords {
        let json = try await StockPython.run([StockPython.script("records.py"), file.path])
        return try JSONDecoder.tensorBoard.decode(EventFileRecords.self, from: json)
    }
}
