import EventCoding
import EventFiles
public import SystemPackage
public import TFRecord

/// A run: a directory of event files, which TensorBoard shows together.
///
/// ```swift
/// let run = try LoggedRun("logs/xor_logs/run1")
/// let cost = try run.load().scalars["cost"]
/// ```
public struct LoggedRun: Sendable, Hashable {
    /// The name that TensorBoard shows: the path from the log directory to the run's, `.` for the log directory itself.
    public let name: String
    /// What to call the run where people read it: its name, or for the log directory itself the name of that directory.
    public var title: String { name == "." ? directory.lastComponent.map(RunName.text) ?? name : name }
    /// The path of the run's directory.
    public let directory: FilePath
    /// The event files in the order in which TensorBoard reads them.
    public private(set) var files: [FilePath]

    /// Creates a run whose files are known, without reading anything.
    ///
    /// - Parameters:
    ///   - name: The name to show.
    ///   - directory: The path of the run's directory.
    ///   - files: The event files in the order in which to read them.
    public init(name: String, directory: some PathConvertible, files: [some PathConvertible]) {
        self.name = name
        self.directory = directory.filePath
        self.files = files.map(\.filePath)
    }

    /// Finds the event files of a directory, but not those of directories in it, which are other runs.
    ///
    /// - Parameter directory: The directory; its name becomes that of the run.
    /// - Throws: ``TensorBoardError/Code/cannotRead``.
    public init(_ directory: some PathConvertible) throws(TensorBoardError) {
        self.directory = try directory.usablePath()
        name = self.directory.lastComponent.map(RunName.text) ?? "."
        files = []
        try findFiles()
    }

    /// Finds the event files that the directory holds now.
    ///
    /// - Throws: ``TensorBoardError/Code/cannotRead``.
    public mutating func findFiles() throws(TensorBoardError) {
        files = try DirectoryEntries(directory).eventFiles.map { directory.appending($0) }
    }
}

extension LoggedRun {
    /// Whether a writer of this library is at work in the run; other writers leave no trace of being at work.
    public var hasWriter: Bool { RunLock.isHeld(directory) }

    /// The size of the event files now, in bytes; a missing file counts as 0.
    public var byteCount: Int { files.reduce(0) { $0 + Self.byteCount(of: $1) } }

    /// The size of a file now, in bytes; 0 if there is none.
    static func byteCount(of file: FilePath) -> Int { FileStatus(file)?.byteCount ?? 0 }
}

/// Reports the progress of reading a file, once a MiB at most.
struct FileProgress {
    private static let bytesBetweenReports = 1 << 20

    private var reportedOffset = 0

    /// Reports the progress if enough was read since the last report.
    ///
    /// - Parameters:
    ///   - offset: The number of bytes that were read so far.
    ///   - progress: Receives the number of bytes since the last call.
    mutating func advance(to offset: Int, _ progress: (Int) -> Void) {
        if offset - reportedOffset >= Self.bytesBetweenReports { report(offset, progress) }
    }

    /// Reports the end of the file, including bytes that could not be read because of damage.
    mutating func finish(_ byteCount: Int, _ progress: (Int) -> Void) {
        if byteCount > reportedOffset { report(byteCount, progress) }
    }

    private mutating func report(_ offset: Int, _ progress: (Int) -> Void) {
        progress(offset - reportedOffset)
        reportedOffset = offset
    }
}

/// Handles the events of a run one by one, and the faults between them: what loading and inspecting have in common.
protocol EventVisitor: ~Copyable {
    /// Handles an event of which only the outermost fields are decoded.
    mutating func visit(_ event: PackedEvent) throws(MalformedMessage)
    /// Handles an event of one scalar in the common form; returns `false` to be given it as a ``PackedEvent`` instead.
    mutating func visit(_ scalar: PackedScalar) -> Bool
    /// Handles something that cannot be read.
    mutating func visit(_ fault: TensorBoardError)
    /// Handles a file whose last record is incomplete.
    mutating func visitIncompleteFile(_ file: FilePath)
}

extension EventVisitor where Self: ~Copyable {
    /// Visits every event of a file, and continues after faults where that is possible.
    ///
    /// - Parameters:
    ///   - file: The event file.
    ///   - options: How to read the file.
    ///   - progress: Receives the number of bytes since the last call.
    mutating func visitEvents(of file: FilePath, _ options: ReadingOptions, progress: (_ byteCount: Int) -> Void) {
        var fileProgress = FileProgress()
        do throws(TensorBoardError) {
            var records = try EventRecordReader(file, options)
            while try visitNext(&records) {
                records.readScalars { visit($0) }
                fileProgress.advance(to: records.offset, progress)
            }
            if records.isTruncated { visitIncompleteFile(file) }
        } catch {
            visit(error)
        }
        fileProgress.finish(LoggedRun.byteCount(of: file), progress)
    }

    /// Visits one event; returns `false` at the end of the file.
    private mutating func visitNext(_ records: inout EventRecordReader) throws(TensorBoardError) -> Bool {
        do throws(TensorBoardError) {
            guard let record = try records.next() else { return false }
            do throws(MalformedMessage) {
                try visit(record.event)
            } catch {
                throw records.fault(record)
            }
        } catch  where error.canReadOn {
            visit(error)
        }
        return true
    }
}
