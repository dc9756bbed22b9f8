import Checkpoints
import TensorBoard
import TrainingCore

/// Where a training on the digits is saved, and how it is found again.
struct DigitsCheckpoints: Sendable {
    /// A training at the end of an epoch.
    struct Saved {
        let latest: Checkpoint
        /// The network of the lowest validation loss so far.
        let best: Checkpoint?
        let progress: DigitsTraining.Progress
    }

    private let directory: CheckpointDirectory
    private let bestPath: FilePath

    /// - Parameter runDirectory: The directory of the run.
    init(in runDirectory: FilePath) {
        let path = runDirectory.appending("checkpoints")
        directory = CheckpointDirectory(path, keeping: 2)
        bestPath = path.appending("best.tfrecord")
    }

    private enum Note {
        static let epoch = "progress/epoch"
        static let bestEpoch = "progress/best_epoch"
        /// As bits: a number in decimal need not come back as it was.
        static let bestLossBits = "progress/best_loss_bits"
        static let setting = "setting/"
    }

    /// Saves a training at the end of an epoch.
    func save(_ session: Session, _ plan: DigitsPlan, _ progress: DigitsTraining.Progress) throws {
        var notes = [
            Note.epoch: "\(progress.epoch)",
            Note.bestEpoch: "\(progress.bestEpoch)",
            Note.bestLossBits: "\(progress.bestLoss.bitPattern)",
        ]
        for (name, value) in plan.fixedSettings { notes[Note.setting + name] = value }
        try directory.save(try Checkpoint(of: session, step: progress.step, metadata: notes))
    }

    /// Saves the best network.
    func saveBest(_ checkpoint: Checkpoint) throws {
        try checkpoint.write(to: bestPath)
    }

    /// Forgets what an earlier training left.
    func removeAll() throws {
        try directory.removeAll(above: -1)
    }

    /// Finds the training that was saved last.
    ///
    /// - Parameter plan: What is to be trained.
    /// - Returns: The training.
    /// - Throws: ``ResumeError`` if there is none, or if it was of another plan; `CheckpointError` if it cannot be read.
    func latest(for plan: DigitsPlan) throws -> Saved {
        guard let latest = try directory.latest() else { throw ResumeError.nothingSaved(directory.path) }
        for (name, value) in plan.fixedSettings.sorted(by: { $0.key < $1.key }) {
            let saved = latest.metadata[Note.setting + name]
            if let saved, saved != value {
                throw ResumeError.otherSetting(directory.path, name, saved: saved, now: value)
            }
        }
        guard let epoch = latest.metadata[Note.epoch].flatMap({ Int($0) }),
            let bestEpoch = latest.metadata[Note.bestEpoch].flatMap({ Int($0) }),
            let bits = latest.metadata[Note.bestLossBits].flatMap({ UInt32($0) })
        else { throw ResumeError.nothingSaved(directory.path) }
        let progress = DigitsTraining.Progress(
            epoch: epoch,
            step: latest.step,
            bestEpoch: bestEpoch,
            bestLoss: Float(bitPattern: bits)
        )
        // The first epoch is saved before there is a best one.
        let best = epoch > 0 ? try Checkpoint(path: bestPath) : nil
        return Saved(latest: latest, best: best, progress: progress)
    }
}

/// Why a training cannot be resumed.
enum ResumeError: Error, CustomStringConvertible {
    case nothingSaved(FilePath)
    case otherSetting(FilePath, String, saved: String, now: String)

    var description: String {
        switch self {
        case .nothingSaved(let path):
            return
                "\(path): there is no saved training to resume; name the run with --log-directory, or leave out --resume"
        case .otherSetting(let path, let name, let saved, let now):
            let option = "--" + name.replacing("_", with: "-")
            return
                "\(path): the training was begun with \(option) \(saved), not \(now); resume it with \(option) \(saved)"
        }
    }
}
