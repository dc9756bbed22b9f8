import Foundation
import Synchronization
import TensorBoard
import TensorBoardLogs
import Testing
import TrainingCore

@testable import train

/// A run of the XOR lab as `scripts/demo` trains it, once into an event file and once into memory.
///
/// The same seed gives the same values, so memory holds what the file must, without an encoder between.
struct XORLab: Sendable {
    /// What a run logs, kept as it was given to the sink.
    ///
    /// Lists have one element a step.
    struct Logged: Sendable {
        let scalars: [String: [Float]]
        let histograms: [String: [Histogram]]
        let graph: GraphDefinition
    }

    static let runs = [XORLab(name: "run1", learningRate: 0.1), XORLab(name: "run2", learningRate: 1)]
    static let names = runs.map(\.name)
    static let stepCount = 10_001
    static let scalarTags: Set = ["cost", "accuracy"]
    /// The number of elements of each tensor whose distribution is logged.
    static let tensorSizes = [
        "layer1/weights1": 4, "layer1/biases1": 2, "layer1/layer1": 8,
        "layer2/weights2": 2, "layer2/biases2": 1, "layer2/hypothesis": 4,
    ]

    let name: String
    let learningRate: Float

    /// The time stamps of the steps, in seconds.
    ///
    /// The first three events of the run's clock are the beginning of the file, the graph and the hyperparameters.
    var wallTimes: [Double] { (0..<Self.stepCount).map { wallTime(ofEvent: $0 + 3) } }

    /// Trains, and logs into a directory of the run's name.
    func train(in directory: URL) throws {
        let clock = Atomic(0)
        let writer = try SummaryWriter(
            logDirectory: directory.appendingPathComponent(name).path,
            options: .init(clock: { wallTime(ofEvent: clock.add(1, ordering: .relaxed).oldValue) })
        )
        let training = XORTraining(
            model: model,
            seed: XORModel.defaultSeed,
            steps: Self.stepCount,
            summaryEvery: 1,
            traceStep: nil,
            writer: writer
        )
        _ = try training.run(TrainingConsole(runs: ["run"], steps: Self.stepCount, isQuiet: true).line(ofRun: 0))
    }

    /// What the run logs.
    var logged: Logged {
        get async throws {
            guard let logged = try await Self.allLogged.value[name] else {
                throw ConformanceFailure("There is no run \(name).")
            }
            return logged
        }
    }

    /// Trained when a test first asks, and once for all tests.
    private static let allLogged = Task {
        try Dictionary(uniqueKeysWithValues: runs.map { ($0.name, try $0.trainInMemory()) })
    }

    private func trainInMemory() throws -> Logged {
        let built = model.build()
        let session = try Session(built.graph, seed: XORModel.defaultSeed)
        var scalars: [String: [Float]] = [:]
        var histograms: [String: [Histogram]] = [:]
        for _ in 0..<Self.stepCount {
            let result = try session.run(built.train, feeding: [built.x: XORModel.inputs, built.y: XORModel.labels])
            for summary in result.summaries {
                switch summary.payload {
                case .scalar(let value): scalars[summary.tag, default: []].append(value)
                case .histogram(let value): histograms[summary.tag, default: []].append(value)
                default: throw ConformanceFailure("The lab logs no tensors, but it logs \(summary.tag).")
                }
            }
        }
        return Logged(scalars: scalars, histograms: histograms, graph: built.graph.definition)
    }

    private var model: XORModel {
        XORModel(kind: .network, hiddenUnits: 2, depth: 2, optimizer: .gradientDescent, learningRate: learningRate)
    }

    /// A clock that needs all digits of a double.
    private func wallTime(ofEvent index: Int) -> Double {
        1_700_000_000.123 + Double(learningRate) + Double(index) * 0.013_7
    }
}

extension XORLab: CustomTestStringConvertible {
    var testDescription: String { name }
}
