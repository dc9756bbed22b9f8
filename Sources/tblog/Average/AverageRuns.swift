import ArgumentParser
import SystemPackage
import TensorBoard
import TensorBoardLogs

/// A number that several runs have in common at a step.
enum Statistic: String, CaseIterable {
    case mean
    case median
    case variance
    case standardDeviation = "standard-deviation"
    case minimum
    case maximum
    case runCount = "run-count"

    static let usual: [Statistic] = [.mean, .standardDeviation, .minimum, .maximum]
    static var list: String { allCases.map(\.rawValue).joined(separator: ", ") }

    /// The statistics in a list with commas, each once.
    ///
    /// - Throws: `ValidationError` if one is unknown.
    static func all(in text: String) throws -> [Statistic] {
        // What other programs call them.
        let shorts: [String: Statistic] = ["std": .standardDeviation, "min": .minimum, "max": .maximum]
        var statistics: [Statistic] = []
        for name in text.split(separator: ",", omittingEmptySubsequences: false) {
            let name = name.drop { $0 == " " }
            guard let statistic = Statistic(rawValue: String(name)) ?? shorts[String(name)] else {
                throw ValidationError("give a list such as mean,median; the names are \(list).")
            }
            if !statistics.contains(statistic) { statistics.append(statistic) }
        }
        return statistics
    }

    /// The name of its run, and its key in JSON.
    var runName: String { rawValue.map { $0 == "-" ? "_" : String($0) }.joined() }

    /// The head of its column.
    var title: String {
        switch self {
        case .standardDeviation: "deviation"
        case .runCount: "runs"
        default: rawValue
        }
    }

    func values(of average: SeriesAverage) -> [Double] {
        switch self {
        case .mean: average.means
        case .median: average.medians
        case .variance: average.variances
        case .standardDeviation: average.standardDeviations
        case .minimum: average.minimums
        case .maximum: average.maximums
        case .runCount: average.counts.map(Double.init)
        }
    }
}

/// The runs that hold the averages of other runs.
enum AverageRuns {
    /// Writes the runs below a directory.
    ///
    /// - Parameters:
    ///   - averages: The averages with their tags.
    ///   - statistics: Which of them get a run.
    ///   - directory: The directory of the runs, none of which may exist.
    /// - Throws: ``TensorBoardError``.
    static func write(
        _ averages: [(tag: String, average: SeriesAverage)],
        _ statistics: [Statistic],
        to directory: FilePath
    ) throws(TensorBoardError) {
        let names = statistics.map(\.runName) + ["spread"]
        let writers = try SummaryWriter.begin(
            names.map { directory.appending($0) },
            options: .init(existingRun: .refuse)
        )
        let spread = writers[statistics.count]
        spread.layout(.bands(of: averages.map(\.tag), lower: "minimum", upper: "maximum"))
        for (tag, average) in averages {
            for (writer, statistic) in zip(writers, statistics) {
                write(tag, average.steps, statistic.values(of: average), to: writer)
            }
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
}
