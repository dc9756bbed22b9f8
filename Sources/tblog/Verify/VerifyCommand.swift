import ArgumentParser
import CommandLineSupport
import TensorBoard

/// The command `tblog verify`.
struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Looks for everything that keeps TensorBoard from showing what was logged.",
        discussion: """
            Checks framing, checksums, protobuf, texts, times, the order of the steps, and that each tag keeps its kind. \
            Prints a line for each fault with the file, the byte, and what each loader of TensorBoard makes of it. Ends \
            with 1 when there are faults, or a file cannot be read. --tag does not apply to faults that have no tag.

            Example: tblog verify logs
            """
    )

    @OptionGroup var logs: LogOptions

    @Flag(name: .shortAndLong, help: "Print nothing but faults.")
    var quiet = false

    func run() async throws {
        let runs = try logs.runs()
        let bar = logs.progressBar("verifying", runs, isQuiet: quiet)
        var reports: [VerifiedRun] = []
        for run in runs {
            let report = VerifiedRun(run.verify { bar.advance(by: $0) }, of: run, tag: logs.tag)
            reports.append(report)
            if !logs.json { for line in report.lines { bar.print(line) } }
        }
        bar.finish()
        if logs.json {
            Terminal.standardOutput.writeLine(JSONText.array(reports.map(\.json)))
        } else if !quiet {
            Terminal.standardOutput.writeLine(VerifiedRun.summary(reports))
        }
        try reports.flatMap(\.verification.unreadableFiles).report()
        guard reports.allSatisfy(\.faults.isEmpty) else { throw ExitCode.failure }
    }
}
