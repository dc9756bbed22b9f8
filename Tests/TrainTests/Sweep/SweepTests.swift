import Foundation
import Platform
import TestSupport
import Testing

@testable import train

struct SweepTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private let space = SweepSpace(
        axes: [
            .init(name: "learning_rate", label: "rate", values: ["0.001", "0.1"], isContinuous: true),
            .init(name: "hidden_units", label: "units", values: ["8", "16,8"]),
            .init(name: "optimizer", label: "optimizer", values: ["adam"]),
        ],
        seeds: [1, 2]
    )

    @Test func theGridHasEveryCombinationAndNamesWhatDiffers() {
        #expect(space.grid.count == 4)
        #expect(Set(space.grid).count == 4)
        #expect(space.setting(["0.1", "16,8", "adam"]) == "rate 0.1, units 16,8")
        #expect(
            space.name(["0.1", "16,8", "adam"], number: 3, of: 12, seed: 2)
                == "03-rate0.1-units16x8-seed2"
        )
        let single = SweepSpace(axes: [.init(name: "learning_rate", label: "rate", values: ["1"])], seeds: [1])
        #expect(single.setting(["1"]) == "defaults")
        #expect(single.name(["1"], number: 1, of: 1, seed: 1) == "1")
    }

    @Test func randomRatesLieBetweenTheLimitsOnALogarithmicScale() {
        let points = space.random(400, seed: 1)
        let rates = points.compactMap { Double($0[0]) }
        #expect(rates.count == 400)
        #expect(rates.allSatisfy { (0.001...0.1).contains($0) })
        // Half of them below the geometric mean, but for five standard deviations.
        #expect(abs(rates.count { $0 < 0.01 } - 200) < 50)
        #expect(Set(points.map { $0[1] }) == ["8", "16,8"])
        #expect(space.random(400, seed: 1) == points)
        #expect(space.random(400, seed: 2) != points)
    }

    @Test func settingsAreRankedByTheirMeanOverSeedsAndFailuresComeLast() {
        func result(_ setting: String, _ accuracy: Double?, _ loss: Double = 1) -> SweepResult {
            let training = XORSweepTraining(SweepLab.xor.defaults, seed: 1, steps: 1)
            let trial = SweepTrial(name: "", setting: setting, seed: 1, training: training)
            let outcome = accuracy.map {
                Result<SweepOutcome, SweepFailure>.success(.init(accuracy: $0, loss: loss, stepCount: 1, seconds: 1))
            }
            return SweepResult(trial: trial, outcome: outcome ?? .failure(.init(description: "disk full")))
        }
        let groups = SweepGroup.ranked([
            result("failed", nil), result("a", 0.5), result("b", 0.9, 2), result("a", 1), result("c", 0.9, 1),
            result("b", 0.9, 2),
            result("nan", .nan), result("b", nil),
        ])
        #expect(groups.map(\.setting).prefix(3) == ["c", "b", "a"])
        #expect(Set(groups.map(\.setting).suffix(2)) == ["failed", "nan"])
        #expect(groups[2].accuracy == 0.75)
        #expect(abs(groups[2].accuracyDeviation - 0.125.squareRoot()) < 1e-12)
        #expect(groups[1].trialCount == 3)
        #expect(groups[1].accuracies.count == 2)
    }

    @Test func aFailedTrialFailsAlone() async throws {
        try FileManager.default.createDirectory(
            at: directory.url.appending(path: "s"),
            withIntermediateDirectories: true
        )
        try directory.appending("s/1-rate0.1").write([1])
        let rates = ["--learning-rate", "0.1", "--learning-rate", "1"]
        let arguments = ["sweep", "xor", "--steps", "200", "--log-directory", "s"] + rates
        let result = try await ExecutedCommand("train", arguments, directory: directory.url)
        #expect(result.status == 1)
        #expect(result.errors.contains("1-rate0.1 failed: "))
        let lines = result.output.split(separator: "\n")
        #expect(lines.contains { $0.hasPrefix("rate 1.0 ") })
        #expect(lines.contains { $0.hasPrefix("rate 0.1 ") && $0.contains("failed") })
        #expect(directory.appending("s/2-rate1.0").entries.count == 1)
    }

    @Test func digitsAreSweptOverSeedsInRunsOfTheirOwn() async throws {
        let arguments = [
            "sweep", "digits", "--epochs", "2", "--hidden-units", "16", "--seed", "1", "--seed", "2", "--log-directory",
            "s",
            "--json",
        ]
        let result = try await ExecutedCommand("train", arguments, directory: directory.url)
        #expect(result.status == 0)
        #expect(result.errors == "")
        struct Row: Decodable {
            let run: String
            let setting: String
            let seed: Int
            let accuracy: Double
        }
        let rows = try JSONDecoder().decode([Row].self, from: Data(result.output.utf8))
        #expect(rows.map(\.run) == ["1-seed1", "2-seed2"])
        #expect(rows.map(\.seed) == [1, 2])
        #expect(rows.allSatisfy { $0.accuracy > 0.2 && $0.setting == "defaults" })
        #expect(directory.appending("s/1-seed1").entries.contains("validation"))
    }

    @Test func interruptingASweepPrintsWhatThereIs() async throws {
        let ended = try await KilledCommand.run(
            "train",
            [
                "sweep", "digits", "--random", "500", "--epochs", "2", "--hidden-units", "4", "--jobs", "1",
                "--log-directory", "s",
            ],
            directory: directory.url,
            signal: SIGINT
        ) {
            directory.appending("s/002/validation").exists
        }
        #expect(ended.wasRunning)
        #expect(ended.status == 130)
        #expect(ended.errors.contains("stopped by Ctrl-C; "))
        #expect(ended.errors.contains(" of 500 trials were finished"))
    }
}
