import ArgumentParser
import CommandLineSupport
import TensorBoardLogs

/// The command `tblog diff`.
struct DiffCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Compares two runs, or two directories of runs, by their meaning.",
        discussion: """
            Tags, kinds, steps and values count; times and the ways in which writers store the same thing do not. Exits \
            with 0 if the runs are equal, with 1 if they differ, with 2 if they cannot be compared. Runs are \
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
            let verb = logs.paths.count == 1 ? "is" : "are"
            throw ValidationError(
                "Name two runs, or two directories of runs; there \(verb) \(logs.paths.count.countedText("path"))."
            )
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
        let comparisons = RunPair.pairs(first, second, at: logs.paths[0]).map { pair in
            pair.compare(filter: logs.filter, tolerance: tolerance) { bar.advance(by: $0) }
        }
        bar.finish()
        if let tag = logs.tag, comparisons.allSatisfy(\.hasNothingToCompare) {
            throw UnusableLogs("no tag matches '\(tag.text)'; 'tblog inspect' lists the tags of the runs")
        }
        if logs.json {
            Terminal.standardOutput.writeLine(JSONText.array(comparisons.flatMap(\.json)))
        } else {
            for comparison in comparisons { Terminal.standardOutput.writeLine(comparison.text) }
        }
        let faults = comparisons.flatMap(\.faults)
        faults.printEach()
        guard faults.isEmpty else { throw ExitCode(2) }
        if !comparisons.allSatisfy(\.isEqual) { throw ExitCode.failure }
    }

    private func runs(_ path: String) throws -> [LoggedRun] {
        let found = try logs.logPath(path).runs().filter { logs.run?.matches($0.name) ?? true }
        guard !found.isEmpty else {
            throw UnusableLogs("there are no event files of such runs in \(path); check the path and --run")
        }
        return found
    }
}

/// Two runs to compare, or one without a counterpart.
struct RunPair {
    /// The result of comparing a pair.
    struct Comparison {
        fileprivate let name: String
        /// What differs, in sentences.
        fileprivate let differences: [RunDifference]
        /// Which side lacks the run; `nil` if both have one.
        fileprivate let absence: String?
        /// The faults that reading met.
        let faults: [TensorBoardError]
        /// Whether both runs exist and neither has a selected tag.
        let hasNothingToCompare: Bool

        /// Whether there is no difference.
        var isEqual: Bool { absence == nil && differences.isEmpty }

        /// A line for each difference, or one that says that there is none.
        var text: String {
            guard !isEqual else {
                return "\(name.printable): \(faults.isEmpty ? "equal" : "equal as far as both can be read")"
            }
            let lines = absence.map { [$0] } ?? differences.map(\.description)
            return lines.map { "\(name): \($0)".printable }.joined(separator: "\n")
        }

        /// An object for each difference.
        var json: [JSONText] {
            if let absence {
                return [["run": .string(name), "tag": .null, "step": .null, "message": .string(absence)]]
            }
            return differences.map { difference in
                [
                    "run": .string(name),
                    "tag": .string(difference.tag),
                    "step": difference.step.map { .integer($0) } ?? .null,
                    "message": .string(difference.message),
                ]
            }
        }
    }

    private let name: String
    private let first: LoggedRun?
    private let second: LoggedRun?

    /// Pairs runs by name; a single run on each side makes a pair whatever the names, called as its path or address is.
    static func pairs(_ first: [LoggedRun], _ second: [LoggedRun], at path: String) -> [RunPair] {
        if first.count == 1, second.count == 1 {
            let name = first[0].name == "." ? path : first[0].name
            return [RunPair(name: name, first: first[0], second: second[0])]
        }
        let firsts = NameDictionary(grouping: first, by: \.name)
        let seconds = NameDictionary(grouping: second, by: \.name)
        return (first + second.filter { firsts[$0.name] == nil }).sortedByName().map { run in
            RunPair(name: run.name, first: firsts[run.name]?.first, second: seconds[run.name]?.first)
        }
    }

    /// Loads both runs and compares them.
    ///
    /// - Parameters:
    ///   - filter: The selected tags.
    ///   - tolerance: How far numbers may be apart.
    ///   - progress: Receives the number of bytes that were read since the last call.
    /// - Returns: Where they differ.
    func compare(filter: EventFilter, tolerance: Double, progress: (_ byteCount: Int) -> Void) -> Comparison {
        guard let first, let second else {
            let side = first == nil ? "second" : "first"
            let absence = "only the \(side) path has this run"
            return Comparison(
                name: name,
                differences: [],
                absence: absence,
                faults: [],
                hasNothingToCompare: false
            )
        }
        var options = ReadingOptions()
        options.filter = filter
        let data = first.load(options: options, progress: progress)
        let other = second.load(options: options, progress: progress)
        return Comparison(
            name: name,
            differences: data.differences(from: other, tolerance: tolerance),
            absence: nil,
            faults: data.faults + other.faults,
            hasNothingToCompare: data.tags.isEmpty && other.tags.isEmpty
        )
    }
}
