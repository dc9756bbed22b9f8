import ArgumentParser
import CommandLineSupport
import SystemPackage
import TensorBoardLogs

/// The command `tblog repair`.
struct RepairCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "repair",
        abstract: "Copies every valid record of damaged files into new files beside them.",
        discussion: """
            A damaged file is never written to. The copy has 'repaired' in its name instead of 'tfevents', so that \
            TensorBoard does not read both and show each point twice. With --replace the copy takes the name of the \
            damaged file, which is kept with 'damaged' in its name.

            Repairs what stops a loader: damaged and torn records, texts that are not UTF-8, times that are not finite. \
            'tblog verify' lists other faults.

            Example: tblog repair logs --replace
            """
    )

    @OptionGroup var logs: LogOptions

    @Flag(help: "Give the repaired files the names of the damaged ones, which get other names.")
    var replace = false

    func validate() throws {
        if let address = logs.paths.first(where: StoredLogs.isAddress) {
            throw ValidationError(
                "\(address) lies in a store, where nothing is repaired; fetch it with 'tblog mirror' first."
            )
        }
        guard logs.tag == nil else {
            throw ValidationError("--tag does not apply to repair, which copies whole events.")
        }
    }

    func run() async throws {
        let runs = try logs.runs()
        // A damaged file is read twice; a bar that jumps at the end is better than one that stays full.
        let bar = logs.progressBar("repairing", runs, readings: 2)
        var reports: [RepairReport] = []
        var errors: [TensorBoardError] = []
        for file in runs.flatMap(\.files) {
            do throws(TensorBoardError) {
                let repaired = try RepairedFile(of: file) { bar.advance(by: $0) }
                var kept: FilePath?
                if replace {
                    do throws(TensorBoardError) { kept = try repaired.replaceOriginal() } catch { errors.append(error) }
                }
                let report = RepairReport(file: repaired, kept: kept)
                reports.append(report)
                if !logs.json { bar.print(report.text) }
            } catch {
                errors.append(error)
            }
        }
        bar.finish()
        if logs.json { Terminal.standardOutput.writeLine(JSONText.array(reports.map(\.json))) }
        try errors.report()
        guard !reports.contains(where: \.isLost) else { throw ExitCode.failure }
    }
}

/// The report about one file.
struct RepairReport {
    let file: RepairedFile
    /// The path of the damaged file, if the copy has its name.
    let kept: FilePath?

    /// Whether the file is damaged and holds no valid event.
    var isLost: Bool { !file.faults.isEmpty && file.path == nil }

    /// A line for each fault, then one that says where everything is.
    var text: String {
        let events = "events: \(file.eventCount.groupedText)"
        let outcome =
            if file.faults.isEmpty {
                "\(file.original): nothing to repair, \(events)"
            } else if isLost {
                "\(file.original): damaged, and no event can be repaired"
            } else if let kept {
                "\(file.original): repaired, \(events); the damaged file is \(kept)"
            } else {
                "\(file.path ?? ""): repaired, \(events); TensorBoard still reads \(file.original), see --replace"
            }
        return (file.faults.map(\.description) + [outcome]).map(\.printable).joined(separator: "\n")
    }

    /// The same as an object.
    var json: JSONText {
        let repaired = kept == nil ? file.path : file.original
        return [
            "file": .string(file.original.string),
            "repaired": repaired.map { .string($0.string) } ?? .null,
            "damaged": .string((kept ?? file.original).string),
            "events": .integer(file.eventCount),
            "faults": .array(file.faults.map(\.json)),
        ]
    }
}
