import Foundation
import TensorBoard
import TensorBoardLogs

/// What every peer logged, as `Tests/PeerFiles/generate/peer.py` has it.
enum PeerLog {
    static let losses = (1...5).map { 1 / Double($0) }
    static let weights = [[-1, -0.5, 0, 0.5, 1, 2], [0.25, 0.25, 0.25, 0.25]]
    static let width = 3
    static let height = 2
    static let sampleRate = 8000
    static let samples = (0..<16).map { sin(2 * Double.pi * 1000 * Double($0) / Double(sampleRate)) }
    static let note = "**bold** é"
    static let vertices: [Float] = [0, 0, 0, 1, 0, 0, 0, 1, 0]
    static let face = [0, 1, 2]
    static let colors = [255, 0, 0, 0, 255, 0, 0, 0, 255]
    static let hyperparameters: [String: HyperparameterValue] = [
        "rate": 0.1, "units": 16, "name": "adam", "bias": true,
    ]

    /// Of the labels 0, 1, 1, 0 and the predictions 0.1, 0.9, 0.6, 0.4 at five thresholds.
    static let curve = LoggedPrecisionRecallCurve(
        truePositives: [2, 2, 2, 1, 0],
        falsePositives: [2, 1, 0, 0, 0],
        trueNegatives: [0, 1, 2, 2, 2],
        falseNegatives: [0, 0, 0, 1, 2],
        precision: [0.5, 2 / 3, 1, 1, 0].map { Double(Float($0)) },
        recall: [1, 1, 1, 0.5, 0]
    )
}
