import ArgumentParser
import CommandLineSupport
import SystemPackage
import TensorBoardLogs

/// The options of commands that write edited copies of runs.
struct CopyOptions: ParsableArguments {
    @OptionGroup var logs: LogOptions

    @Option(
        name: [.short, .long, .customLong("into")],
        help: "The directory for the copies, each below it under the name of its run; or an address in a store.",
        completion: .directory
    )
    var output: String?

    @Flag(help: "Replace the runs' files by the copies; the files are kept with 'original' in their names.")
    var replace = false

    func validate() throws {
        guard output?.isEmpty != true else { throw ValidationError("--output must not be empty.") }
        guard (output != nil) != replace else {
            throw ValidationError("Say where the copies go, with --output or with --replace.")
        }
        if replace, let address = logs.paths.first(where: StoredLogs.isAddress) {
            throw ValidationError("\(address) lies in a store, where nothing is replaced; give --output.")
        }
    }

    /// Copies the selected runs and prints the result.
    ///
    /// - Parameters:
    ///   - mergesFiles: Whether the files of a run become one.
    ///   - readings: How often `selection` reads the run.
    ///   - selection: Returns, for a run, which of its points to copy; `--tag` applies in addition. The second argument
    ///     receives the number of bytes that the selection reads.
    /// - Throws: What reading, `selection` and copying throw, ``UnusableLogs`` if no run has a selected tag.
    func copyRuns(
        mergingFiles mergesFiles: Bool = false,
        readings: Int = 0,
        where selection: (_ run: LoggedRun, _ progress: (Int) -> Void) throws -> (LoggedPoint) -> Bool
    ) throws {
        let stored = try output.flatMap { StoredLogs.isAddress($0) ? try StoredCopies($0) : nil }
        var reports: [JSONText] = []
        let runs = try logs.runs()
        let bar = logs.progressBar("copying", runs, readings: readings + (logs.tag == nil ? 1 : 2))
        for run in try matching(runs, progress: { bar.advance(by: $0) }) {
            let isWanted = try selection(run) { bar.advance(by: $0) }
            var answers: NameDictionary<Bool> = [:]
            let isIncluded = { (point: LoggedPoint) in
                guard let tag = logs.tag else { return isWanted(point) }
                let matches = answers[point.tag] ?? tag.matches(point.tag)
                answers[point.tag] = matches
                return matches && isWanted(point)
            }
            let directory = try directory(of: run, below: stored?.directory)
            let advance = { (count: Int) in bar.advance(by: count) }
            let copy =
                replace
                ? try run.replacePoints(mergingFiles: mergesFiles, progress: advance, where: isIncluded)
                : try run.copy(to: directory, mergingFiles: mergesFiles, progress: advance, where: isIncluded)
            let files = try stored?.store(copy.files) ?? copy.files.map(\.string)
            let target = stored?.address(of: directory) ?? directory.string
            reports.append([
                "run": .string(run.name), "output": .string(target),
                "files": .array(files.map { .string($0) }), "kept_points": .integer(copy.keptPointCount),
                "dropped_points": .integer(copy.droppedPointCount),
            ])
            guard !logs.json else { continue }
            let (kept, dropped) = (copy.keptPointCount.groupedText, copy.droppedPointCount.groupedText)
            bar.print("\(target): files: \(copy.files.count), points kept: \(kept), dropped: \(dropped)".printable)
        }
        bar.finish()
        if logs.json { Terminal.standardOutput.writeLine(JSONText.array(reports)) }
    }

    /// The runs that have a selected tag: a copy of another would be empty.
    private func matching(_ runs: [LoggedRun], progress: (Int) -> Void) throws -> [LoggedRun] {
        guard let tag = logs.tag else { return runs }
        var options = ReadingOptions()
        options.filter = logs.filter
        let matching = runs.filter { !$0.inspect(options: options, progress: progress).tags.isEmpty }
        guard !matching.isEmpty else {
            throw UnusableLogs("no tag matches '\(tag.text)', so nothing was copied; see 'tblog inspect'")
        }
        return matching
    }

    /// The directory of a copy, below the output whatever '..' the run's name has.
    private func directory(of run: LoggedRun, below base: FilePath?) throws -> FilePath {
        guard let output else { return run.directory }
        var path = try base ?? output.checkedPath()
        // Of an address, the bucket and what is below.
        let name = FilePath(run.name).components.dropFirst(StoredLogs.isAddress(run.name) ? 1 : 0)
        for component in name where component.kind == .regular { path.append(component) }
        return path
    }
}
