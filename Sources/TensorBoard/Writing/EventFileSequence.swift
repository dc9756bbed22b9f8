import EventCoding
import SystemPackage
import TFRecord

/// The event files that one writer makes in its run directory, one after the other; the last is being written.
///
/// A file is followed by another when it is large enough, or when somebody has deleted or replaced it.
struct EventFileSequence: ~Copyable {
    let directory: FilePath
    private let operations: FileOperations
    private let suffix: String
    /// Whether a new file must outlive a loss of power.
    private let isDurable: Bool
    /// The file that is being written.
    private(set) var file: EventFile
    /// The length of the current file when it had nothing but the records that every file begins with.
    private var headerByteCount: Int64

    /// Begins the first file.
    ///
    /// - Parameters:
    ///   - directory: The run's directory, with what is there already.
    ///   - time: The time stamp of the first record.
    ///   - sessionStart: The step at which the session begins; `nil` if that is not known yet.
    ///   - options: The writer's options.
    ///   - operations: The system.
    /// - Throws: ``TensorBoardError/Code/cannotCreate``; no file is left behind then.
    init(
        _ directory: RunDirectory,
        time: Double,
        sessionStart: Int?,
        options: SummaryWriter.Options,
        operations: FileOperations
    ) throws(TensorBoardError) {
        self.directory = directory.location
        self.operations = operations
        suffix = options.filenameSuffix
        let name = Self.name(time, suffix, behind: directory.eventFiles)
        let path = directory.location.appending(name)
        do throws(Errno) {
            isDurable = options.durability == .storage
            file = try Self.begin(path, time, sessionStart: sessionStart, isDurable, operations)
            headerByteCount = file.length
        } catch {
            throw TensorBoardError(
                .cannotCreate,
                "the event file could not be begun; make room on the disk, or choose a directory that you may write to",
                path: path,
                errno: error
            )
        }
    }

    /// Begins the next file, and makes the directory again if it is gone.
    ///
    /// The file has no session start: that would void what the session has written before.
    ///
    /// - Parameter time: The time stamp of the first record.
    /// - Throws: What the system says; the file that was being written stays the one then.
    mutating func beginNext(time: Double) throws(Errno) {
        do throws(TensorBoardError) {
            _ = try RunDirectory.makeDirectories(directory)
        } catch {
            throw error.errno ?? .ioError
        }
        let current = file.path.lastComponent.map { [$0.string] } ?? []
        let path = directory.appending(Self.name(time, suffix, behind: current))
        let next = try Self.begin(path, time, sessionStart: nil, isDurable, operations)
        // What could not be kept of the file before was said when it was written.
        _ = file.close()
        file = next
        headerByteCount = file.length
    }

    /// Whether the current file has more than the records that every file begins with.
    var hasEvents: Bool { file.length > headerByteCount }

    private static func name(_ time: Double, _ suffix: String, behind names: [String]) -> String {
        var name = EventFileName(time: time, suffix: suffix)
        name.sort(behind: names)
        return name.text
    }

    /// Makes a file with the records that every file begins with.
    private static func begin(
        _ path: FilePath,
        _ time: Double,
        sessionStart: Int?,
        _ isDurable: Bool,
        _ operations: FileOperations
    ) throws(Errno) -> EventFile {
        var encoder = EventEncoder()
        var records = RecordBuffer()
        func append(_ event: Event) {
            records.append(byteCount: encoder.prepare(event)) { encoder.pack(into: $0) }
        }
        append(Event(wallTime: time, what: .fileVersion(Event.currentFileVersion)))
        // The Python loader heeds a later start only if the run has one before it.
        if let sessionStart { append(Event(wallTime: time, step: sessionStart, what: .sessionStart)) }

        var file = try EventFile(path, operations: operations)
        let count = records.recordCount
        var problem = records.withUnsafeBytes { file.write($0, count: count, synchronizes: isDurable).problem }
        if problem == nil, isDurable {
            // A file is not safe before its name is. Directories that were made for it are the system's business.
            problem = operations.synchronizeDirectory(path.removingLastComponent())
        }
        guard let problem else { return file }
        file.remove()
        throw problem
    }
}

extension EventFileSequence {
    /// Writes records to the current file; see ``EventFile/write(_:count:synchronizes:)``.
    mutating func write(
        _ records: UnsafeRawBufferPointer,
        count: Int,
        synchronizes: Bool
    ) -> EventFile.Outcome {
        file.write(records, count: count, synchronizes: synchronizes)
    }

    /// Closes the current file; see ``EventFile/close()``.
    mutating func close() -> Errno? { file.close() }

    /// Closes and deletes the current file.
    mutating func remove() { file.remove() }
}
