import Foundation
import TensorBoard
import Testing

private struct Stop: Error {}

private struct Trial: Encodable {
    var rate: Float = 0.1
    var units = 64
    var shuffles = true
    var optimizer = ["name": "adam"]
    var note: String?
}

extension HardCases {
    static let trialRuns = ["trial", "trial failed", "trial open"] + groupedRuns
    private static let groupedRuns = ["trial grouped 1", "trial grouped 2"]

    static func writeTrials(in directory: URL) throws {
        try write("trial", in: directory) { writer in
            writer.hyperparameters(Trial())
            // TensorBoard would keep the first anyway.
            writer.scalar("score", 1, step: 0)
            writer.scalar("score", 0.25, step: 1)
        }
        try? write("trial failed", in: directory) { writer in
            writer.hyperparameters(["rate": 0.2, "shuffles": false, "optimizer.name": "ü <&> \"quoted\""])
            writer.scalar("written", 1, step: 0)
            throw Stop()
        }
        try leaveOpen("trial open", in: directory)
        for (index, run) in groupedRuns.enumerated() {
            try write(run, in: directory) { writer in
                writer.hyperparameters(["rate": 0.6], group: "group")
                writer.scalar("score", index, step: 0)
            }
        }
    }

    /// As a program does that is killed.
    private static func leaveOpen(_ run: String, in directory: URL) throws {
        let writer = try SummaryWriter(logDirectory: directory.appendingPathComponent(run).path)
        writer.hyperparameters(["rate": 0.3])
        writer.scalar("written", 1, step: 0)
        try writer.flush()
    }
}

extension ConformanceTests.WriterConformanceTests {
    @Test(arguments: Loader.available)
    func everyTrialIsARowWithItsStatus(loader: Loader) async throws {
        let groups = try await Served.by(loader).hyperparameterGroups()
        let statuses = groups.map { ($0.name, $0.sessions.map(\.status)) }
        #expect(
            Dictionary(statuses) { $0 + $1 } == [
                "trial": ["STATUS_SUCCESS"], "trial failed": ["STATUS_FAILURE"], "trial open": ["STATUS_UNKNOWN"],
                "group": ["STATUS_SUCCESS", "STATUS_SUCCESS"],
            ]
        )
    }

    @Test(arguments: Loader.available)
    func valuesKeepTheirKinds(loader: Loader) async throws {
        let server = try Served.by(loader)
        let groups = try await server.hyperparameterGroups()
        let trial = try #require(groups.first { $0.name == "trial" })
        #expect(trial.hparams == ["rate": 0.1, "units": 64, "shuffles": true, "optimizer.name": "adam"])
        let failed = try #require(groups.first { $0.name == "trial failed" })
        #expect(failed.hparams == ["rate": 0.2, "shuffles": false, "optimizer.name": "ü <&> \"quoted\""])
        let columns = try await server.hyperparameterColumns().hparamInfos
        #expect(
            Dictionary(columns.map { ($0.name, $0.type) }) { $1 } == [
                "rate": "DATA_TYPE_FLOAT64", "units": "DATA_TYPE_FLOAT64", "shuffles": "DATA_TYPE_BOOL",
                "optimizer.name": "DATA_TYPE_STRING",
            ]
        )
    }

    @Test(arguments: Loader.available)
    func theMetricIsTheLastValueOfAScalar(loader: Loader) async throws {
        let groups = try await Served.by(loader).hyperparameterGroups()
        for (row, value) in ["trial": 0.25, "group": 0.5] {
            #expect(groups.first { $0.name == row }?.metric("score") == value, "\(row)")
        }
    }
}
