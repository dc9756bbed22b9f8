import ArgumentParser
import CommandLineSupport
import Platform

/// The command `train`: labs that train something small and log it for TensorBoard.
@main
struct Train: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train",
        abstract: "Trains a small model and logs it for TensorBoard.",
        version: PackageVersion.line(of: "train"),
        subcommands: [XORCommand.self, GalleryCommand.self, DigitsCommand.self, SweepCommand.self]
    )

    static func main() async {
        // A training goes on to its end, and its log with it, also when `| head` has seen enough.
        signal(SIGPIPE, SIG_IGN)
        await runTellingErrors()
    }
}
