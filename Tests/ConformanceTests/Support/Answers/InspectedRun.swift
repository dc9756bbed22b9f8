import Foundation

/// What `tensorboard --inspect` says about a run.
struct InspectedRun: Sendable {
    /// Tags by kind: audio, histograms, images, scalars, tensor.
    private(set) var tags: [String: [String]] = [:]
    /// Statistics such as `num_steps` by kind; empty where there is no event of that kind.
    private(set) var statistics: [String: [String: String]] = [:]

    static func read(_ directory: URL) async throws -> InspectedRun {
        let output = try await StockPython.run(["-m", "tensorboard.main", "--inspect", "--logdir", directory.path])
        return try InspectedRun(report: String(decoding: output, as: UTF8.self))
    }

    /// Reads the report: unindented lines name a kind, followed by `-` when it is empty, and indented ones are its rows.
    init(report: String) throws {
        enum Section { case head, tags, statistics }
        var section = Section.head
        var kind = ""
        for line in report.split(separator: "\n") {
            if line.hasPrefix("===") {
                section = .head
            } else if line.hasPrefix("These tags are in") {
                section = .tags
            } else if line.hasPrefix("Event statistics for") {
                section = .statistics
            } else if section == .head {
                continue
            } else if !line.hasPrefix(" ") {
                kind = String(line.split(separator: " ", maxSplits: 1)[0])
                if section == .tags { tags[kind] = [] } else { statistics[kind] = [:] }
            } else if section == .tags {
                tags[kind, default: []].append(line.trimmingCharacters(in: .whitespaces))
            } else {
                let row = line.split(separator: " ", maxSplits: 1)
                guard row.count == 2 else { throw ConformanceFailure("--inspect prints an unknown row: \(line)") }
                statistics[kind, default: [:]][String(row[0])] = row[1].trimmingCharacters(in: .whitespaces)
            }
        }
        guard !statistics.isEmpty else { throw ConformanceFailure("--inspect finds no events: \(report)") }
    }
}
