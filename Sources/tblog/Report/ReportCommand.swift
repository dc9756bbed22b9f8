import ArgumentParser
import CommandLineSupport
import Foundation
import SystemPackage
import TensorBoardLogs

/// The command `tblog report`.
struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Writes runs as one file to share: a page, a chart, or Markdown.",
        discussion: """
            The end of the file's name says what is written:
              .html  a page with charts, tables, hyperparameters, and the last images, texts and histograms; the page \
            needs no network and no script, prints well and follows dark mode
              .svg, .png  the chart of one scalar, which --tag selects
              .md    tables with small charts in text, for a pull request

            Charts ignore outliers as TensorBoard does, and mark numbers that are not finite with triangles.

            Example: tblog report logs/xor_logs --smoothing 0.6 --output report.html
            """
    )

    @OptionGroup var logs: LogOptions

    @Option(name: .shortAndLong, help: "The file, which is replaced; '-' for standard output.")
    var output: String

    @Option(help: "What to write, instead of what the file's name says.")
    var format: ReportFormat?

    @Option(help: "The title. (default: the names of the logs)")
    var title: String?

    @Option(help: "What the horizontal axis shows; relative is the time since a run's first point, wall is in UTC.")
    var axis = ReportAxis.step

    @Option(parsing: .unconditional, help: "Smooth the charts as TensorBoard does, from 0 to below 1.")
    var smoothing = 0.0

    @Flag(help: "Draw the charts with a logarithmic vertical axis.")
    var logAxis = false

    @Flag(inversion: .prefixedNo, help: "Let the vertical axis leave out outliers, as TensorBoard does.")
    var ignoreOutliers = true

    @Flag(help: "High values are best, as of an accuracy; by default low ones, as of a loss.")
    var highest = false

    @Option(
        help: ArgumentHelp("High values are best of tags that match a regular expression.", valueName: "regex"),
        transform: NamePattern.init
    )
    var highestOf: NamePattern?

    @Option(help: ArgumentHelp("The most images in a page; 0 for none.", valueName: "count"))
    var images = 60

    func validate() throws {
        if output.isEmpty { throw ValidationError("--output must not be empty.") }
        guard (0..<1).contains(smoothing) else {
            throw ValidationError("--smoothing \(smoothing) must be at least 0 and below 1; 0.6 is TensorBoard's.")
        }
        guard images >= 0 else { throw ValidationError("--images must not be negative.") }
        _ = try chosenFormat()
    }

    private func chosenFormat() throws -> ReportFormat {
        if let format { return format }
        guard output != "-" else {
            throw ValidationError("--output - needs --format html, svg, png or md.")
        }
        let name = output.split(separator: ".").last.map(String.init)?.lowercased() ?? ""
        guard let format = ReportFormat(fileExtension: name) else {
            throw ValidationError("'\(output)' does not end in .html, .svg, .png or .md; say which with --format.")
        }
        return format
    }

    func run() throws {
        let format = try chosenFormat()
        if format == .png, output == "-", Terminal.standardOutput.isInteractive {
            throw ValidationError("a terminal shows no PNG; write it to a file or a pipe.")
        }
        let runs = try logs.runs()
        let file = try ReportFile(output, runs: runs)
        let data = try load(runs, format)
        let chart = ChartStyle(
            axis: axis,
            smoothing: smoothing,
            isLogarithmic: logAxis,
            ignoresOutliers: ignoreOutliers
        )
        try file.write(content(format, data, chart))
        if logs.json, output != "-" {
            let object: JSONText = [
                "output": .string(output), "format": .string(format.rawValue), "runs": .integer(data.runs.count),
                "tags": .array(data.comparisons.map { .string($0.tag) }),
            ]
            Terminal.standardOutput.writeLine(object)
        }
        try data.faults.report()
    }

    private var defaultTitle: String {
        let rest = logs.paths.count > 4 ? " and \(logs.paths.count - 3) more" : ""
        let names = logs.paths.prefix(rest.isEmpty ? 4 : 3).map { path in
            // A directory that is named by dots has a name that says more.
            path.allSatisfy { "./".contains($0) } ? URL(filePath: path).standardizedFileURL.lastPathComponent : path
        }
        return names.joined(separator: ", ") + rest
    }

    private func load(_ runs: [LoggedRun], _ format: ReportFormat) throws -> ReportData {
        var options = ReadingOptions()
        options.filter = logs.filter
        let isPage = format == .html
        let bar = logs.progressBar("reading", runs, readings: isPage ? 2 : 1, isQuiet: output == "-")
        defer { bar.finish() }
        let data = ReportData(
            runs,
            title: title ?? defaultTitle,
            goal: { tag in highest || highestOf?.matches(tag) == true ? .highest : .lowest },
            options: options,
            readsContents: isPage,
            progress: { bar.advance(by: $0) }
        )
        guard !data.isEmpty else {
            try data.faults.report()
            let matching = logs.tag.map { " that match '\($0.text)'" } ?? ""
            let what = isPage ? "data that a report shows" : "scalars"
            throw UnusableLogs("the runs have no \(what)\(matching); 'tblog inspect' lists their tags")
        }
        return data
    }

    private func content(_ format: ReportFormat, _ data: ReportData, _ chart: ChartStyle) throws -> [UInt8] {
        switch format {
        case .html: Array(HTMLReport(data, chart, imageLimit: images).text.utf8)
        case .md: Array(MarkdownReport(data).text.utf8)
        case .svg: try Array(chart.document(of: data.single(), in: data, title: title).svg.utf8)
        case .png: try chart.document(of: data.single(), in: data, title: title).png
        }
    }
}

/// What a report is written as.
enum ReportFormat: String, CaseIterable, ExpressibleByArgument {
    case html
    case svg
    case png
    case md

    /// The format that the end of a file's name stands for, without its dot and in lower case.
    init?(fileExtension: String) {
        switch fileExtension {
        case "html", "htm", "xhtml": self = .html
        case "md", "markdown": self = .md
        case "svg": self = .svg
        case "png": self = .png
        default: return nil
        }
    }
}

/// What the horizontal axis of charts shows.
enum ReportAxis: String, CaseIterable, ExpressibleByArgument {
    case step
    case relative
    case wall
}
