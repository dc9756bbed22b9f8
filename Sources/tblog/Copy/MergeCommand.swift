import ArgumentParser
import TensorBoardLogs

/// The command `tblog merge`.
struct MergeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge",
        abstract: "Merges the files of each run into one.",
        discussion: """
            The events keep the order in which TensorBoard reads the files, so it shows the same. The runs themselves stay \
            as they are, unless --replace is given.

            Example: tblog merge logs --output merged_logs
            """
    )

    @OptionGroup var copies: CopyOptions

    func run() async throws {
        try copies.copyRuns(mergingFiles: true) { _, _ in { _ in true } }
    }
}
