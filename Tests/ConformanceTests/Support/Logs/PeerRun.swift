import Foundation
import TestSupport

/// A run by another writer as TensorBoard's two `EventAccumulator` classes read it.
struct PeerRun: Decodable, Sendable {
    struct Tensor: Decodable, Equatable, Sendable {
        let wallTime: Double
        let step: Int
        /// NumPy's name of the type; `nil`, as the rest, if TensorBoard cannot read the tensor.
        var type: String?
        var shape: [Int]?
        /// The bytes of each element in hexadecimal, those of numbers little-endian.
        var elements: [String]?
    }

    /// An image or a clip in the form that was in use before tensors.
    struct Media: Decodable, Equatable, Sendable {
        let wallTime: Double
        let step: Int
        /// Width and height, or the number of samples.
        let sizes: [Int]
        /// In hexadecimal.
        let file: String
    }

    /// What the documented class gives: values as they stand in the file.
    struct Documented: Decodable, Sendable {
        let raw: AccumulatedRun.Raw
        let tensors: [String: [Tensor]]
        let images: [String: [Media]]
        let clips: [String: [Media]]
    }

    /// What the server's class gives: every value as a tensor of a plugin.
    struct Server: Decodable, Sendable {
        let tensors: [String: [Tensor]]
        let plugins: [String: String]
    }

    let documented: Documented
    let server: Server

    /// The run as both classes read it.
    static func read(_ name: String) async throws -> PeerRun {
        guard let run = try await all.value[name] else { throw ConformanceFailure("There is no run \(name).") }
        return run
    }

    // Python takes a second to start.
    private static let all = Task {
        let json = try await StockPython.run([StockPython.script("peers.py"), PeerFiles.url.path])
        return try JSONDecoder.tensorBoard.decode([String: PeerRun].self, from: json)
    }
}
