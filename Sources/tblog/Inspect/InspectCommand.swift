import ArgumentParser
import CommandLineSupport
import TensorBoardLogs

/// The command `tblog inspect`.
struct InspectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Lists what runs hold, and what TensorBoard will show of it.",
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
        let inspections = runs.map { $0.inspect(options: options) { bar.advance(by: $0) } }
        bar.finish()
        let unreadable = inspections.flatMap { inspection in
            // Where no event can be read, the report says nothing.
            inspection.faults.filter { inspection.eventCount == 0 || [.cannotRead, .foreignFile].contains($0.code) }
        }
        if let tag = logs.tag, unreadable.isEmpty, inspections.allSatisfy(\.tags.isEmpty) {
            throw UnusableLogs("no tag matches '\(tag.text)'; 'tblog inspect' without --tag lists the tags")
        }
        let json = logs.json ? InspectReport.json(inspections).description : nil
        Terminal.standardOutput.writeLine(json ?? InspectReport.text(inspections, for: .standardOutput))
        try unreadable.report()
    }
}
