import ArgumentParser
import CommandLineSupport
import TensorBoardLogs

/// The command `tblog tail`.
struct TailCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tail",
        abstract: "Prints the last steps of runs, and new ones as they are logged.",
        discussion: """
            A line has the step, the scalars and the kinds of everything else. With --json a line is an object with run, \
            step, wall_time, scalars and others. Runs that begin later are followed too, from their first step on.

            Example: tblog tail logs/xor_logs --tag cost --lines 20
            """
    )

    @OptionGroup var logs: LogOptions

    @Option(
        name: [.customShort("n"), .long],
        parsing: .unconditional,
        help: "How many steps of each run to begin with."
    )
    var lines = 10

    @Flag(inversion: .prefixedNo, help: "Wait for more at the end, until interrupted.")
    var follow = true

    @Option(help: ArgumentHelp("Look for more every so many seconds.", valueName: "seconds"))
    var interval = 0.5

    func validate() throws {
        guard lines >= 0 else { throw ValidationError("--lines \(lines) must not be below 0.") }
        guard (0.01...3600).contains(interval) else {
            throw ValidationError("--interval \(interval) must be from 0.01 to 3600 seconds.")
        }
    }

    func run() async throws {
        var tails = try logs.runs().map { RunTail($0, filter: logs.filter) }
        for tail in tails {
            for step in tail.last(lines) { show(step, ofSeveral: tails.count > 1) }
        }
        guard follow else {
            if tails.contains(where: \.hasFaults) { throw ExitCode.failure }
            return
        }
        // When nothing can be written, the reader of the output has gone.
        while !Terminal.hasLostOutput {
            try await Task.sleep(for: .seconds(interval))
            tails += newRuns(besides: Set(tails.map(\.name))).map { RunTail($0, filter: logs.filter) }
            for tail in tails { tail.forEachNew { show($0, ofSeveral: tails.count > 1) } }
        }
    }

    /// The runs that are new; none if the directory cannot be read now.
    private func newRuns(besides known: Set<String>) -> [LoggedRun] {
        ((try? logs.runs()) ?? []).filter { !known.contains($0.name) }
    }

    private func show(_ step: TailStep, ofSeveral namesRun: Bool) {
        Terminal.standardOutput.writeLine(logs.json ? step.json.description : step.line(namesRun: namesRun))
    }
}
