import ArgumentParser
import CommandLineSupport
import SystemPackage
import TensorBoardLogs

/// The command `tblog tail`.
struct TailCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tail",
        abstract: "Prints the last steps of runs, and new ones as they are logged.",
        discussion: """
            A line is a step with its scalars, and with --all-kinds also the kinds of everything else. With --json a line \
            is an object with run, step, wall_time, scalars and others. A step is printed when the next one begins, when \
            its writer has ended, or when nothing was added to it for a while (--settle); if something is added after \
            that, the step is printed again with all of its values. Runs that begin later are followed too, from their \
            first step on, and a directory that is empty or missing is waited for.

            Standard error says when the writer of a run has ended, as far as that can be known: writers of this library \
            hold a lock, other writers leave no trace.

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

    @Option(parsing: .unconditional, help: ArgumentHelp("Look for more every so many seconds.", valueName: "seconds"))
    var interval = 0.5

    @Flag(help: "List the kinds of what is not a scalar, such as histograms.")
    var allKinds = false

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Print a step when nothing was added for so many seconds.", valueName: "seconds")
    )
    var settle = 3.0

    func validate() throws {
        guard lines >= 0 else { throw ValidationError("--lines \(lines) must not be below 0.") }
        guard (0.01...3600).contains(interval) else {
            throw ValidationError("--interval \(interval) must be from 0.01 to 3600 seconds.")
        }
        guard (0...3600).contains(settle) else {
            throw ValidationError("--settle \(settle) must be from 0 to 3600 seconds.")
        }
    }

    func run() async throws {
        var tails: [RunTail] = []
        var known: Set<FilePath> = []
        for run in try follow ? logs.runsSoFar() : logs.runs() {
            known.insert(logs.key(of: run))
            tails.append(RunTail(run, options: options))
        }
        for tail in tails {
            for step in tail.last(lines, follows: follow) { show(step, ofSeveral: tails.count > 1) }
        }
        guard follow else {
            if tails.contains(where: \.hasFaults) { throw ExitCode.failure }
            return
        }
        say(tails)
        // When nothing can be written, the reader of the output has gone.
        while !Terminal.hasLostOutput {
            guard try await waitForNextLook() else { return }
            for run in (try? logs.runsSoFar()) ?? [] where known.insert(logs.key(of: run)).inserted {
                tails.append(RunTail(run, options: options))
            }
            for tail in tails {
                let hasEnded = tail.forEachNew { show($0, ofSeveral: tails.count > 1) }
                if hasEnded { Self.say("\(tail.name): the writer has ended") }
            }
        }
    }

    private var options: RunTail.Options {
        .init(filter: logs.filter, includesOtherKinds: allKinds, settlingTime: .seconds(settle))
    }

    /// Says what is waited for, where nothing else would tell.
    private func say(_ tails: [RunTail]) {
        if tails.isEmpty {
            Self.say("waiting for \(logs.description)")
        } else if !tails.contains(where: \.hasWriter) {
            Self.say("no writer of this library is at work; waiting for more")
        }
    }

    private static func say(_ sentence: String) { Terminal.standardError.writeProse("\(sentence.printable).") }

    /// Waits for the interval; returns `false` if the reader of the output goes meanwhile.
    private func waitForNextLook() async throws -> Bool {
        let end = ContinuousClock.now + .seconds(interval)
        while ContinuousClock.now < end {
            guard !Terminal.isOutputClosed else { return false }
            try await Task.sleep(for: min(.milliseconds(200), end - .now))
        }
        return !Terminal.isOutputClosed
    }

    private func show(_ step: TailStep, ofSeveral namesRun: Bool) {
        if logs.json {
            Terminal.standardOutput.writeLine(step.json.description)
        } else {
            Terminal.standardOutput.writeProse(step.line(namesRun: namesRun))
        }
    }
}
