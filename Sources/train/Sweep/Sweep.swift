import CommandLineSupport
import TensorBoard

/// Runs trials, several at a time.
struct Sweep: Sendable {
    let trials: [SweepTrial]
    /// The directory of the runs.
    let directory: FilePath
    let jobs: Int
    let console: TrainingConsole

    /// Runs all trials, or those that have begun before Ctrl-C was pressed.
    ///
    /// - Returns: The results in the order of the trials; those that were stopped, or not begun, are missing.
    func run() async -> [SweepResult] {
        await withTaskGroup(of: (Int, SweepResult?).self) { group in
            var waiting = trials.indices.makeIterator()
            func begin() {
                guard !Interruption.isRequested, let index = waiting.next() else { return }
                group.addTask { (index, result(index)) }
            }
            for _ in 0..<max(1, jobs) { begin() }
            var results = [SweepResult?](repeating: nil, count: trials.count)
            while let (index, result) = await group.next() {
                results[index] = result
                begin()
            }
            return results.compactMap(\.self)
        }
    }

    /// One trial's result; `nil` if it was stopped.
    private func result(_ index: Int) -> SweepResult? {
        let trial = trials[index]
        do {
            let outcome = try trial.training.run(directory.appending(trial.name), console.line(ofRun: index))
            console.skip(trial.training.stepCount - outcome.stepCount)
            return SweepResult(trial: trial, outcome: .success(outcome))
        } catch is Interrupted {
            return nil
        } catch {
            console.skip(trial.training.stepCount)
            return SweepResult(trial: trial, outcome: .failure(SweepFailure(description: "\(error)")))
        }
    }
}
