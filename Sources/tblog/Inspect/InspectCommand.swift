import ArgumentParser
import CommandLineSupport
import TensorBoard

/// The command `tblog inspect`.
struct InspectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Tells what is in runs, and what TensorBoard will show of it.",
        discussion: """
            For each tag: kind, number of points, steps and size; how many points TensorBoard's two loaders keep; and \
            what they hide or cannot read, with the reason. Memory does not grow with the size of the logs.

            Example: tblog inspect logs/xor_logs
            """
    )

    @OptionGroup var logs: LogOptions

    func run() throws {
        let runs = try logs.runs()
        var options = ReadingOptions()
        options.filter = logs.filter
        let bar = logs.progressBar("reading", runs)
        let surveys = runs.map { $0.survey(options: options) { bar.advance(by: $0) } }
        bar.finish()
        let unreadable = surveys.flatMap(\.faults).filter { $0.code == .cannotRead }
        if let tag = logs.tag, unreadable.isEmpty, surveys.allSatisfy(\.tags.isEmpty) {
            throw UnusableLogs("No tag matches '\(tag.text)'; 'tblog inspect' without --tag lists them.")
        }
        Terminal.standardOutput.writeLine(
            logs.json ? InspectReport.json(surveys).description : InspectReport.text(surveys, for: .standardOutput)
        )
        try unreadable.report()
    }
}
