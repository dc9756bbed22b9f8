import Foundation

/// The metadata that stands with one value in an event file.
struct ValueMetadata: Decodable, Sendable {
    let tag: String
    let step: Int
    /// The field that holds the value; empty for none.
    let kind: String
    let plugin: String
    let dataClass: Int
    let title: String

    /// Reads all values of an event file, with TensorBoard's reader of raw records.
    static func read(_ file: String) async throws -> [ValueMetadata] {
        let json = try await StockPython.run([StockPython.script("metadata.py"), file])
        return try JSONDecoder.tensorBoard.decode([ValueMetadata].self, from: json)
    }
}
