import SystemPackage
import TensorBoard

/// The runs that hold the averages of others.
enum AverageRuns {
    /// Writes the runs below a directory.
    ///
    /// - Parameters:
    ///   - averages: What to write, with the tag of each.
    ///   - directory: Where to; one in which none of the runs exists.
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

    /// A chart for each tag; those that begin alike up to the first slash are together.
    private static func layout(_ tags: [String]) -> ScalarLayout {
        let groups = Dictionary(grouping: tags) { String($0.prefix { $0 != "/" }) }
        return ScalarLayout {
            for (group, tags) in groups.sorted(by: { $0.key < $1.key }) {
                ChartCategory(group) {
                    for tag in tags {
                        MarginChart(tag, [.init("\(tag)/mean", lower: "\(tag)/minimum", upper: "\(tag)/maximum")])
                    }
                }
            }
        }
    }
}
