import TensorBoard

/// One training of a sweep.
struct SweepTrial: Sendable {
    /// The name of its run.
    let name: String
    /// What tells it from the others, the seed apart, in words.
    let setting: String
    let seed: UInt64
    let training: any SweepTraining
}

/// How a sweep trains a network.
protocol SweepTraining: Sendable {
    /// The steps that it takes at most.
    var stepCount: Int { get }

    /// Trains and logs.
    ///
    /// - Parameters:
    ///   - directory: The directory of the run; one that is there is replaced.
    ///   - line: Where to show how it goes.
    /// - Returns: What the network has learned.
    /// - Throws: If it cannot be trained or logged, or ``Interrupted``.
    func run(_ directory: FilePath, _ line: TrainingConsole.Line) throws -> SweepOutcome
}

/// What a trial has come to.
struct SweepOutcome: Sendable, Equatable {
    /// The share of what is right, from 0 to 1.
    let accuracy: Double
    let loss: Double
    /// The steps that were made.
    let stepCount: Int
    let seconds: Double
}

/// A trial and what became of it.
struct SweepResult: Sendable {
    let trial: SweepTrial
    let outcome: Result<SweepOutcome, SweepFailure>
}

/// Why a trial has no outcome, in a sentence.
struct SweepFailure: Error, CustomStringConvertible {
    let description: String
}

/// Trials that differ only in their seeds.
struct SweepGroup: Sendable {
    let setting: String
    let trialCount: Int
    let accuracies: [Double]
    let losses: [Double]

    /// The means; a group of failed trials has NaN.
    var accuracy: Double { accuracies.mean }
    var loss: Double { losses.mean }

    /// The standard deviation of the accuracies as a sample; 0 for one.
    var accuracyDeviation: Double {
        let mean = accuracy
        let squares = accuracies.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        return (squares / Double(max(1, accuracies.count - 1))).squareRoot()
    }

    /// The groups of results, the best first: by accuracy, then by loss.
    static func ranked(_ results: [SweepResult]) -> [SweepGroup] {
        var order: [String] = []
        var groups: [String: [SweepResult]] = [:]
        for result in results {
            if groups[result.trial.setting] == nil { order.append(result.trial.setting) }
            groups[result.trial.setting, default: []].append(result)
        }
        let all = order.map { setting in
            let results = groups[setting] ?? []
            let outcomes = results.compactMap { try? $0.outcome.get() }
            return SweepGroup(
                setting: setting,
                trialCount: results.count,
                accuracies: outcomes.map(\.accuracy),
                losses: outcomes.map(\.loss)
            )
        }
        return all.sorted { a, b in
            // What is not a number comes last.
            let (first, second) = (a.accuracy.isNaN ? -1 : a.accuracy, b.accuracy.isNaN ? -1 : b.accuracy)
            guard first == second else { return first > second }
            return !a.loss.isNaN && (b.loss.isNaN || a.loss < b.loss)
        }
    }
}

extension [Double] {
    fileprivate var mean: Double { isEmpty ? .nan : reduce(0, +) / Double(count) }
}
