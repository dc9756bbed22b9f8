import Foundation

/// One run of one node, as TensorBoard serves it to the browser.
struct ServedExecution: Decodable, Equatable, Sendable {
    let device: String
    let name: String
    let startMicroseconds: Int
    let microseconds: Int
    let bytes: Int
    let outputShapes: [[Int]]

    /// Reads a RunMetadata in protobuf's text format.
    static func read(text: Data) async throws -> [ServedExecution] {
        let json = try await StockPython.run([StockPython.script("run_metadata.py")], input: text)
        return try JSONDecoder.tensorBoard.decode([ServedExecution].self, from: json)
    }
}
