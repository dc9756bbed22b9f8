import ArgumentParser
import CommandLineSupport

/// The command `tblog`: looks at logs for TensorBoard, whichever program wrote them.
@main
struct TBLog: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tblog",
        abstract: "Looks at TensorBoard's event files, checks, mends and edits them.",
        subcommands: [
            InspectCommand.self, VerifyCommand.self, RepairCommand.self, CompareCommand.self, ExportCommand.self,
            TailCommand.self, TrimCommand.self, ThinCommand.self, MergeCommand.self, AverageCommand.self,
            DiffCommand.self,
        ]
    )

    static func main() async { await runTellingErrors() }
}
