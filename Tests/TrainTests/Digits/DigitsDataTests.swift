import TensorBoard
import TestSupport
import Testing
import TrainingCore

@testable import train

struct DigitsDataTests {
    @Test func thePartsAreFixedAndShareNoImage() throws {
        let data = try DigitsData()
        let parts = [data.training, data.validation, data.test]
        #expect(parts.map(\.classes.count) == [1_168, 270, 359])
        #expect(parts.allSatisfy { $0.pixels.count == 64 * $0.classes.count })
        #expect(parts.joinedPixels.allSatisfy { (0...DigitsData.ink).contains($0) })
        // Each digit has its share of each part.
        for (part, range) in zip(parts, [110...122, 25...30, 33...38]) {
            for digit in 0..<10 { #expect(range.contains(part.classes.count { $0 == digit }), "\(digit)") }
        }
        // Of 1,797 images none is there twice; so none is in two parts.
        let images = parts.flatMap { part in part.classes.indices.map { Array(part.image($0)) } }
        #expect(Set(images).count == 1_797)
        // The first images of the test: another split would be another promise.
        #expect(Array(data.test.classes.prefix(8)) == [2, 2, 7, 3, 6, 3, 0, 0])
    }

    @Test func theNetworkOfTheDefaultsReadsThem() throws {
        let directory = try TemporaryDirectory()
        let data = try DigitsData()
        var accuracies: [Double] = []
        for seed in 1...5 {
            var plan = DigitsPlan()
            plan.seed = UInt64(seed)
            let log = try DigitsLog(directory.appending("seed\(seed)"), .refuse)
            var training = try DigitsTraining(plan, data, log, nil)
            let console = TrainingConsole(runs: ["run"], steps: 1, isQuiet: true)
            accuracies.append(Double(try training.run(console.line(ofRun: 0)).test.accuracy))
        }
        #expect(accuracies.reduce(0, +) / 5 >= 0.98, "\(accuracies)")
    }
}

extension [DigitsData.Part] {
    fileprivate var joinedPixels: [Float] { flatMap(\.pixels) }
}
