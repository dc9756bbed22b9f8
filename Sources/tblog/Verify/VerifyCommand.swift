import ArgumentParser
import CommandLineSupport
import TensorBoardLogs

/// The command `tblog verify`.
struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Checks for everything that keeps TensorBoard from showing what was logged.",
        discussion: """
            Checks framing, checksums, protobuf, texts, times, the order of the steps, and that each tag keeps its kind. \
            Prints a line for each fault with the file, the byte, and what each loader of TensorBoard does because of it. \
            Exits with 1 if there are faults, or a file cannot be read. --tag does not apply to faults that have no tag.

            Example: tblog verify logs
            """
    )

    @OptionGroup var logs: LogOptions

    @Flag(name: .shortAndLong, help: "Print nothing but faults.")
    var quiet = false

    func run() async throws {
        let runs = try logs.runs()
        let bar = logs.progressBar("verifying", runs, isQuiet: quiet)
        var reports: [VerifiedRun] = []
        for run in runs {
            let report = VerifiedRun(run.verify { bar.advance(by: $0) }, of: run, tag: logs.tag)
            reports.append(report)
            if !logs.json { for line in report.lines { bar.print(Terminal.standardOutput.prose(line)) } }
        }
        bar.finish()
        if logs.json {
            Terminal.standardOutput.writeLine(JSONText.array(reports.map(\.json)))
        } else if !quiet {
            Terminal.standardOutput.writeLine(VerifiedRun.summary(reports))
        }
        try reports.flatMap(\.verification.unreadableFiles).report()
        guard reports.allSatisfy(\.faults.isEmpty) else { throw ExitCode.failure }
    }
}

/// The report about one run.
struct VerifiedRun {
    let run: LoggedRun
    let verification: RunVerification
    /// The selected faults.
    let faults: [LogFault]

    /// - Parameters:
    ///   - verification: The faults of the run.
    ///   - run: The run.
    ///   - tag: The pattern that the tags of faults must match, if they have one.
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

    /// The scope and the number of faults, in one line.
    static func summary(_ reports: [VerifiedRun]) -> String {
        let faults = reports.reduce(0) { $0 + $1.faults.count }
        let files = reports.reduce(0) { $0 + $1.run.files.count }
        let events = reports.reduce(0) { $0 + $1.verification.eventCount }
        let scope = "runs: \(reports.count), files: \(files), events: \(events.groupedText)"
        let unreadable = reports.reduce(0) { $0 + $1.verification.unreadableFiles.count }
        let unread = unreadable == 0 ? "" : ", not read: \(unreadable.countedText("file"))"
        return "\(scope), faults: \(faults == 0 ? "none" : faults.groupedText)\(unread)"
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
