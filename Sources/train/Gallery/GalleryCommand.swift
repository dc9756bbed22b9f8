import ArgumentParser
import CommandLineSupport
import TensorBoard

/// The command `train gallery`.
struct GalleryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gallery",
        abstract: "Trains a small classifier and logs it in every way that TensorBoard can show.",
        discussion: """
            The classifier tells the three arms of a spiral apart. Its run fills every tab: scalars, custom scalars, \
            images, audio, graphs, histograms, text, PR curves, hyperparameters, meshes and the projector.

            Example: train gallery --log-directory logs/gallery
            """
    )

    @Option(help: "Where to log.")
    var logDirectory = "logs/gallery"

    @Option(parsing: .unconditional, help: "The number of training steps; the last one shows what was learned.")
    var steps = 271

    @Option(parsing: .unconditional, help: "The number that the points and the initial weights come from.")
    var seed: UInt64 = 1

    @Option(help: "What to do with a run that is there already: \(ExistingRunChoice.list).")
    var ifExists = ExistingRunChoice.increment

    @Flag(name: .shortAndLong, help: "Print nothing but errors.")
    var quiet = false

    func validate() throws {
        guard steps >= 1 else { throw ValidationError("--steps \(steps) must be at least 1.") }
        if logDirectory.isEmpty { throw ValidationError("--log-directory must not be empty.") }
    }

    func run() throws {
        let console = TrainingConsole(runs: ["gallery"], steps: steps, isQuiet: quiet)
        let writer = try SummaryWriter(logDirectory: logDirectory, options: .init(existingRun: ifExists.policy))
        let accuracy: Float
        do {
            var training = try GalleryTraining(writer, steps: steps, seed: seed)
            accuracy = try training.run(console)
        } catch {
            try? writer.close(outcome: .failure)
            throw error
        }
        try writer.close()
        console.finish()
        if !quiet {
            Terminal.standardOutput.writeLine("\nAccuracy on points never seen: \(accuracy.text(fractionDigits: 3))")
            // The directory above: TensorBoard's HParams tab shows no metrics of a run that is the log directory itself.
            LogAddress.print(logDirectory: writer.logDirectory.removingLastComponent())
        }
    }
}
