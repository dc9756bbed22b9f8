import CommandLineSupport
import TensorBoard

/// What was found in a run, as it is shown.
struct VerifiedRun {
    let run: LoggedRun
    let verification: RunVerification
    /// The faults that are asked for.
    let faults: [LogFault]

    /// - Parameters:
    ///   - verification: What was found.
    ///   - run: The run.
    ///   - tag: What the tags of faults must match, of those that have one.
    init(_ verification: RunVerification, of run: LoggedRun, tag: NamePattern?) {
        self.run = run
        self.verification = verification
        faults = verification.faults.filter { fault in
            guard let tag, let name = fault.tag else { return true }
            return tag.matches(name)
        }
    }

    /// A line for each fault.
    var lines: [String] {
        faults.map { fault in
            let effects = [
                fault.fastLoader.map { "fast loader \($0)" },
                fault.slowLoader.map { "Python loader \($0)" },
            ]
            return "\(fault) [\(effects.compactMap(\.self).joined(separator: "; "))]".printable
        }
    }

    /// What was looked at and how much was found, in one line.
    static func summary(_ reports: [VerifiedRun]) -> String {
        let faults = reports.reduce(0) { $0 + $1.faults.count }
        let files = reports.reduce(0) { $0 + $1.run.files.count }
        let events = reports.reduce(0) { $0 + $1.verification.eventCount }
        let scope = "runs: \(reports.count), files: \(files), events: \(events.groupedText)"
        return "\(scope), faults: \(faults == 0 ? "none" : faults.groupedText)"
    }

    /// The run and its faults as one object.
    var json: JSONText {
        [
            "run": .string(run.name),
            "files": .array(run.files.map { .string($0.string) }),
            "events": .integer(verification.eventCount),
            "bytes": .integer(verification.byteCount),
            "unreadable": .array(verification.unreadableFiles.map { .string($0.description) }),
            "faults": .array(faults.map(\.json)),
        ]
    }
}
