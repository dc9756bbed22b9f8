import Foundation

/// The layout of the Custom Scalars dashboard.
struct ServedLayout: Decodable, Sendable {
    struct Category: Decodable, Sendable {
        let title: String
        let chart: [Chart]
        let closed: Bool?
    }

    struct Chart: Decodable, Sendable {
        struct Multiline: Decodable, Sendable {
            let tag: [String]
        }
        struct Margin: Decodable, Sendable {
            struct Series: Decodable, Sendable, Equatable {
                let value: String
                let lower: String
                let upper: String
            }
            let series: [Series]
        }
        let title: String
        let multiline: Multiline?
        let margin: Margin?
    }

    let category: [Category]

    /// The regular expressions of the charts of a category, by title.
    func patterns(_ title: String) -> [String: [String]] {
        let charts = category.filter { $0.title == title }.flatMap(\.chart)
        return Dictionary(charts.map { ($0.title, $0.multiline?.tag ?? []) }) { $0 + $1 }
    }
}

extension StockTensorBoard {
    /// The layout that TensorBoard makes of those of all runs.
    func scalarLayout() async throws -> ServedLayout {
        try JSONDecoder.tensorBoard.decode(ServedLayout.self, from: await get("data/plugin/custom_scalars/layout"))
    }

    /// The tags of a run that a chart shows, asked for as the dashboard does.
    func chartTags(run: String, patterns: [String]) async throws -> Set<String> {
        struct Answer: Decodable {
            let regex_valid: Bool
            let tag_to_events: [String: [ScalarPoint]]
        }
        let pattern = patterns.map { "(\($0))" }.joined(separator: "|")
        let json = try await get("data/plugin/custom_scalars/scalars", ["run": run, "tag": pattern])
        let answer = try JSONDecoder.tensorBoard.decode(Answer.self, from: json)
        guard answer.regex_valid else { throw ConformanceFailure("TensorBoard does not understand \(pattern).") }
        return Set(answer.tag_to_events.keys)
    }
}
