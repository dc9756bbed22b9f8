import ArgumentParser
import CommandLineSupport
import Foundation
import SystemPackage
import TensorBoardLogs

/// The options of every command: where the logs are, and which of their data to use.
struct LogOptions: ParsableArguments {
    @Argument(
        help: "Event files, run directories or log directories, or addresses of such in a store: s3://bucket/logs.",
        completion: .file()
    )
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

    @Option(
        help: "Where to keep what is fetched from a store. (default: swift-tensorboard in the user's cache)",
        completion: .directory
    )
    var cache: String?

    /// Finds the selected runs, in the order of the paths.
    ///
    /// With one path, a run has the name that TensorBoard shows; with several, the name begins with the path.
    ///
    /// - Throws: ``TensorBoardError`` if a path cannot be read, ``UnusableLogs`` if there are no such runs.
    func runs() throws -> [LoggedRun] {
        let found = try paths.flatMap { try runs($0) }.removingRepetitions()
        guard !found.isEmpty else {
            throw UnusableLogs("there are no event files in \(paths.joined(separator: ", ")); check the path")
        }
        guard let run else { return found }
        let matching = found.filter { run.matches($0.name) }
        guard !matching.isEmpty else {
            let names = found.prefix(5).map(\.name).joined(separator: ", ")
            let rest = found.count > 5 ? " and \((found.count - 5).groupedText) more" : ""
            throw UnusableLogs("no run matches '\(run.text)'; there \(found.count == 1 ? "is" : "are") \(names)\(rest)")
        }
        return matching
    }

    private func runs(_ path: String, onLoss: @escaping StoredLogs.LossReport = StoredLogs.report) throws -> [LoggedRun]
    {
        try logPath(path, onLoss: onLoss).runs().map { run in
            paths.count == 1 ? run : run.named(run.name == "." ? path : "\(path)/\(run.name)")
        }
    }

    /// Where a path of the command line leads; what is at an address in a store is fetched.
    func logPath(_ path: String, onLoss: @escaping StoredLogs.LossReport = StoredLogs.report) throws -> LogPath {
        guard StoredLogs.isAddress(path) else { return LogPath(path) }
        return LogPath(try StoredLogs.fetched(path, into: cache, isQuiet: json, onLoss: onLoss).string)
    }

    /// Finds the selected runs for a command that waits for more; none where there are no such runs or directories.
    ///
    /// - Parameter onLoss: Is told, once, when a store that is followed does not answer any more.
    /// - Returns: The runs.
    /// - Throws: ``TensorBoardError`` if a path cannot be read.
    func runsSoFar(onLoss: @escaping StoredLogs.LossReport = StoredLogs.report) throws -> [LoggedRun] {
        let found = try paths.flatMap { path in
            do {
                return try runs(path, onLoss: onLoss)
            } catch let error as TensorBoardError where error.errno == .noSuchFileOrDirectory {
                return []
            }
        }
        return found.removingRepetitions().filter { run?.matches($0.name) ?? true }
    }

    /// What tells a run from the others whatever it is called.
    func key(of run: LoggedRun) -> FilePath {
        // Several paths may name files of one directory.
        paths.count == 1 ? run.directory : run.directory.appending(run.name)
    }

    /// What is selected, as `runs in logs that match 'a'`.
    var description: String {
        "runs in \(paths.joined(separator: ", "))" + (run.map { " that match '\($0.text)'" } ?? "")
    }

    /// Creates a progress bar for reading runs.
    ///
    /// - Parameters:
    ///   - label: A verb that says what the command does.
    ///   - runs: The runs.
    ///   - readings: How often each run is read.
    ///   - isQuiet: Whether to draw nothing, as with `--json`.
    /// - Returns: The bar, which counts bytes.
    func progressBar(_ label: String, _ runs: [LoggedRun], readings: Int = 1, isQuiet: Bool = false) -> ProgressBar {
        let total = readings * runs.reduce(0) { $0 + $1.byteCount }
        return ProgressBar(total: total, unit: .bytes, label: label, isQuiet: json || isQuiet)
    }

    /// The filter for the selected tags.
    var filter: EventFilter {
        var filter = EventFilter()
        if let tag { filter.includesTag = { tag.matches($0) } }
        return filter
    }
}

extension [LoggedRun] {
    /// The runs without those that another path names already.
    fileprivate func removingRepetitions() -> [LoggedRun] {
        var known: Set<[FilePath]> = []
        return filter { run in
            let files = run.files.map { file in file.lastComponent.map { FilePath(root: nil, [$0]) } ?? "" }
            return known.insert([run.directory.withoutLinks] + files).inserted
        }
    }
}

extension FilePath {
    /// The absolute path without links; the path itself where there is no such file.
    fileprivate var withoutLinks: FilePath {
        guard let resolved = withPlatformString({ realpath($0, nil) }) else { return self }
        defer { free(resolved) }
        return FilePath(platformString: resolved)
    }
}

extension LoggedRun {
    /// The same run under another name.
    fileprivate func named(_ name: String) -> LoggedRun {
        LoggedRun(name: name, directory: directory, files: files)
    }
}

/// A path from the command line: an event file, or a directory that holds runs.
struct LogPath {
    let path: FilePath
    private let logs: LogDirectory

    /// - Parameter path: The path as typed.
    init(_ path: String) {
        self.path = path.filePath
        logs = LogDirectory(path)
    }

    /// The runs at the path; for an event file, a run of that file alone.
    ///
    /// - Throws: ``TensorBoardError/Code/cannotRead``.
    func runs() throws(TensorBoardError) -> [LoggedRun] {
        do throws(TensorBoardError) {
            return try logs.runs()
        } catch {
            guard error.errno == .notDirectory else { throw error }
            let name = path.lastComponent?.string ?? path.string
            let parent = path.removingLastComponent()
            let directory = parent.isEmpty ? "." : parent
            return [LoggedRun(name: ".", directory: directory, files: [directory.appending(name)])]
        }
    }
}

extension String {
    /// The path of an option, in which `~` is the home directory.
    ///
    /// - Throws: ``UnusableLogs`` if there is no such path.
    func checkedPath() throws -> FilePath {
        guard !StoredLogs.isAddress(self) else {
            throw UnusableLogs("a path is needed in place of '\(self)'; only merge, trim and thin write to a store")
        }
        if let pathProblem { throw UnusableLogs("\(self): \(pathProblem)") }
        return filePath
    }
}

/// An error for logs with which the command cannot do its job.
struct UnusableLogs: Error, CustomStringConvertible {
    /// What is wrong and what to do, in a sentence that begins in lower case and has no full stop.
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

/// A regular expression that matches anywhere in a name.
///
/// The expression is compiled for each match, because threads cannot share a compiled one; a filter matches each tag once.
struct NamePattern: Sendable {
    let text: String

    /// - Throws: `ValidationError` if the text is not a regular expression.
    init(_ text: String) throws {
        do {
            _ = try Regex(text)
        } catch {
            throw ValidationError("not a regular expression; give one such as 'loss|accuracy'.")
        }
        self.text = text
    }

    /// Whether the expression occurs in a name.
    func matches(_ name: String) -> Bool {
        guard let regex = try? Regex(text) else { return false }
        return name.contains(regex)
    }
}
