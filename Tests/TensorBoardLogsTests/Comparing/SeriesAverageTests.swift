import TensorBoard
import TensorBoardLogs
import TestSupport
import Testing

struct SeriesAverageTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func series(_ values: [Float], steps: [Int]? = nil) throws -> LoggedSeries<Double> {
        let path = directory.appending("run")
        try withSummaryWriter(logDirectory: path, options: .init(existingRun: .overwrite)) { writer in
            for (index, value) in values.enumerated() { writer.scalar("cost", value, step: steps?[index] ?? index) }
        }
        return try LoggedRun(path).loadScalars().scalars["cost"] ?? LoggedSeries()
    }

    @Test func averagesAreOverTheStepsThatAllHave() throws {
        let series = [
            try series([1, 2, 3], steps: [0, 1, 2]), try series([3, 5, 9], steps: [0, 2, 4]),
            try series([5, 7], steps: [0, 2]),
        ]
        let average = SeriesAverage(of: series)
        #expect(average.steps == [0, 2])
        #expect(average.means == [3, 5])
        #expect(average.standardDeviations == [2, 2])
        #expect(average.minimums == [1, 3])
        #expect(average.maximums == [5, 7])
    }

    @Test func anAverageTakesTheLastValueOfAStepAndKeepsNaN() throws {
        let average = SeriesAverage(of: [try series([9, 1, 4], steps: [0, 0, 1]), try series([3, .nan])])
        #expect(average.steps == [0, 1])
        #expect(average.means[0] == 2)
        #expect(average.means[1].isNaN && average.minimums[1].isNaN && average.standardDeviations[1].isNaN)
        let infinite = SeriesAverage(of: [try series([.infinity]), try series([1])])
        #expect(infinite.means == [.infinity] && infinite.minimums == [1] && infinite.standardDeviations[0].isNaN)
        #expect(SeriesAverage(of: []).steps.isEmpty)
        #expect(SeriesAverage(of: [try series([2])]).standardDeviations == [0])
    }

    @Test func stepsThatSomeLackAreAveragedOnRequest() throws {
        let series = [try series([4, 1], steps: [3, 0]), try series([2, 6], steps: [0, 1])]
        let average = SeriesAverage(of: series, isPartial: true)
        #expect(average.steps == [0, 1, 3])
        #expect(average.counts == [2, 1, 1])
        #expect(average.means == [1.5, 6, 4])
        #expect(average.variances == [0.5, 0, 0])
    }

    @Test func theMedianIsInTheMiddle() throws {
        let series = [try series([5, 1]), try series([1, .nan]), try series([2, 1]), try series([3, 1])]
        #expect(SeriesAverage(of: Array(series.prefix(3))).medians[0] == 2)
        #expect(SeriesAverage(of: series).medians[0] == 2.5)
        #expect(SeriesAverage(of: series).medians[1].isNaN)
    }

    @Test(arguments: [(SeriesAverage.Repeats.first, 1.0), (.last, 6), (.mean, 3)])
    func theRuleDecidesAmongRepeatedSteps(repeats: SeriesAverage.Repeats, value: Double) throws {
        #expect(SeriesAverage(of: [try series([1, 2, 6], steps: [0, 0, 0])], repeats: repeats).means == [value])
    }

    @Test func theMeanOfRepeatedInfinitiesIsInfinite() throws {
        let series = try series([.infinity, .infinity, 1], steps: [0, 0, 0])
        #expect(SeriesAverage(of: [series], repeats: .mean).means == [.infinity])
    }
}
