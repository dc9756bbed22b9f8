import ArgumentParser
import CommandLineSupport
import SystemPackage
import TensorBoard

/// What commands take that write edited copies of runs.
struct CopyOptions: ParsableArguments {
    @OptionGroup var logs: LogOptions

    @Option(
        name: .shortAndLong,
        help: "The directory for the copies, each below it under the name of its run.",
        completion: .directory
    )
    var output: String

    func validate() throws {
        guard !output.isEmpty else { throw ValidationError("--output must not be empty.") }
    }

    /// Copies the runs that are asked for and tells what came of it.
    ///
    /// - Parameters:
    ///   - mergesFiles: Whether the files of a run become one.
    ///   - readings: How often `selection` reads the run.
    ///   - selection: Makes, for a run, what says which of its points to copy; `--tag` is heeded besides. It is also given
    ///     what to tell the number of bytes that it reads.
    /// - Throws: What reading, `selection` and ``LoggedRun/copy(to:mergingFiles:where:)`` throw.
    func copyRuns(
        mergingFiles mergesFiles: Bool = false,
        readings: Int = 0,
        where selection: (_ run: LoggedRun, _ progress: (Int) -> Void) throws -> (LoggedPoint) -> Bool
    ) throws {
        var reports: [JSONText] = []
        let runs = try logs.runs()
        let bar = logs.progressBar("copying", runs, readings: readings + 1)
        for run in runs {
            let isWanted = try selection(run) { bar.advance(by: $0) }
            var answers: [String: Bool] = [:]
            let copy = try run.copy(
                to: directory(of: run),
                mergingFiles: mergesFiles,
                progress: { bar.advance(by: $0) },
                where: { point in
                    guard let tag = logs.tag else { return isWanted(point) }
                    let matches = answers[point.tag] ?? tag.matches(point.tag)
                    answers[point.tag] = matches
                    return matches && isWanted(point)
                }
            )
            let target = directory(of: run).string
            reports.append([
                "run": .string(run.name), "output": .string(target),
                "files": .array(copy.files.map { .string($0.string) }), "kept_points": .integer(copy.keptPointCount),
                "dropped_points": .integer(copy.droppedPointCount),
            ])
            guard !logs.json else { continue }
            let (kept, dropped) = (copy.keptPointCount.groupedText, copy.droppedPointCount.groupedText)
            bar.print("\(target): files: \(copy.files.count), points kept: \(kept), dropped: \(dropped)".printable)
        }
        bar.finish()
        if logs.json { print(JSONText.array(reports)) }
    }

    /// Names may come from paths with '..', which must not lead out of the output.
    private func directory(of run: LoggedRun) -> FilePath {
        var path = FilePath(output)
        for component in FilePath(run.name).components where component.kind == .regular { path.append(component) }
        return path
    }
}
