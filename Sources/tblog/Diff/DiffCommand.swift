import ArgumentParser
import CommandLineSupport
import TensorBoard

/// The command `tblog diff`.
struct DiffCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Compares two runs, or two directories of runs, by what they mean.",
        discussion: """
            Tags, kinds, steps and values count; times and the ways in which writers store the same thing do not. Ends \
            with 0 when the runs are equal, with 1 when they differ, with 2 when they cannot be compared. Runs are \
            paired by name, single ones with each other. Both runs of a pair are in memory at once.

            Example: tblog diff expected/run1 logs/run1 --tolerance 1e-6
            """
    )

    @OptionGroup var logs: LogOptions

    @Option(
        parsing: .unconditional,
        help: "How far numbers may be apart: by this much, or by this part of the larger one if that is above 1."
    )
    var tolerance = 0.0

    func validate() throws {
        guard tolerance >= 0, tolerance.isFinite else {
            throw ValidationError("--tolerance \(tolerance) must be a number from 0 on; 1e-6 is a good start.")
        }
        guard logs.paths.count == 2 else {
            throw ValidationError("Name two runs, or two directories of runs; there are \(logs.paths.count) paths.")
        }
    }

    func run() throws {
        do {
            try compare()
        } catch let error where error is TensorBoardError || error is UnusableLogs {
            Terminal.standardError.writeError("\(error)".printable)
            throw ExitCode(2)
        }
    }

    private func compare() throws {
        let first = try runs(logs.paths[0])
        let second = try runs(logs.paths[1])
        let bar = logs.progressBar("reading", first + second)
        let comparisons = RunPair.pairs(first, second).map { pair in
            pair.compare(filter: logs.filter, tolerance: tolerance) { bar.advance(by: $0) }
        }
        bar.finish()
        if let tag = logs.tag, comparisons.allSatisfy(\.hasNothingToCompare) {
            throw UnusableLogs("No tag matches '\(tag.text)'; 'tblog inspect' lists what the runs have.")
        }
        if logs.json {
            Terminal.standardOutput.writeLine(JSONText.array(comparisons.flatMap(\.json)))
        } else {
            for comparison in comparisons { Terminal.standardOutput.writeLine(comparison.text) }
        }
        let faults = comparisons.flatMap(\.faults)
        faults.tell()
        guard faults.isEmpty else { throw ExitCode(2) }
        if !comparisons.allSatisfy(\.isEqual) { throw ExitCode.failure }
    }

    private func runs(_ path: String) throws -> [LoggedRun] {
        let found = try LogPath(path).runs().filter { logs.run?.matches($0.name) ?? true }
        guard !found.isEmpty else {
            throw UnusableLogs("There are no event files of such runs in \(path); check the path and --run.")
        }
        return found
    }
}
