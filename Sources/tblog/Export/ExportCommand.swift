import ArgumentParser
import CommandLineSupport
import Foundation
import SystemPackage
import TensorBoardLogs

/// The command `tblog export`.
struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Writes what runs hold in other formats, without sampling.",
        discussion: """
            Scalars, histograms, tensors, PR curves, texts and hyperparameters become a table on standard output or in a \
            file: CSV (RFC 4180), TSV, JSON Lines or Parquet, which DuckDB, Polars and pandas read. The ending of the \
            file decides, or --format. Hyperparameters have a row for each run, with its metrics: the last value of each \
            scalar, also of runs in directories below. Images, audio and texts become files with --files: \
            DIRECTORY/run/tag/step.png, and step-1.png and so on where a step has several.

            NaN and infinities are nan, inf and -inf in CSV, and the strings "NaN", "Infinity" and "-Infinity" in JSON. \
            In CSV a name that a spreadsheet would take for a formula begins with an apostrophe. In Parquet, where a value \
            is an integer that a double rounds, a column with _exact in its name has the integer.

            Example: tblog export logs/xor_logs --tag cost --output cost.parquet
            """
    )

    @OptionGroup var logs: LogOptions

    @Option(help: "What to export. (default: scalars; with --files images, audio and text)")
    var kind: ExportKind?

    @Option(help: "The format. (default: by the ending of --output, otherwise csv)")
    var format: ExportFormat?

    @Flag(help: "A line for each step, with a column for each tag, and without times; for scalars.")
    var wide = false

    @Option(name: .shortAndLong, help: "The file for the table, which is replaced. (default: standard output)")
    var output: String?

    @Option(help: ArgumentHelp("Write images, audio and texts there; a new directory.", valueName: "directory"))
    var files: String?

    func validate() throws {
        if output?.isEmpty == true { throw ValidationError("--output must not be empty.") }
        if files?.isEmpty == true { throw ValidationError("--files must not be empty.") }
        if logs.json, let format, format != .jsonl {
            throw ValidationError("--json is --format jsonl; leave out one of --json and --format \(format).")
        }
        if wide, (kind ?? .scalars) != .scalars {
            throw ValidationError("--wide is for scalars; leave out --wide or --kind.")
        }
        if files != nil {
            if wide || output != nil || logs.json || format != nil {
                throw ValidationError("--files writes no table; leave out --wide, --output, --format and --json.")
            }
            if let kind, !kind.canBeFiles {
                throw ValidationError("--files takes images, audio and text; write --output for \(kind) instead.")
            }
        } else if let kind, !kind.canBeTable {
            throw ValidationError("\(kind) go to files, not to a table; say where with --files DIRECTORY.")
        }
    }

    func run() throws {
        let runs = try logs.runs()
        var options = ReadingOptions()
        options.filter = logs.filter
        if let files {
            try exportFiles(runs, options, to: files.checkedPath())
        } else {
            try exportTable(runs, options)
        }
    }

    private func exportTable(_ runs: [LoggedRun], _ options: ReadingOptions) throws {
        let kind = kind ?? .scalars
        let output = try TableOutput(path: output, format: outputFormat)
        // Lines of a table and a bar would be drawn over each other.
        let bar = logs.progressBar("reading", runs, isQuiet: output.isTerminal)
        let rows = kind.rows(runs, options, isWide: wide) { bar.advance(by: $0) }
        let faults = try output.write(rows)
        bar.finish()
        try faults.report()
        guard output.rowCount > 0 else {
            throw UnusableLogs("there are no such \(kind.noun); 'tblog inspect' lists the tags of the runs")
        }
    }

    /// The format that is asked for, or that the ending of the file's name tells.
    private var outputFormat: ExportFormat {
        if let format { return format }
        if logs.json { return .jsonl }
        let ending = output?.split(separator: ".").last.map { $0.lowercased() }
        return ending.flatMap(ExportFormat.init(ending:)) ?? .csv
    }

    private func exportFiles(_ runs: [LoggedRun], _ options: ReadingOptions, to directory: FilePath) throws {
        let kinds = kind.map { [$0] } ?? ExportKind.allCases.filter(\.canBeFiles)
        var export = try MediaExport(kinds, to: directory)
        var faults: [TensorBoardError] = []
        let bar = logs.progressBar("reading", runs)
        for run in runs { faults += try export.write(run, options: options) { bar.advance(by: $0) } }
        bar.finish()
        if export.fileCount > 0 {
            let verb = export.fileCount == 1 ? "is" : "are"
            Terminal.standardOutput.writeLine(
                "\(export.fileCount.countedText("file")) \(verb) in \(directory.string.printable)."
            )
        }
        try faults.report()
        guard export.fileCount > 0 else {
            let nouns = kind?.noun ?? "images, audio or texts"
            throw UnusableLogs("there are no such \(nouns); 'tblog inspect' lists the tags of the runs")
        }
    }
}
