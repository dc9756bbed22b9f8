import ArgumentParser
import CommandLineSupport
import Foundation
import TensorBoard

/// What every command takes: where the logs are, and what of them is wanted.
struct LogOptions: ParsableArguments {
    @Argument(help: "Event files, run directories or log directories.", completion: .file())
    var paths: [String]

    @Option(
        help: ArgumentHelp("Only runs whose name matches a regular expression.", valueName: "regex"),
        transform: NamePattern.init
    )
    var run: NamePattern?

    @Option(
        help: ArgumentHelp("Only tags that match a regular expression.", valueName: "regex"),
        transform: NamePattern.init
    )
    var tag: NamePattern?

    @Flag(help: "Print JSON and nothing else.")
    var json = false

    /// Finds the runs that are asked for, in the order of the paths.
    ///
    /// With one path, a run has the name that TensorBoard shows; with several, it begins with the path.
    ///
    /// - Throws: ``TensorBoardError`` when a path cannot be read, ``UnusableLogs`` when there are no such runs.
    func runs() throws -> [LoggedRun] {
        let found = try paths.flatMap { path in
            try LogPath(path).runs().map { run in
                paths.count == 1 ? run : run.named(run.name == "." ? path : "\(path)/\(run.name)")
            }
        }.removingRepetitions()
        guard !found.isEmpty else {
            throw UnusableLogs("There are no event files in \(paths.joined(separator: ", ")); check the path.")
        }
        guard let run else { return found }
        let matching = found.filter { run.matches($0.name) }
        guard !matching.isEmpty else {
            let names = found.map(\.name).joined(separator: ", ")
            throw UnusableLogs("No run matches '\(run.text)'; there are \(names).")
        }
        return matching
    }

    /// A bar for work that reads runs.
    ///
    /// - Parameters:
    ///   - label: What is being done.
    ///   - runs: The runs.
    ///   - readings: How often each of them is read.
    ///   - isQuiet: Whether nothing is to be drawn, as with `--json`.
    /// - Returns: The bar, which shows bytes.
    func progressBar(_ label: String, _ runs: [LoggedRun], readings: Int = 1, isQuiet: Bool = false) -> ProgressBar {
        let total = readings * runs.reduce(0) { $0 + $1.byteCount }
        return ProgressBar(total: total, unit: .bytes, label: label, isQuiet: json || isQuiet)
    }

    /// Leaves out the tags that are not asked for.
    var filter: EventFilter {
        var filter = EventFilter()
        if let tag { filter.includesTag = { tag.matches($0) } }
        return filter
    }
}

extension [LoggedRun] {
    /// Leaves out runs that are there already, by another way to write their path.
    fileprivate func removingRepetitions() -> [LoggedRun] {
        var known: Set<[String]> = []
        return filter { run in
            let directory = URL(filePath: run.directory.string).resolvingSymlinksInPath().path
            return known.insert([directory] + run.files.map { $0.lastComponent?.string ?? "" }).inserted
        }
    }
}

extension LoggedRun {
    /// The same run under another name.
    fileprivate func named(_ name: String) -> LoggedRun {
        LoggedRun(name: name, directory: directory, files: files)
    }
}
