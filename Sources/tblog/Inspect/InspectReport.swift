import CommandLineSupport
import FoundationEssentials
import TensorBoardLogs

/// The report about inspected runs.
enum InspectReport {
    /// A paragraph for each run.
    static func text(_ inspections: [RunInspection], for terminal: Terminal) -> String {
        var parts = inspections.map { text($0, $0.findings(among: inspections), for: terminal) }
        let isSampled = inspections.contains { inspection in
            inspection.tags.values.contains { tag in
                TensorBoardLoader.allCases.contains { tag.keptPointCount(by: $0) < tag.pointCount }
            }
        }
        if isSampled {
            let text = """
                Where a tag has more points than are kept, TensorBoard shows a random choice of them and the last.
                To keep more: tensorboard --samples_per_plugin=scalars=1000000,histograms=10000
                """
            parts.append(terminal.prose(text))
        }
        return parts.joined(separator: "\n\n")
    }

    private static func text(
        _ inspection: RunInspection,
        _ findings: [RunInspection.Finding],
        for terminal: Terminal
    ) -> String {
        var lines = heading(inspection, for: terminal)
        var table = TextTable(columns: [
            .left("tag"), .left("kind"), .right("points"), .right("first step"), .right("last step"), .right("size"),
            .right("kept fast"), .right("kept slow"),
        ])
        for (name, tag) in inspection.tags {
            table.append([
                name, tag.kind.description, tag.pointCount.groupedText, tag.firstStep.groupedText,
                tag.lastStep.groupedText, tag.byteCount.byteCountText,
                tag.keptPointCount(by: .fast).groupedText, tag.keptPointCount(by: .slow).groupedText,
            ])
        }
        if inspection.tags.isEmpty {
            lines.append("no data")
        } else if terminal.isInteractive {
            lines += table.lines(width: terminal.width).map(\.plain)
        } else {
            lines.append(table.description)
        }
        lines += notes(findings).map { note in
            terminal.styled("!", .yellow) + terminal.prose("! \(note.printable).").dropFirst()
        }
        return lines.joined(separator: "\n")
    }

    /// The name of the run and what it holds; below each other where a terminal is too narrow.
    private static func heading(_ inspection: RunInspection, for terminal: Terminal) -> [String] {
        let title = inspection.run.title.printable
        let facts = facts(inspection).joined(separator: ", ")
        let width = terminal.width
        guard terminal.isInteractive, title.displayWidth + 2 + facts.displayWidth > width else {
            return [terminal.styled(title, .bold) + "  " + facts]
        }
        let words = facts.split(separator: " ").map { StyledLine(String($0)) }
        return [terminal.styled(title.shortened(to: width), .bold)]
            + words.flowed(width: width, gap: " ").map(\.plain)
    }

    /// The findings as sentences, with one sentence for tags that have the same finding.
    private static func notes(_ findings: [RunInspection.Finding]) -> [String] {
        var notes: [(finding: RunInspection.Finding, tags: [String])] = []
        var indices: [String: Int] = [:]
        for finding in findings {
            let key = finding.loaders.map(\.rawValue).sorted().joined() + finding.message
            if let index = indices[key], let tag = finding.tag {
                notes[index].tags.append(tag)
            } else {
                indices[key] = notes.count
                notes.append((finding, finding.tag.map { [$0] } ?? []))
            }
        }
        return notes.map { finding, tags in
            let loader = finding.loaders.count == 1 ? finding.loaders.first.map { "\($0) loader: " } ?? "" : ""
            let names = tags.prefix(3).joined(separator: ", ") + (tags.count > 3 ? " and \(tags.count - 3) more" : "")
            return (names.isEmpty ? "" : "\(names): ") + loader + finding.message
        }
    }

    private static func facts(_ inspection: RunInspection) -> [String] {
        var facts = [
            inspection.run.files.count.countedText("file"), inspection.byteCount.byteCountText,
            inspection.eventCount.countedText("event"),
        ]
        if let times = inspection.wallTimes {
            facts.append("\(timeText(times.lowerBound)) for \((times.upperBound - times.lowerBound).secondsText)")
        }
        if inspection.sessionStartCount > 1 { facts.append("\(inspection.sessionStartCount) sessions") }
        if !inspection.truncatedFiles.isEmpty { facts.append("last record incomplete") }
        return facts
    }

    /// `2026-11-24 01:02:03 UTC`, or the number itself where there is no such date.
    private static func timeText(_ wallTime: Double) -> String {
        // Foundation formats no years beyond what a calendar has.
        guard abs(wallTime) < 1e11 else { return wallTime.text(significantDigits: 17) }
        let style = Date.ISO8601FormatStyle(dateTimeSeparator: .space, timeZone: .gmt)
            .year().month().day().time(includingFractionalSeconds: false)
        return Date(timeIntervalSince1970: wallTime).formatted(style) + " UTC"
    }

    /// The report as JSON; a time that JSON cannot express is null.
    static func json(_ inspections: [RunInspection]) -> JSONText {
        .array(
            inspections.map { inspection in
                [
                    "run": .string(inspection.run.name),
                    "directory": .string(inspection.run.directory.string),
                    "files": .array(inspection.run.files.map { .string($0.lastComponent?.string ?? $0.string) }),
                    "bytes": .integer(inspection.byteCount),
                    "events": .integer(inspection.eventCount),
                    "first_time": inspection.wallTimes.map { .number($0.lowerBound) } ?? .null,
                    "last_time": inspection.wallTimes.map { .number($0.upperBound) } ?? .null,
                    "sessions": .integer(inspection.sessionStartCount),
                    "faults": .integer(inspection.faultCount),
                    "truncated": .bool(!inspection.truncatedFiles.isEmpty),
                    "tags": .array(inspection.tags.map(json)),
                    "findings": .array(inspection.findings(among: inspections).map(json)),
                ]
            }
        )
    }

    private static func json(_ name: String, _ tag: RunInspection.Tag) -> JSONText {
        [
            "tag": .string(name),
            "kind": .string(tag.kind.description),
            "points": .integer(tag.pointCount),
            "first_step": .integer(tag.firstStep),
            "last_step": .integer(tag.lastStep),
            "bytes": .integer(tag.byteCount),
            "kept_fast": .integer(tag.keptPointCount(by: .fast)),
            "kept_slow": .integer(tag.keptPointCount(by: .slow)),
        ]
    }

    private static func json(_ finding: RunInspection.Finding) -> JSONText {
        [
            "tag": finding.tag.map { .string($0) } ?? .null,
            "loaders": .array(finding.loaders.map(\.rawValue).sorted().map { .string($0) }),
            "message": .string(finding.message),
        ]
    }
}
