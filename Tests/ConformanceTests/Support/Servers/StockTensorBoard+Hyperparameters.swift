import Foundation
public import Summaries

/// A row of the HParams dashboard.
struct HyperparameterGroup: Decodable, Sendable {
    struct Session: Decodable, Sendable {
        let name: String
        let status: String
    }

    struct MetricValue: Decodable, Sendable {
        let name: HyperparameterColumns.MetricName
        let value: Double
    }

    let name: String
    let hparams: [String: HyperparameterValue]
    let sessions: [Session]
    let metricValues: [MetricValue]

    /// The value of a metric of the run itself.
    func metric(_ tag: String) -> Double? { metricValues.first { $0.name.tag == tag && $0.name.group.isEmpty }?.value }
}

/// The columns of the HParams dashboard.
struct HyperparameterColumns: Decodable, Sendable {
    struct MetricName: Decodable, Sendable, Hashable {
        let group: String
        let tag: String
    }

    struct Column: Decodable, Sendable {
        let name: String
        let displayName: String
        let type: String
    }

    struct Metric: Decodable, Sendable {
        let name: MetricName
        let displayName: String
    }

    let description: String
    let hparamInfos: [Column]
    let metricInfos: [Metric]
}

extension HyperparameterValue: Decodable {
    /// Reads a value of the dashboard, whose JSON tells the kinds apart.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let truth = try? container.decode(Bool.self) {
            self = .bool(truth)
        } else if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else {
            self = .string(try container.decode(String.self))
        }
    }
}

extension StockTensorBoard {
    /// The rows of the HParams dashboard, as it asks for them.
    func hyperparameterGroups() async throws -> [HyperparameterGroup] {
        struct Answer: Decodable {
            let sessionGroups: [HyperparameterGroup]
        }
        let statuses = ["UNKNOWN", "SUCCESS", "FAILURE", "RUNNING"].map { "\"STATUS_\($0)\"" }.joined(separator: ",")
        let request = "{\"allowedStatuses\":[\(statuses)],\"startIndex\":0,\"sliceSize\":1000}"
        let json = try await get("data/plugin/hparams/session_groups", ["request": request])
        return try JSONDecoder.tensorBoard.decode(Answer.self, from: json).sessionGroups
    }

    /// The columns of the HParams dashboard.
    func hyperparameterColumns() async throws -> HyperparameterColumns {
        let json = try await get("data/plugin/hparams/experiment", ["request": "{}"])
        return try JSONDecoder.tensorBoard.decode(HyperparameterColumns.self, from: json)
    }
}
