import ArgumentParser
import CommandLineSupport
import SystemPackage
import TensorBoardLogs

/// The command `tblog aggregate`.
struct AggregateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "aggregate",
        abstract: "Makes one run of what the workers of a job logged.",
        discussion: """
            Reads the directories of the ranks, rank-0000, rank-0001 and so on, and writes for each step of each scalar the \
            mean, min, max and p99 over the ranks, rank_of_max (of the time of a step, the slowest worker) and ranks, the \
            number of ranks that have the step. The tags are those of the ranks with these names behind, such as loss/mean; \
            the Custom Scalars tab shows each mean in a band from min to max. A NaN at one rank makes mean, min, max and p99 \
            NaN, and rank_of_max says at which. Other kinds of data, and directories below those of the ranks, are left out.

            With --follow it goes on as ranks log more and new ones join, until interrupted. A step is written when every \
            rank that has the tag is beyond it; a rank that has logged nothing for --patience seconds is not waited for, and \
            what it logs later at such steps is left out and counted. When ranks join, or go back to an earlier step as a \
            restarted job does, the aggregate goes back too. Started again without --follow and with --overwrite, the command writes \
            what is complete.

            Examples:
              tblog aggregate workers/run1 --into logs/run1
              tblog aggregate workers/run1 --into logs/run1 --follow --patience 300
            """
    )

    @Argument(
        help: "The directory above those of the ranks, or its address in a store: s3://bucket/workers/run1.",
        completion: .directory
    )
    var workers: String

    @Option(help: "The directory of the run to write, beside the ranks.", completion: .directory)
    var into: String

    @Option(
        help: ArgumentHelp("Only tags that match a regular expression.", valueName: "regex"),
        transform: NamePattern.init
    )
    var tag: NamePattern?

    @Flag(help: "Replace a run that is there.")
    var overwrite = false

    @Flag(help: "Go on as the ranks log more, until interrupted.")
    var follow = false

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "With --follow, wait so long for a rank that logs nothing; more than one may lag behind another.",
            valueName: "seconds"
        )
    )
    var patience = 60.0

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("With --follow, look for more every so many seconds.", valueName: "seconds")
    )
    var interval = 1.0

    @Flag(help: "Print JSON and nothing else.")
    var json = false

    @Option(
        help: "Where to keep what is fetched from a store. (default: swift-tensorboard in the user's cache)",
        completion: .directory
    )
    var cache: String?

    func validate() throws {
        if into.isEmpty { throw ValidationError("--into must not be empty.") }
        guard (0...604_800).contains(patience) else {
            throw ValidationError("--patience \(patience) must be from 0 to 604800 seconds.")
        }
        guard (0.01...3600).contains(interval) else {
            throw ValidationError("--interval \(interval) must be from 0.01 to 3600 seconds.")
        }
        if follow, json { throw ValidationError("--json is the report at the end, which --follow has not.") }
    }

    func run() async throws {
        let target = try into.checkedPath()
        let source = try workersPath()
        try Self.check(source, beside: target)
        if !overwrite, let run = try? LoggedRun(target), !run.files.isEmpty {
            throw UnusableLogs(
                "\(into) holds a run already; give --overwrite to replace it, or --into another directory"
            )
        }
        let run = AggregateRun(directory: target, replacesRun: overwrite)
        if follow {
            // Asked for again, a store is followed.
            return try await write(workersPath(), to: run)
        }

        var aggregator = try WorkerAggregator(source, options: options)
        guard aggregator.rankCount > 0 else {
            throw UnusableLogs("there are no directories such as 'rank-0000' in \(workers); give the one above them")
        }
        try aggregator.finish { update throws(TensorBoardError) in try run.receive(update) }
        guard !run.isEmpty else {
            throw UnusableLogs(
                "\(aggregator.rankCount.countedText("rank")) logged no scalar\(tag.map { " that matches '\($0.text)'" } ?? "")"
                    + "; see 'tblog inspect'"
            )
        }
        try run.close()
        report(run, rankCount: aggregator.rankCount)
        try aggregator.faults.report()
    }

    /// Follows the ranks until the command is interrupted.
    private func write(_ source: FilePath, to run: AggregateRun) async throws {
        if try !hasRanks(source) { Self.say("waiting for ranks in \(workers)") }
        while try !hasRanks(source) { try await Task.sleep(for: .seconds(interval)) }
        var aggregator = try WorkerAggregator(source, options: options)
        var told = (ranks: 0, faults: 0, lateValues: 0)
        while true {
            try aggregator.readNew { update throws(TensorBoardError) in
                if case .restart(let step) = update {
                    Self.say("going back to step \(step), where ranks have begun again or joined")
                }
                try run.receive(update)
            }
            run.updateCharts()
            if aggregator.rankCount > told.ranks { Self.say("following \(aggregator.rankCount.countedText("rank"))") }
            Array(aggregator.faults.dropFirst(told.faults)).printEach()
            if aggregator.lateValueCount > told.lateValues {
                let count = (aggregator.lateValueCount - told.lateValues).countedText("value")
                Self.say("\(count) came too late for their step and were left out; a longer --patience waits for them")
            }
            told = (aggregator.rankCount, aggregator.faults.count, aggregator.lateValueCount)
            try await Task.sleep(for: .seconds(interval))
        }
    }

    /// Where the ranks are; what is at an address in a store is fetched.
    private func workersPath() throws -> FilePath {
        guard StoredLogs.isAddress(workers) else { return try workers.checkedPath() }
        return try StoredLogs.fetched(workers, into: cache, isQuiet: json, onLoss: StoredLogs.report)
    }

    /// Whether there are ranks yet.
    private func hasRanks(_ source: FilePath) throws(TensorBoardError) -> Bool {
        do throws(TensorBoardError) {
            let aggregator = try WorkerAggregator(source, options: options)
            return aggregator.rankCount > 0
        } catch {
            guard error.errno == .noSuchFileOrDirectory else { throw error }
            return false
        }
    }

    private var options: WorkerAggregator.Options {
        var options = WorkerAggregator.Options()
        options.patience = .seconds(patience)
        if let tag { options.reading.filter.includesTag = { tag.matches($0) } }
        return options
    }

    /// Sees to it that neither directory is in the other.
    private static func check(_ workers: FilePath, beside run: FilePath) throws {
        let (source, target) = (workers.withoutLinks, run.withoutLinks)
        if source == target { throw UnusableLogs("\(run) holds the ranks; give --into a directory beside it") }
        if target.starts(with: source) {
            throw UnusableLogs("\(run) lies in \(workers), which holds the ranks; give --into a directory beside it")
        }
        if source.starts(with: target) {
            throw UnusableLogs(
                "\(workers) lies in the run \(run), where TensorBoard would show each rank too; give --into another directory"
            )
        }
    }

    private static func say(_ sentence: String) { Terminal.standardError.writeProse("\(sentence.printable).") }

    private func report(_ run: AggregateRun, rankCount: Int) {
        guard !json else { return Terminal.standardOutput.writeLine(JSONText.array(run.tags.map(\.json))) }
        var table = TextTable(
            columns: [.left("tag")]
                + ["points", "last step", "ranks", "mean", "min", "max", "rank of max"].map { .right($0) }
        )
        for tag in run.tags {
            let last = tag.last
            let numbers = [last.mean, last.minimum, last.maximum].map { $0.text(significantDigits: 6) }
            table.append(
                [last.tag, tag.pointCount.groupedText, last.step.groupedText, last.rankCount.groupedText] + numbers
                    + ["\(last.rankOfMaximum)"]
            )
        }
        Terminal.standardOutput.writeLine(
            "\(table)\n\nThe aggregate of \(rankCount.countedText("rank")) is in \(into.printable); at the last step it is as above."
        )
    }
}
