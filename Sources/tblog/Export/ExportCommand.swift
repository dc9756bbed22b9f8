import ArgumentParser
import CommandLineSupport
import Foundation
import SystemPackage
import TensorBoardLogs

/// The command `tblog export`.
struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Writes scalars, images, audio and texts in other formats, without sampling.",
        discussion: """
            Scalars go to standard output or a file: CSV (RFC 4180), or with --json a JSON object in each line. \
            NaN and infinities are nan, inf and -inf in CSV, and the strings "NaN", "Infinity" and "-Infinity" in JSON. \
            In CSV a name that a spreadsheet would take for a formula begins with an apostrophe. \
            With --files images, audio and texts are written as files instead: DIRECTORY/run/tag/step.png, and \
            step-1.png and so on where a step has several.

            Example: tblog export logs/xor_logs --tag cost --wide --output cost.csv
            """
    )

    @OptionGroup var logs: LogOptions

    @Flag(help: "A line for each step, with a column for each tag, and without times.")
    var wide = false

    @Option(name: .shortAndLong, help: "The file for scalars, which is replaced. (default: standard output)")
    var output: String?

    @Option(help: ArgumentHelp("Write images, audio and texts there; a new directory.", valueName: "directory"))
    var files: String?

    func validate() throws {
        if output?.isEmpty == true { throw ValidationError("--output must not be empty.") }
        if files?.isEmpty == true { throw ValidationError("--files must not be empty.") }
        if files != nil, wide || output != nil || logs.json {
            throw ValidationError("--files writes no scalars; leave out --wide, --output and --json.")
        }
    }

    func run() throws {
        let runs = try logs.runs()
        var options = ReadingOptions()
        options.filter = logs.filter
        if let files {
            try exportFiles(runs, options, to: files.checkedPath())
        } else {
            try exportScalars(runs, options)
        }
    }

    private func exportScalars(_ runs: [LoggedRun], _ options: ReadingOptions) throws {
        let bar = logs.progressBar("reading", runs)
        let data = runs.map { run in run.loadScalars(options: options) { bar.advance(by: $0) } }
        bar.finish()
        let table = ScalarTable(data, form: .init(isJSON: logs.json, isWide: wide))
        guard !table.isEmpty else {
            try data.reportFaults()
            throw UnusableLogs("there are no such scalars; 'tblog inspect' lists the tags of the runs")
        }
        let file = try TextOutput(output)
        try table.forEachLine(file.write)
        try file.finish()
        try data.reportFaults()
    }

    private func exportFiles(_ runs: [LoggedRun], _ options: ReadingOptions, to directory: FilePath) throws {
        var export = try MediaExport(to: directory)
        var faults: [TensorBoardError] = []
        let bar = logs.progressBar("reading", runs)
        for run in runs { faults += try export.write(run, options: options) { bar.advance(by: $0) } }
        bar.finish()
        if export.fileCount > 0 {
            let count = export.fileCount == 1 ? "1 file is" : "\(export.fileCount.groupedText) files are"
            Terminal.standardOutput.writeLine("\(count) in \(directory.string.printable).")
        }
        try faults.report()
        guard export.fileCount > 0 else {
            throw UnusableLogs("there are no such images, audio or texts; 'tblog inspect' lists the tags of the runs")
        }
    }
}
