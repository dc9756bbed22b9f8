import ArgumentParser
import CommandLineSupport
import TensorBoardLogs

/// The command `tblog compare`.
struct CompareCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Compares the scalars of runs, in charts and tables.",
        discussion: """
            A table for each tag: last, best and mean value, and with --reach the step and the time at which a value was \
            first reached; and the hyperparameters in which the runs differ. Of steps that were logged more than once the \
            last counts, as in TensorBoard. With --group-seeds, runs that differ only in a hyperparameter 'seed', or in a \
            number at the end of their name ('net_1', 'net_seed2'), are one curve, their mean, with the range of their \
            values around it.

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

    @Option(help: "The horizontal axis: step, relative (time since the start) or wall (time of day).")
    var axis = CurveAxis.step

    @Flag(help: "Draw the chart with a logarithmic vertical axis.")
    var logAxis = false

    @Flag(
        inversion: .prefixedNo,
        help: "Fit the vertical axis to all but the lowest and highest twentieth of the values."
    )
    var ignoreOutliers = true

    @Flag(help: "Draw the mean and the range of runs that differ only in their seed.")
    var groupSeeds = false

    @Flag(inversion: .prefixedNo, help: "Draw the chart.")
    var chart = true

    @Flag(help: "Draw in ASCII, as by itself where the locale is not UTF-8.")
    var ascii = false

    func validate() throws {
        guard (0..<1).contains(smoothing) else {
            throw ValidationError("--smoothing \(smoothing) must be at least 0 and below 1; 0.6 is TensorBoard's.")
        }
        if reach?.isNaN == true { throw ValidationError("--reach must be a number.") }
        guard groupSeeds else { return }
        // The mean is over steps; the runs of a group reach them at times of their own.
        if axis != .step { throw ValidationError("--group-seeds needs --axis step.") }
        if reach != nil { throw ValidationError("--group-seeds and --reach cannot go together; leave one out.") }
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
        let reports = reports(of: data)
        guard !reports.isEmpty else {
            try data.reportFaults()
            let matching = logs.tag.map { " that match '\($0.text)'" } ?? ""
            throw UnusableLogs("the runs have no scalars\(matching); 'tblog inspect' lists their tags")
        }
        if logs.json {
            Terminal.standardOutput.writeLine(JSONText.array(reports.flatMap(\.json)))
        } else {
            var terminal = Terminal.standardOutput
            if ascii { terminal.isASCII = true }
            let page = ComparisonPage(
                reports: reports,
                hyperparameters: HyperparameterColumns(of: rows(of: data)),
                chart: chart ? chartOptions : nil
            )
            terminal.write(page.lines(for: terminal))
        }
        try data.reportFaults()
    }

    private var goal: SeriesGoal { highest ? .highest : .lowest }

    private var chartOptions: ComparisonChart {
        .init(smoothing: smoothing, axis: axis, isLogarithmic: logAxis, ignoresOutliers: ignoreOutliers)
    }

    private func reports(of data: [RunData]) -> [any TagReport] {
        guard groupSeeds else {
            var indices: NameDictionary<Int> = [:]
            for (index, data) in data.enumerated() { indices[data.run.name] = index }
            return data.compareScalars(goal: goal, reaching: reach).map { RunComparisonReport($0, indices: indices) }
        }
        let groups = data.groupedBySeed()
        return data.scalarTags.map { SeedGroupReport($0, groups, goal) }.filter { !$0.isEmpty }
    }

    /// The hyperparameters of each run or group.
    private func rows(of data: [RunData]) -> [HyperparameterColumns.Row] {
        groupSeeds
            ? data.groupedBySeed().map { ($0.hyperparameters, $0.runs.contains { !$0.scalars.isEmpty }) }
            : data.map { ($0.hyperparameters ?? [:], !$0.scalars.isEmpty) }
    }
}
