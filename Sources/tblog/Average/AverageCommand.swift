import ArgumentParser
import CommandLineSupport
import SystemPackage
import TensorBoard
import TensorBoardLogs

/// The command `tblog average`.
struct AverageCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "average",
        abstract: "Averages the scalars of runs that differ in their seed, step by step.",
        discussion: """
            Writes a run for each statistic below the output directory, with the tags of the runs, and the run spread, \
            which shows each tag's mean in a band from minimum to maximum in the Custom Scalars tab. Only tags and steps \
            that every run has are averaged; with --partial also those that some runs lack, and the run run_count says \
            how many runs each point is the average of. Times are those of the averaging.

            The variance and the standard deviation are those of a sample, divided by one less than the number of runs. \
            Where a run has a step more than once, --repeats says which value counts: the last, as in TensorBoard, \
            where a step also takes the place of the later steps of an earlier session; or else the first, or the mean \
            of all.

            Example: tblog average logs/seeds --statistics mean,median,variance --output logs/seeds/average
            """
    )

    @OptionGroup var logs: LogOptions

    @Option(name: .shortAndLong, help: "Where to write the runs; a directory without runs.")
    var output: String

    @Option(
        help: ArgumentHelp(
            """
            What to write of each step, with commas between: \(Statistic.list). (default: mean, standard-deviation, \
            minimum and maximum)
            """,
            valueName: "names"
        ),
        transform: Statistic.all(in:)
    )
    var statistics = Statistic.usual

    @Option(help: "Which value counts where a run has a step more than once.")
    var repeats = RepeatChoice.last

    @Flag(help: "Average tags and steps that some runs lack, too.")
    var partial = false

    func validate() throws {
        if output.isEmpty { throw ValidationError("--output must not be empty.") }
    }

    func run() throws {
        let runs = try logs.runs()
        guard runs.count > 1 else {
            throw UnusableLogs("there is only the run \(runs.map(\.name).joined()); give at least two")
        }
        var options = ReadingOptions()
        options.filter = logs.filter
        let bar = logs.progressBar("reading", runs)
        let data = runs.map { run in
            // The fast loader's rule leaves only the last value of a step.
            run.loadScalars(options: options, restarts: repeats == .last ? .fastLoader : .everything) {
                bar.advance(by: $0)
            }
        }
        bar.finish()
        // Nothing is written of incomplete runs, since the mean would not show that they are.
        try data.reportFaults()
        let averages = averages(data)
        guard !averages.isEmpty else {
            throw UnusableLogs(
                partial
                    ? "there are no such scalars; 'tblog inspect' lists the tags of the runs"
                    : "no scalar has a step that all \(runs.count) runs share; see 'tblog inspect', or give --partial"
            )
        }
        try AverageRuns.write(averages, written, to: output.checkedPath())
        report(averages, runCount: runs.count)
    }

    /// The statistics that become runs.
    private var written: [Statistic] {
        partial && !statistics.contains(.runCount) ? statistics + [.runCount] : statistics
    }

    /// The averages of the tags, in the order of the tags.
    private func averages(_ data: [RunData]) -> [(tag: String, average: SeriesAverage)] {
        data.scalarTags.compactMap { tag in
            let series = data.compactMap { $0.scalars[tag] }
            guard partial || series.count == data.count else { return nil }
            let average = SeriesAverage(of: series, repeats: repeats.repeats, isPartial: partial)
            return average.steps.isEmpty ? nil : (tag, average)
        }
    }

    private func report(_ averages: [(tag: String, average: SeriesAverage)], runCount: Int) {
        guard !logs.json else {
            let rows = averages.map { tag, average -> JSONText in
                let members: [JSONText.Member] = [
                    .init(name: "tag", value: .string(tag)), .init(name: "runs", value: .integer(runCount)),
                    .init(name: "points", value: .integer(average.steps.count)),
                    .init(name: "last_step", value: .integer(average.steps.last ?? 0)),
                ]
                return .object(
                    members
                        + written.map { .init(name: $0.runName, value: .scalar($0.values(of: average).last ?? .nan)) }
                )
            }
            Terminal.standardOutput.writeLine(JSONText.array(rows))
            return
        }
        var table = TextTable(
            columns: [.left("tag"), .right("points"), .right("last step")] + written.map { .right($0.title) }
        )
        for (tag, average) in averages {
            table.append(
                [tag, average.steps.count.groupedText, average.steps.last?.groupedText ?? ""]
                    + written.map { ($0.values(of: average).last ?? .nan).text(significantDigits: 6) }
            )
        }
        Terminal.standardOutput.writeLine(
            "\(table)\n\nThe average of \(runCount) runs is in \(output.printable); at the last step the values are as above."
        )
    }
}

/// Which value counts where a run has a step more than once.
enum RepeatChoice: String, CaseIterable, ExpressibleByArgument {
    case first
    case last
    case mean

    /// The library's name for it.
    var repeats: SeriesAverage.Repeats {
        switch self {
        case .first: .first
        case .last: .last
        case .mean: .mean
        }
    }
}
