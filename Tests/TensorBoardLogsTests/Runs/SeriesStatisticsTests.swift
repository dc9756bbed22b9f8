import TensorBoard
import TensorBoardLogs
import TestSupport
import Testing

struct SeriesStatisticsTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func series(_ values: [Float], steps: [Int]? = nil) throws -> LoggedSeries<Double> {
        let path = directory.appending("run")
        try withSummaryWriter(logDirectory: path, options: .init(existingRun: .overwrite)) { writer in
            for (index, value) in values.enumerated() { writer.scalar("cost", value, step: steps?[index] ?? index) }
        }
        return try LoggedRun(path).loadScalars().scalars["cost"] ?? LoggedSeries()
    }

    @Test func theMeanLeavesOutWhatIsNotFinite() throws {
        #expect(try series([1, .nan, 2, .infinity, 6]).mean == 3)
        #expect(try series([.nan]).mean == nil)
        #expect(try series([.greatestFiniteMagnitude, .greatestFiniteMagnitude]).mean?.isFinite == true)
    }

    @Test func theBestValueIsTheFirstOfEquals() throws {
        let series = try series([.nan, 2, 1, 1, 3, 3])
        #expect(series.bestIndex(.lowest) == 2)
        #expect(series.bestIndex(.highest) == 4)
        #expect(LoggedSeries<Double>().bestIndex(.lowest) == nil)
    }

    @Test func aThresholdIsReachedWhenItIsMet() throws {
        let series = try series([.nan, 2, 1, 0.5])
        #expect(series.firstIndex(reaching: 1, .lowest) == 2)
        #expect(series.firstIndex(reaching: 0.4, .lowest) == nil)
        #expect(series.firstIndex(reaching: 1.5, .highest) == 1)
    }

    @Test func smoothingHasNoBiasAtTheBeginning() throws {
        // By hand: 1, (0.5·0.5 + 0.5·3)/(1 − 0.25), then with half of 1.75 and half of 2 over 1 − 0.125.
        let smoothed = try series([1, 3, 2]).smoothed(0.5)
        #expect(smoothed[0] == 1)
        #expect(abs(smoothed[1] - 1.75 / 0.75) < 1e-15)
        #expect(abs(smoothed[2] - 1.875 / 0.875) < 1e-15)
        #expect(try series([0.1, 0.1, 0.1]).smoothed(0.9) == series([0.1, 0.1, 0.1]).values)
        #expect(try series([1, 2, 3]).smoothed(0) == [1, 2, 3])
    }

    @Test func smoothingPassesOverWhatIsNotFinite() throws {
        let smoothed = try series([1, .infinity, .nan, 3]).smoothed(0.5)
        #expect(smoothed[1] == .infinity)
        #expect(smoothed[2].isNaN)
        #expect(abs(smoothed[3] - 1.75 / 0.75) < 1e-15)
    }

    @Test func scalarsAreLoadedWithoutTheRest() throws {
        let path = directory.appending("mixed")
        try withSummaryWriter(logDirectory: path) { writer in
            writer.hyperparameters(["rate": 0.1])
            writer.scalar("cost", 1, step: 0)
            writer.scalar("accuracy", 1, step: 0)
            writer.histogram("weights", [1 as Float, 2], step: 0)
        }
        var options = ReadingOptions()
        options.filter.includesTag = { $0 == "cost" || $0 == "weights" }
        let data = try LoggedRun(path).loadScalars(options: options)
        #expect(Array(data.scalars.keys) == ["cost"])
        #expect(data.contents["weights"] == nil)
        #expect(data.hyperparameters == ["rate": 0.1])
    }
}
