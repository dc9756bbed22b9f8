import EventFiles
import Summaries

/// Runs that differ only in their random seed.
///
/// ```swift
/// let runs = try LogDirectory("logs").runs().map { $0.loadScalars(restarts: .fastLoader) }
/// for group in runs.groupedBySeed() { print(group.name, group.average(of: "cost").means.last ?? .nan) }
/// ```
public struct SeedGroup: Sendable {
    /// What the names of the runs have in common.
    public let name: String
    /// The runs, in the order given.
    public let runs: [RunData]

    /// The hyperparameters that all runs of the group have with equal values.
    public var hyperparameters: [String: HyperparameterValue] {
        let others = runs.dropFirst().map { $0.hyperparameters ?? [:] }
        return (runs.first?.hyperparameters ?? [:]).filter { name, value in others.allSatisfy { $0[name] == value } }
    }

    /// Averages a scalar over the runs that have it.
    ///
    /// - Parameter tag: The tag of the scalar.
    /// - Returns: Mean, deviation and range at each step that all of those runs have.
    public func average(of tag: String) -> SeriesAverage {
        SeriesAverage(of: runs.compactMap { $0.scalars[tag] })
    }
}

extension Sequence<RunData> {
    /// Groups runs that differ only in their random seed.
    ///
    /// A seed is a hyperparameter called `seed`, or whose name ends in `_seed`, or the end of a run's name: `net_3`, `net-3`,
    /// `net_seed3`, `net/seed=3`. Runs without either are grouped with runs that bear their name and such an end.
    ///
    /// - Returns: The groups in the order of their first runs; a run that is like no other is a group of its own.
    public func groupedBySeed() -> [SeedGroup] {
        var order: [SeedKey] = []
        var groups: [SeedKey: [RunData]] = [:]
        for data in self {
            let key = SeedKey(data)
            if groups[key] == nil { order.append(key) }
            groups[key, default: []].append(data)
        }
        return order.compactMap { key in
            groups[key].map { SeedGroup(name: key.name(of: $0), runs: $0) }
        }
    }
}

/// What is equal in the runs of a group.
private struct SeedKey: Hashable {
    /// The name without the seed; empty where a hyperparameter tells the seed and the name does not.
    private var stem: String { String(decoding: bytes, as: UTF8.self) }
    /// Names that look alike may be of different runs.
    private let bytes: [UInt8]
    private let hyperparameters: [String: HyperparameterValue]

    private static let separators: Set<Character> = ["_", "-", "/", ".", "=", " "]
    private static let word = "seed"

    init(_ data: RunData) {
        let values = data.hyperparameters ?? [:]
        hyperparameters = values.filter { !Self.isSeed($0.key) }
        let title = data.run.title
        let stem = Self.stem(of: title)
        bytes = Array((stem ?? (hyperparameters.count < values.count ? "" : title)).utf8)
    }

    func name(of runs: [RunData]) -> String {
        let titles = runs.map(\.run.title)
        guard let first = titles.first, titles.count > 1 else { return titles.first ?? stem }
        guard stem.isEmpty else { return stem }
        let common = titles.dropFirst().reduce(first) { $0.commonPrefix(with: $1) }
        let name = Self.withoutSeparators(common[...])
        return name.isEmpty ? "\(first) and \((titles.count - 1).counted("more run"))" : String(name)
    }

    private static func isSeed(_ name: String) -> Bool {
        let name = name.lowercased()
        return name == word || name.hasSuffix("_\(word)") || name.hasSuffix(".\(word)") || name.hasSuffix("/\(word)")
    }

    /// The name without a seed at its end; `nil` if there is none.
    private static func stem(of name: String) -> String? {
        let digits = name.reversed().prefix { $0.isASCII && $0.isNumber }.count
        guard digits > 0 else { return nil }
        let rest = name.dropLast(digits)
        let head = withoutSeparators(rest)
        if head.lowercased().hasSuffix(word) {
            let stem = withoutSeparators(head.dropLast(word.count))
            return stem.isEmpty ? word : String(stem)
        }
        guard let last = rest.last, last == "_" || last == "-", !head.isEmpty else { return nil }
        return String(head)
    }

    private static func withoutSeparators(_ text: Substring) -> Substring {
        var text = text
        while let last = text.last, separators.contains(last) { text.removeLast() }
        return text
    }
}

extension String {
    fileprivate func commonPrefix(with other: String) -> String {
        String(zip(self, other).prefix { $0 == $1 }.map(\.0))
    }
}
