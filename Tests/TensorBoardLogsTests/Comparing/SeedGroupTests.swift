import TensorBoard
import TensorBoardLogs
import TestSupport
import Testing

struct SeedGroupTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func groups(_ runs: [(name: String, hyperparameters: [String: HyperparameterValue])]) throws -> [[String]] {
        for run in runs {
            try withSummaryWriter(logDirectory: directory.path.appending("logs/\(run.name)")) { writer in
                if !run.hyperparameters.isEmpty { writer.hyperparameters(run.hyperparameters) }
                writer.scalar("cost", 1, step: 0)
            }
        }
        let data = try LogDirectory(directory.path.appending("logs")).runs().map { $0.loadScalars() }
        return data.groupedBySeed().map { [$0.name] + $0.runs.map(\.run.name) }
    }

    @Test func namesThatEndInASeedAreOneGroup() throws {
        let names = ["a_1", "a_2", "b-1", "b-2", "c/seed1", "c/seed2", "d_seed_1", "d_seed_2", "e", "e_1", "f1", "f2"]
        #expect(
            try groups(names.map { ($0, [:]) }) == [
                ["a", "a_1", "a_2"], ["b", "b-1", "b-2"], ["c", "c/seed1", "c/seed2"], ["d", "d_seed_1", "d_seed_2"],
                ["e", "e", "e_1"], ["f1", "f1"], ["f2", "f2"],
            ]
        )
    }

    @Test func aHyperparameterMayBeTheSeed() throws {
        let grouped = try groups([
            ("blue", ["seed": 1, "rate": 0.1]), ("red", ["seed": 2, "rate": 0.1]), ("tall", ["seed": 1, "rate": 1]),
            ("x_1", ["rate": 2]), ("x_2", ["rate": 3]),
        ])
        #expect(
            grouped == [["blue and 1 more run", "blue", "red"], ["tall", "tall"], ["x_1", "x_1"], ["x_2", "x_2"]]
        )
    }
}
