public import SystemPackage

/// A run: a directory with event files, which TensorBoard shows as one.
///
/// ```swift
/// let run = try LoggedRun("logs/xor_logs/run1")
/// let cost = try run.load().scalars["cost"]
/// ```
public struct LoggedRun: Sendable, Hashable {
    /// The name that TensorBoard shows: the path from the log directory to the run's, `.` for the log directory itself.
    public let name: String
    /// Where the run's directory is.
    public let directory: FilePath
    /// The event files in the order in which TensorBoard reads them.
    public private(set) var files: [FilePath]

    /// Names a run of which everything is known.
    ///
    /// - Parameters:
    ///   - name: The name to show.
    ///   - directory: Where the run's directory is.
    ///   - files: The event files in the order in which to read them.
    public init(name: String, directory: FilePath, files: [FilePath]) {
        self.name = name
        self.directory = directory
        self.files = files
    }

    /// Finds the event files of a directory; those of directories in it are other runs.
    ///
    /// - Parameter directory: The directory; its name becomes that of the run.
    /// - Throws: ``TensorBoardError/Code/cannotRead``.
    public init(_ directory: FilePath) throws(TensorBoardError) {
        let name = directory.lastComponent?.string ?? "."
        self.init(name: name, directory: directory, files: [])
        try findFiles()
    }

    /// Looks again which event files there are.
    ///
    /// - Throws: ``TensorBoardError/Code/cannotRead``.
    public mutating func findFiles() throws(TensorBoardError) {
        files = try DirectoryEntries(directory).eventFiles.map { directory.appending($0) }
    }
}
