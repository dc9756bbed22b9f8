import TensorBoard

/// The log of one training: three runs, so that the curves of training and validation share their charts.
///
/// The run `train` has what the network was shown, `validation` how it did on images that it does not learn from, under the
/// same tags. The run above them has what belongs to both: the graph, the hyperparameters, the test.
struct DigitsLog: Sendable {
    let main: SummaryWriter
    let training: SummaryWriter
    let validation: SummaryWriter

    /// Begins the runs.
    ///
    /// - Parameters:
    ///   - directory: The directory of the run above.
    ///   - existingRun: What to do with a run that is there already.
    /// - Throws: `TensorBoardError` if one cannot begin.
    init(_ directory: FilePath, _ existingRun: SummaryWriter.Options.ExistingRun) throws(TensorBoardError) {
        let options = SummaryWriter.Options(existingRun: existingRun)
        main = try SummaryWriter(logDirectory: directory, options: options)
        let parts = ["train", "validation"].map { [main] in main.logDirectory.appending($0) }
        do throws(TensorBoardError) {
            let writers = try SummaryWriter.begin(parts, options: options)
            (training, validation) = (writers[0], writers[1])
        } catch {
            try? main.close(outcome: .failure)
            throw error
        }
    }

    private var writers: [SummaryWriter] { [training, validation, main] }

    /// What the run is called.
    var name: String { main.logDirectory.lastComponent?.string ?? "run" }

    /// Waits until all that was logged is in the files.
    func flush() throws {
        for writer in writers { try writer.flush() }
    }

    /// Ends the runs.
    func close(outcome: SummaryWriter.Outcome = .success) throws {
        var problem: (any Error)?
        for writer in writers {
            do { try writer.close(outcome: outcome) } catch { problem = problem ?? error }
        }
        if let problem { throw problem }
    }
}
