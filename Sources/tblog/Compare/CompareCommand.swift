import ArgumentParser
import CommandLineSupport
import TensorBoardLogs

/// The command `tblog compare`.
struct CompareCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Compares the scalars of runs, in a chart and a table.",
        discussion: """
            A table for each tag: last, best and mean value, and with --reach the step and the time at which a value was \
            first reached; and the hyperparameters of the runs. Of steps that were logged more than once the last \
            counts, as in TensorBoard.

            Example: tblog compare logs/xor_logs --tag cost --reach 0.1 --log-axis
            """
    )

    @OptionGroup var logs: LogOptions

    @Option(parsing: .unconditional, help: ArgumentHelp("Show when each run reached a value.", valueName: "value"))
    var reach: Double?

    @Flag(help: "High values are best, as of an accuracy; by default low ones, as of a loss.")
    var highest = false

    @Option(parsing: .unconditional, help: "Smooth the chart as TensorBoard does, from 0 to below 1.")
    var smoothing = 0.0

    @Flag(help: "Draw the chart with a logarithmic vertical axis.")
    var logAxis = false

    @Flag(inversion: .prefixedNo, help: "Draw the chart.")
    var chart = true

    func validate() throws {
        guard (0..<1).contains(smoothing) else {
            throw ValidationError("--smoothing \(smoothing) must be at least 0 and below 1; 0.6 is TensorBoard's.")
        }
        if reach?.isNaN == true { throw ValidationError("--reach must be a number.") }
    }

    func run() throws {
        let runs = try logs.runs()
        var options = ReadingOptions()
        options.filter = logs.filter
        let bar = logs.progressBar("reading", runs)
        let data = runs.map { run in
            run.loadScalars(options: options, restarts: .fastLoader) { bar.advance(by: $0) }
        }
        bar.finish()
        let comparisons = data.compareScalars(goal: highest ? .highest : .lowest, reaching: reach)
        guard !comparisons.isEmpty else {
            try data.reportFaults()
            let matching = logs.tag.map { " that match '\($0.text)'" } ?? ""
            throw UnusableLogs("the runs have no scalars\(matching); 'tblog inspect' lists their tags")
        }
        let reports = comparisons.map(ComparisonReport.init)
        if logs.json {
            Terminal.standardOutput.writeLine(JSONText.array(reports.flatMap(\.json)))
        } else {
            let texts = reports.map { report in
                let drawing = chart ? report.chart(smoothing: smoothing, isLogarithmic: logAxis) : nil
                return report.text(with: drawing, for: .standardOutput)
            }
            Terminal.standardOutput.writeLine(texts.joined(separator: "\n\n"))
        }
        try data.reportFaults()
    }
}
