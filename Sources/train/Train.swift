import ArgumentParser
import CommandLineSupport

/// The command `train`: labs that train something small and log it for TensorBoard.
@main
struct Train: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train",
        abstract: "Trains a small model and logs it for TensorBoard.",
        version: PackageVersion.line(of: "train"),
        subcommands: [XORCommand.self, GalleryCommand.self]
    )

    static func main() async { await runTellingErrors() }
}
