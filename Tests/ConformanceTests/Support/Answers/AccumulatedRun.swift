import Foundation

/// A run as TensorBoard's two `EventAccumulator` classes read it.
struct AccumulatedRun: Decodable, Sendable {
    struct Histogram: Decodable, Equatable, Sendable {
        let wallTime: Double
        let step: Int
        let min: Double
        let max: Double
        let count: Double
        let sum: Double
        let sumOfSquares: Double
        let limits: [Double]
        let counts: [Double]
    }

    struct Tensor: Decodable, Sendable {
        let wallTime: Double
        let step: Int
        let shape: [Int]
        /// In row-major order; nil where the elements are no numbers.
        let values: [Double]?
    }

    /// What the documented class gives: values as they stand in the file.
    struct Raw: Decodable, Sendable {
        /// Nil where the files have none.
        let fileVersion: Double?
        let scalars: [String: [ScalarPoint]]
        let histograms: [String: [Histogram]]
        let graphNodes: [String]
    }

    /// What the server's class gives: every value as a tensor of a plugin.
    struct Upgraded: Decodable, Sendable {
        let plugins: [String: String]
        let tensors: [String: [Tensor]]
    }

    let raw: Raw
    let upgraded: Upgraded

    static func read(_ directory: URL) async throws -> AccumulatedRun {
        let json = try await StockPython.run([StockPython.script("accumulate.py"), directory.path])
        return try JSONDecoder.tensorBoard.decode(AccumulatedRun.self, from: json)
    }
}
