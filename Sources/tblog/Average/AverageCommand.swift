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
            throw UnusableLogs("there is only the run \(runs.map(\.name).joined()); averaging needs at least two")
        }
        var options = ReadingOptions()
        options.filter = logs.filter
        let bar = logs.progressBar("reading", runs)
        let data = runs.map { run in
            run.loadScalars(options: options, restarts: .fastLoader) { bar.advance(by: $0) }
        }
        bar.finish()
        // Nothing is written of incomplete runs, since the mean would not show that they are.
        try data.reportFaults()
        let averages = Self.averages(data)
        guard !averages.isEmpty else {
            throw UnusableLogs("no scalar has a step that all \(runs.count) runs share; see 'tblog inspect'")
        }
        try AverageRuns.write(averages, to: output.checkedPath())
        report(averages, runCount: runs.count)
    }

    /// The averages of the tags that all runs have, in the order of the tags.
    private static func averages(_ data: [RunData]) -> [(tag: String, average: SeriesAverage)] {
        data.scalarTags.compactMap { tag in
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
            "\(table)\n\nThe average of \(runCount) runs is in \(output.printable); at the last step the values are as above."
        )
    }
}

/// The runs that hold the averages of other runs.
enum AverageRuns {
    /// Writes the runs below a directory.
    ///
    /// - Parameters:
    ///   - averages: The averages with their tags.
    ///   - directory: The directory of the runs, none of which may exist.
    /// - Throws: ``TensorBoardError``.
    static func write(
        _ averages: [(tag: String, average: SeriesAverage)],
        to directory: FilePath
    ) throws(TensorBoardError) {
        let names = ["mean", "standard_deviation", "minimum", "maximum", "spread"]
        let writers = try SummaryWriter.begin(
            names.map { directory.appending($0) },
            options: .init(existingRun: .refuse)
        )
        let spread = writers[4]
        spread.layout(layout(averages.map(\.tag)))
        for (tag, average) in averages {
            let columns = [average.means, average.standardDeviations, average.minimums, average.maximums]
            for (writer, column) in zip(writers, columns) { write(tag, average.steps, column, to: writer) }
            write("\(tag)/mean", average.steps, average.means, to: spread)
            write("\(tag)/minimum", average.steps, average.minimums, to: spread)
            write("\(tag)/maximum", average.steps, average.maximums, to: spread)
        }
        for writer in writers { try writer.close() }
    }

    private static func write(_ tag: String, _ steps: [Int], _ values: [Double], to writer: SummaryWriter) {
        let series = writer.scalarSeries(tag)
        for (step, value) in zip(steps, values) { series.record(Float(value), step: step) }
    }

    /// A chart for each tag; those with the same prefix up to the first slash share a category.
    private static func layout(_ tags: [String]) -> ScalarLayout {
        let groups = NameDictionary(grouping: tags) { String($0.prefix { $0 != "/" }) }
        return ScalarLayout {
            for (group, tags) in groups {
                ChartCategory(group) {
                    for tag in tags {
                        MarginChart(tag, [.init("\(tag)/mean", lower: "\(tag)/minimum", upper: "\(tag)/maximum")])
                    }
                }
            }
        }
    }
}
