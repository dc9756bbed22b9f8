import ArgumentParser
import CommandLineSupport

/// The command `tblog`, for the event files of any TensorBoard writer.
@main
struct TBLog: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tblog",
        abstract: "Inspects, verifies, repairs, compares, watches and edits TensorBoard's event files.",
        version: PackageVersion.line(of: "tblog"),
        subcommands: [
            InspectCommand.self, VerifyCommand.self, RepairCommand.self, CompareCommand.self, ReportCommand.self,
            WatchCommand.self, TailCommand.self, ExportCommand.self, TrimCommand.self, ThinCommand.self,
            MergeCommand.self, AverageCommand.self, DiffCommand.self, MirrorCommand.self,
        ]
    )

    static func main() async { await runTellingErrors() }
}
