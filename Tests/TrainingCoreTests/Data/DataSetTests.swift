import Summaries
import Testing

@testable import TrainingCore

struct DataSetTests {
    /// Examples whose only feature is their number, with as many of each class as are asked for.
    private func data(_ counts: [Int]) throws -> DataSet {
        let classes = counts.enumerated().flatMap { Array(repeating: $0, count: $1) }
        let features = TensorValue(shape: [classes.count, 1], classes.indices.map(Float.init))
        return try DataSet(features: features, classes: classes, classCount: counts.count)
    }

    @Test func rowsAndLabelsMustFitTogether() throws {
        let three: TensorValue = [[1], [2], [3]]
        #expect(throws: TrainingError.self) { try DataSet(features: three, labels: [[1], [2]]) }
        #expect(throws: TrainingError.self) { try DataSet(features: 1, labels: 1) }
        #expect {
            try DataSet(features: three, classes: [0, 2, 1], classCount: 2)
        } throws: { error in
            "\(error)" == "example 1 has the class 2, but there are 2 classes, counted from 0"
        }
        let data = try DataSet(features: three, classes: [0, 1, 1], classCount: 2)
        #expect(data.labels == [[1, 0], [0, 1], [0, 1]])
        #expect(data.classes == [0, 1, 1])
        #expect(try data.selecting([2, 2]).features == [[3], [3]])
        #expect(throws: TrainingError.self) { try data.selecting([3]) }
    }

    @Test func aShuffleIsTheSameOnEveryMachine() throws {
        let data = try data([5, 5])
        let shuffled = data.shuffled(seed: 7)
        #expect(shuffled.features.floats == [4, 1, 3, 8, 6, 2, 0, 5, 7, 9])
        #expect(shuffled.classes == (shuffled.features.floats ?? []).map { $0 < 5 ? 0 : 1 })
        #expect(data.shuffled(seed: 8) != shuffled)
    }

    @Test func aShuffleFavoursNoPlace() throws {
        let data = try data([4])
        var counts = [[Int]](repeating: [0, 0, 0, 0], count: 4)
        for seed in 0..<4_000 {
            for (place, value) in (data.shuffled(seed: UInt64(seed)).features.floats ?? []).enumerated() {
                counts[place][Int(value)] += 1
            }
        }
        // Five standard deviations of a count whose mean is 1,000.
        #expect(counts.joined().allSatisfy { abs($0 - 1_000) < 137 })
    }

    @Test func aSplitLeavesNoExampleOverAndSharesNone() throws {
        let data = try data([7, 90])
        for stratified in [false, true] {
            let parts = try data.split([0.6, 0.2, 0.2], seed: 1, stratified: stratified)
            #expect(parts.map(\.count) == [58, 20, 19])
            #expect(parts.flatMap { $0.features.floats ?? [] }.sorted() == (0..<97).map(Float.init))
        }
        let parts = try data.split([0.5], seed: 1)
        #expect(parts.map(\.count) == [49])
    }

    @Test func aStratifiedSplitGivesEachPartItsShareOfEachClass() throws {
        let parts = try data([10, 30, 60]).split([0.7, 0.3], seed: 3, stratified: true)
        let counts = parts.map { part in (0..<3).map { label in part.classes.count { $0 == label } } }
        #expect(counts == [[7, 21, 42], [3, 9, 18]])
        // Not in the order of the classes.
        #expect(parts[0].classes != parts[0].classes.sorted())
    }

    @Test(arguments: [[], [0.5, 0.6], [0.5, 0], [-1, 1], [.nan]])
    func sharesThatCannotBeAreRefused(_ fractions: [Double]) throws {
        #expect(throws: TrainingError.self) { try data([10]).split(fractions, seed: 1) }
    }

    @Test func aPartWithoutExamplesIsRefused() throws {
        #expect {
            try data([3]).split([0.9, 0.1], seed: 1)
        } throws: { error in
            "\(error)" == "part 1 of a split by [0.9, 0.1] would be empty: there are only 3 examples"
        }
    }

    @Test func whatIsFittedToTheTrainingPartIsAppliedToOthers() throws {
        let training = try DataSet(features: [[1, 5, 0.1], [3, 5, 0.1]], classes: [0, 1], classCount: 2)
        let scale = Standardization(fittedTo: training)
        #expect(scale.means == [2, 5, Double(Float(0.1))])
        #expect(try scale(training).features == [[-1, 0, 0], [1, 0, 0]])
        let test = try DataSet(features: [[4, 6, 0.1]], classes: [0], classCount: 2)
        #expect(try scale(test).features == [[2, 1, 0]])
        let other = try DataSet(features: [[4]], classes: [0], classCount: 2)
        #expect(throws: TrainingError.self) { try scale(other) }
    }
}
