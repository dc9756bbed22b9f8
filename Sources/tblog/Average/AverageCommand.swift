import ArgumentParser
import CommandLineSupport
import TensorBoard

/// The command `tblog average`.
struct AverageCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "average",
        abstract: "Averages the scalars of runs that differ in their seed, step by step.",
        discussion: """
            Writes the runs mean, standard_deviation, minimum and maximum below the output directory, with the tags of \
            the runs, and the run spread, which shows each tag's mean in a band from minimum to maximum in the Custom \
            Scalars tab. Only tags and steps that every run has are averaged; times are those of the averaging.

            Example: tblog average logs/seeds --run 'seed[0-9]+' --output logs/seeds/average
            """
    )

    @OptionGroup var logs: LogOptions

    @Option(name: .shortAndLong, help: "Where to write the runs; a directory without runs.")
    var output: String

    func validate() throws {
        if output.isEmpty { throw ValidationError("--output must not be empty.") }
    }

    func run() throws {
        let runs = try logs.runs()
        guard runs.count > 1 else {
            throw UnusableLogs("There is only the run \(runs.map(\.name).joined()); averaging takes two at least.")
        }
        var options = ReadingOptions()
        options.filter = logs.filter
        let bar = logs.progressBar("reading", runs, readings: 2)
        let data = runs.map { run in
            run.loadScalars(options: options, restarts: .fastLoader) { bar.advance(by: $0) }
        }
        bar.finish()
        // Nothing is written of runs that are not whole: nobody would see it in the mean.
        try data.reportFaults()
        let averages = Self.averages(data)
        guard !averages.isEmpty else {
            throw UnusableLogs("No scalar has a step that all \(runs.count) runs share; see 'tblog inspect'.")
        }
        try AverageRuns.write(averages, to: FilePath(output))
        report(averages, runCount: runs.count)
    }

    /// The averages of the tags that all runs have, in the order of the tags.
    private static func averages(_ data: [RunData]) -> [(tag: String, average: SeriesAverage)] {
        let tags = Set(data.flatMap(\.scalars.keys)).sorted()
        return tags.compactMap { tag in
            let series = data.compactMap { $0.scalars[tag] }
            guard series.count == data.count else { return nil }
            let average = SeriesAverage(of: series)
            return average.steps.isEmpty ? nil : (tag, average)
        }
    }

    private func report(_ averages: [(tag: String, average: SeriesAverage)], runCount: Int) {
        guard !logs.json else {
            let rows = averages.map { tag, average -> JSONText in
                [
                    "tag": .string(tag), "runs": .integer(runCount), "points": .integer(average.steps.count),
                    "last_step": .integer(average.steps.last ?? 0),
                    "mean": .scalar(average.means.last ?? .nan),
                    "standard_deviation": .scalar(average.standardDeviations.last ?? .nan),
                    "minimum": .scalar(average.minimums.last ?? .nan),
                    "maximum": .scalar(average.maximums.last ?? .nan),
                ]
            }
            Terminal.standardOutput.writeLine(JSONText.array(rows))
            return
        }
        var table = TextTable(columns: [
            .left("tag"), .right("points"), .right("last step"), .right("mean"), .right("deviation"),
            .right("minimum"), .right("maximum"),
        ])
        for (tag, average) in averages {
            let last = [average.means, average.standardDeviations, average.minimums, average.maximums].map(\.last)
            table.append(
                [tag, average.steps.count.groupedText, average.steps.last?.groupedText ?? ""]
                    + last.map { ($0 ?? .nan).text(significantDigits: 6) }
            )
        }
        Terminal.standardOutput.writeLine(
            "\(table)\n\nThe average of \(runCount) runs is in \(output.printable); at the last step it is as above."
        )
    }
}
