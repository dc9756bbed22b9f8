import ArgumentParser
import CommandLineSupport
import TensorBoard

/// The command `train digits`.
struct DigitsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "digits",
        abstract: "Learns to read handwritten digits, with batches, early stopping and checkpoints.",
        discussion: """
            The 1,797 images of 8×8 pixels are part of the program. They are split once and for all, digit by digit: 65 % are \
            learned from, 15 % are for validation (early stopping, and the choice of the defaults), and 20 % are for the test, \
            which nothing is chosen by. The seed does not change the parts.

            The log has three runs: 'train' and 'validation' with the same tags, so that their curves share a chart, and the run \
            above them with the graph, the hyperparameters and the test. Every epoch is saved; --resume goes on after the last \
            one, also when the program was killed, and ends with the same weights as if it had not been.

            Data: E. Alpaydin and C. Kaynak, "Optical Recognition of Handwritten Digits" (1998), UCI Machine Learning \
            Repository, CC BY 4.0.

            Example: train digits --hidden-units 128,64 --learning-rate 0.001 --log-directory logs/digits/wide
            """
    )

    @OptionGroup var options: DigitsOptions

    @Option(help: "Where to log.")
    var logDirectory = "logs/digits/run1"

    @Option(help: "What to do with a run that is there already: increment, overwrite, refuse.")
    var ifExists = ExistingRunChoice.increment

    @Flag(help: "Go on with the run in --log-directory after its last complete epoch; the same options are needed.")
    var resume = false

    @Flag(help: "Print the result as JSON and nothing else.")
    var json = false

    @Flag(name: .shortAndLong, help: "Print nothing but errors.")
    var quiet = false

    func validate() throws {
        if logDirectory.isEmpty { throw ValidationError("--log-directory must not be empty.") }
        if let problem = logDirectory.pathProblem {
            throw ValidationError("--log-directory \(logDirectory): \(problem).")
        }
        guard ifExists != .append else {
            throw ValidationError("--if-exists append would log steps twice; use --resume to go on with a run.")
        }
    }

    func run() throws {
        let plan = options.plan
        let data = try DigitsData()
        let directory = logDirectory.filePath
        let saved = resume ? try DigitsCheckpoints(in: directory).latest(for: plan) : nil
        let firstStep = saved?.progress.step ?? 0
        let log = try DigitsLog(directory, saved == nil ? ifExists.policy : .resume(atStep: firstStep))
        let checkpoints = DigitsCheckpoints(in: log.main.logDirectory)
        if saved == nil { try checkpoints.removeAll() }

        let batchCount = DigitsTraining.batchCount(plan, data)
        let console = TrainingConsole(
            runs: [log.name],
            steps: plan.epochs * batchCount,
            firstStep: firstStep,
            lineInterval: batchCount,
            isQuiet: quiet || json
        )
        var training = try DigitsTraining(plan, data, log, checkpoints)
        if let saved { try training.resume(saved) }
        let result = try training.run(console.line(ofRun: 0))
        console.finish()
        if json {
            Terminal.standardOutput.writeLine(try DigitsReport.json(result))
        } else if !quiet {
            if console.detail == .lecture { Terminal.standardOutput.writeLine("") }
            DigitsReport.printTable(result)
            // The directory above: TensorBoard's HParams tab shows no metrics of a run that is the log directory itself.
            LogAddress.print(logDirectory: log.main.logDirectory.removingLastComponent())
        }
    }
}
