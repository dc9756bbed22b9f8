import CommandLineSupport
import FoundationEssentials
import TensorBoard

/// How the surveys of runs are told.
enum InspectReport {
    /// A paragraph for each run.
    static func text(_ surveys: [RunSurvey], for terminal: Terminal) -> String {
        var parts = surveys.map { text($0, $0.findings(among: surveys), for: terminal) }
        let isSampled = surveys.contains { survey in
            survey.tags.values.contains { tag in
                TensorBoardLoader.allCases.contains { tag.keptPointCount(by: $0) < tag.pointCount }
            }
        }
        if isSampled {
            parts.append(
                """
                Where a tag has more points than are kept, TensorBoard shows a random choice of them and the last.
                To keep more: tensorboard --samples_per_plugin=scalars=1000000,histograms=10000
                """
            )
        }
        return parts.joined(separator: "\n\n")
    }

    private static func text(
        _ survey: RunSurvey,
        _ findings: [RunSurvey.Finding],
        for terminal: Terminal
    ) -> String {
        // TensorBoard calls a run that is the log directory itself by a dot.
        let name = survey.run.name == "." ? ". (\(survey.run.directory))" : survey.run.name
        var lines = [terminal.styled(name.printable, .bold) + "  " + facts(survey).joined(separator: ", ")]
        var table = TextTable(columns: [
            .left("tag"), .left("kind"), .right("points"), .right("first step"), .right("last step"), .right("size"),
            .right("kept fast"), .right("kept slow"),
        ])
        for (name, tag) in survey.tags.sorted(by: { $0.key < $1.key }) {
            table.append([
                name, tag.kind.description, tag.pointCount.groupedText, tag.firstStep.groupedText,
                tag.lastStep.groupedText, tag.byteCount.byteCountText,
                tag.keptPointCount(by: .fast).groupedText, tag.keptPointCount(by: .slow).groupedText,
            ])
        }
        lines.append(survey.tags.isEmpty ? "no data" : table.description)
        lines += notes(findings).map { terminal.styled("! ", .yellow) + $0.printable + "." }
        return lines.joined(separator: "\n")
    }

    /// The findings as sentences, those of several tags that are alike in one.
    private static func notes(_ findings: [RunSurvey.Finding]) -> [String] {
        var notes: [(finding: RunSurvey.Finding, tags: [String])] = []
        var places: [String: Int] = [:]
        for finding in findings {
            let key = finding.loaders.map(\.rawValue).sorted().joined() + finding.message
            if let place = places[key], let tag = finding.tag {
                notes[place].tags.append(tag)
            } else {
                places[key] = notes.count
                notes.append((finding, finding.tag.map { [$0] } ?? []))
            }
        }
        return notes.map { finding, tags in
            let loader = finding.loaders.count == 1 ? finding.loaders.first.map { "\($0) loader: " } ?? "" : ""
            let names = tags.prefix(3).joined(separator: ", ") + (tags.count > 3 ? " and \(tags.count - 3) more" : "")
            return (names.isEmpty ? "" : "\(names): ") + loader + finding.message
        }
    }

    private static func facts(_ survey: RunSurvey) -> [String] {
        let fileCount = survey.run.files.count
        var facts = [
            "\(fileCount) file\(fileCount == 1 ? "" : "s")", survey.byteCount.byteCountText,
            "\(survey.eventCount.groupedText) event\(survey.eventCount == 1 ? "" : "s")",
        ]
        if let times = survey.wallTimes {
            facts.append("\(timeText(times.lowerBound)) for \((times.upperBound - times.lowerBound).secondsText)")
        }
        if survey.sessionStartCount > 1 { facts.append("\(survey.sessionStartCount) sessions") }
        if !survey.truncatedFiles.isEmpty { facts.append("last record not complete") }
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

    /// The same for programs; a time that JSON does not know is null.
    static func json(_ surveys: [RunSurvey]) -> JSONText {
        .array(
            surveys.map { survey in
                [
                    "run": .string(survey.run.name),
                    "directory": .string(survey.run.directory.string),
                    "files": .array(survey.run.files.map { .string($0.lastComponent?.string ?? $0.string) }),
                    "bytes": .integer(survey.byteCount),
                    "events": .integer(survey.eventCount),
                    "first_time": survey.wallTimes.map { .number($0.lowerBound) } ?? .null,
                    "last_time": survey.wallTimes.map { .number($0.upperBound) } ?? .null,
                    "sessions": .integer(survey.sessionStartCount),
                    "faults": .integer(survey.faultCount),
                    "truncated": .bool(!survey.truncatedFiles.isEmpty),
                    "tags": .array(survey.tags.sorted { $0.key < $1.key }.map(json)),
                    "findings": .array(survey.findings(among: surveys).map(json)),
                ]
            }
        )
    }

    private static func json(_ name: String, _ tag: RunSurvey.Tag) -> JSONText {
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

    private static func json(_ finding: RunSurvey.Finding) -> JSONText {
        [
            "tag": finding.tag.map { .string($0) } ?? .null,
            "loaders": .array(finding.loaders.map(\.rawValue).sorted().map { .string($0) }),
            "message": .string(finding.message),
        ]
    }
}
