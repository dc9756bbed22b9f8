#if Metrics
import CoreMetrics
import Summaries
import Synchronization

/// The metrics of a factory by their tags.
///
/// It is locked when a metric is made, given back or sampled, never when one is recorded.
final class MetricTable: Sendable {
    fileprivate struct Entry {
        let tag: MetricTag
        let metric: any SampledMetric
        /// How many callers have the metric; one of none is in one more sample.
        var users: Int
    }

    fileprivate struct State {
        var entries: [String: Entry] = [:]
        var droppedCount = 0
        var isFull = false
        /// Problems for the next sample, and the tags that they were told of.
        var problems: [SummaryValue] = []
        var conflicts: Set<String> = []
    }

    private let state = Mutex(State())
    private let limit: Int

    init(limit: Int) { self.limit = limit }

    var droppedCount: Int { state.withLock { $0.droppedCount } }

    /// Returns the metric of a label and its dimensions.
    ///
    /// - Parameters:
    ///   - label: The label.
    ///   - dimensions: The dimensions in any order.
    ///   - make: Makes it where it is not there yet.
    /// - Returns: The metric; `nil` if it is one too many, or another kind of metric has its tag.
    func metric<Metric: SampledMetric>(
        _ label: String,
        _ dimensions: [(String, String)],
        _ make: () -> Metric
    ) -> Metric? {
        let tag = MetricTag(label, dimensions)
        return state.withLock { state in
            if let metric = state.entries[tag.description]?.metric {
                guard let metric = metric as? Metric else {
                    state.addConflict(tag.description)
                    return nil
                }
                state.entries[tag.description]?.users += 1
                return metric
            }
            guard state.entries.count < limit else {
                state.addLimitProblem(tag.description, limit)
                return nil
            }
            let metric = make()
            state.entries[tag.description] = Entry(tag: tag, metric: metric, users: 1)
            return metric
        }
    }

    /// Gives a metric back.
    func release(_ handler: AnyObject) {
        state.withLock { state in
            guard let tag = state.entries.first(where: { $0.value.metric === handler })?.key else { return }
            state.entries[tag]?.users -= 1
        }
    }

    /// Returns what has changed since the last sample, in the order of the tags, and forgets metrics that nobody has.
    func takeSample() -> [SummaryValue] {
        let (entries, problems) = state.withLock { state in
            let entries = state.entries.values.sorted { $0.tag.description < $1.tag.description }
            for entry in entries where entry.users <= 0 { state.entries[entry.tag.description] = nil }
            defer { state.problems = [] }
            return (entries, state.problems)
        }
        return entries.flatMap { $0.metric.takeValues($0.tag) } + problems
    }
}

extension MetricTable.State {
    fileprivate mutating func addLimitProblem(_ tag: String, _ limit: Int) {
        droppedCount += 1
        guard !isFull else { return }
        isFull = true
        let reason =
            "the metrics factory has its \(limit) metrics already, so this one and further ones are not recorded; give "
            + "dimensions fewer values, or raise maximumMetrics"
        problems.append(.invalid(tag, reason))
    }

    fileprivate mutating func addConflict(_ tag: String) {
        droppedCount += 1
        // Each tag once, and not without end.
        guard conflicts.count < 100, conflicts.insert(tag).inserted else { return }
        let reason =
            "another kind of metric has this label and these dimensions, so this one is not recorded; rename it"
        problems.append(.invalid(tag, reason))
    }
}

/// The tag of a metric: the label with slashes, then the dimensions in the order of their names.
struct MetricTag: CustomStringConvertible {
    let description: String
    private let label: String
    private let suffix: String

    init(_ label: String, _ dimensions: [(String, String)]) {
        let bytes = label.utf8.map { $0 == UInt8(ascii: ".") ? UInt8(ascii: "/") : $0 }
        self.label = String(decoding: bytes, as: UTF8.self)
        let pairs = dimensions.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map { "\(Self.escaped($0))=\(Self.escaped($1))" }
        suffix = pairs.isEmpty ? "" : "/{\(pairs.joined(separator: ","))}"
        description = self.label + suffix
    }

    /// The tag of a statistic of the metric, beside it: `duration/mean/{method=GET}`.
    func statistic(_ name: String) -> String { "\(label)/\(name)\(suffix)" }

    /// Keeps dimensions apart whose values have the characters between dimensions.
    private static func escaped(_ text: String) -> String {
        guard text.utf8.contains(where: { ",={}\\".utf8.contains($0) }) else { return text }
        return text.reduce(into: "") { result, character in
            if ",={}\\".contains(character) { result.append("\\") }
            result.append(character)
        }
    }
}
#endif
