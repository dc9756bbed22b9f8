package import EventFiles
public import SystemPackage
public import TFRecord

/// A directory that holds runs, as TensorBoard's `--logdir`.
///
/// ```swift
/// for run in try LogDirectory("logs/xor_logs").runs() {
///     print(run.name, try run.load().scalars["cost"]?.values.last ?? .nan)
/// }
/// ```
public struct LogDirectory: Sendable, Hashable {
    private static let linkLimit = 3

    /// The path of the directory.
    public let path: FilePath
    private let problem: String?

    /// Creates a log directory from its path, without reading it.
    public init(_ path: some PathConvertible) {
        self.path = path.filePath
        problem = path.pathProblem
    }

    /// Finds the runs as TensorBoard does: every directory, at any depth, that holds a file with `tfevents` in its name.
    ///
    /// Hidden directories and links are followed, but not a link to a directory above itself, nor one behind three others:
    /// directories with links to each other make more paths than can be visited.
    ///
    /// A name that is not UTF-8 has `\xFF` in place of each such byte; TensorBoard cannot load such a log directory.
    ///
    /// - Returns: The runs in the order of their names, with numbers in them as such: `run_2` before `run_10`.
    /// - Throws: ``TensorBoardError/Code/cannotRead`` if the directory cannot be read. Unreadable directories below are
    ///   skipped.
    public func runs() throws(TensorBoardError) -> [LoggedRun] {
        try runs { path throws(TensorBoardError) in try DirectoryEntries(path) }
    }

    /// Finds the runs, see ``runs()``, in directories that may have been read before.
    ///
    /// - Parameter read: Returns what a directory holds.
    /// - Returns: The runs in the order of their names.
    /// - Throws: What `read` throws for the log directory itself.
    package func runs(
        reading read: (FilePath) throws(TensorBoardError) -> DirectoryEntries
    ) throws(TensorBoardError) -> [LoggedRun] {
        if let problem { throw TensorBoardError(.invalidOption, problem, path: path) }
        var runs: [LoggedRun] = []
        collect(try read(path), directory: path, name: "", above: [], linkCount: 0, read, into: &runs)
        return runs.sortedByName()
    }

    private func collect(
        _ entries: DirectoryEntries,
        directory: FilePath,
        name: String,
        above: [FileStatus.Identity],
        linkCount: Int,
        _ read: (FilePath) throws(TensorBoardError) -> DirectoryEntries,
        into runs: inout [LoggedRun]
    ) {
        if !entries.eventFiles.isEmpty {
            let files = entries.eventFiles.map { directory.appending($0) }
            runs.append(LoggedRun(name: name.isEmpty ? "." : name, directory: directory, files: files))
        }
        let above = above + (entries.identity.map { [$0] } ?? [])
        for (child, isLink) in entries.directories {
            let linkCount = linkCount + (isLink ? 1 : 0)
            guard linkCount <= Self.linkLimit else { continue }
            let path = directory.appending(child)
            guard let entries = try? read(path), !above.contains(where: { $0 == entries.identity }) else {
                continue
            }
            let childName = (name.isEmpty ? "" : "\(name)/") + RunName.text(of: child)
            collect(entries, directory: path, name: childName, above: above, linkCount: linkCount, read, into: &runs)
        }
    }
}
