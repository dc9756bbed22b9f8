import Foundation

/// The tensors under one tag, bit by bit, as the server's `EventAccumulator` reads them.
struct TensorSeries: Decodable, Sendable {
    struct Tensor: Decodable, Equatable, Sendable {
        let step: Int
        /// NumPy's name of the type.
        let type: String
        let shape: [Int]
        /// The bytes of each element in hexadecimal, those of numbers little-endian.
        let elements: [String]
    }

    let plugin: String
    /// In hexadecimal.
    let content: String
    let dataClass: Int
    let tensors: [Tensor]

    /// Reads all tags of a run.
    static func read(_ directory: URL) async throws -> [String: TensorSeries] {
        let json = try await StockPython.run([StockPython.script("tensors.py"), directory.path])
        return try JSONDecoder.tensorBoard.decode([String: TensorSeries].self, from: json)
    }
}
