import EventCoding
import EventFiles
import SystemPackage
import TFRecord

/// The event files that one writer makes in its run directory, one after the other; the last is being written.
///
/// A file is followed by another when it is large enough, or when it was deleted, moved or replaced.
struct EventFileSequence: ~Copyable {
    let directory: FilePath
    let operations: FileOperations
    private let options: SummaryWriter.Options
    /// How many files were begun, or tried to begin.
    private var fileCount = 0
    /// Directories that were made for the files, whose names may not be on the storage device yet.
    private var newDirectories: [FilePath]
    /// How many files were replaced in succession without anything being written in between.
    private var vainReplacementCount = 0
    /// The file that is being written.
    private(set) var file: EventFile
    /// The size of the records that the file begins with.
    private var headerByteCount: Int64

    /// A file that is displaced as soon as it is begun, as often as this in succession, is not: some file systems give a
    /// file another identity each time they are asked.
    private static let vainReplacementLimit = 5

    /// Begins the first file.
    ///
    /// - Parameters:
    ///   - run: The run's directory, with the event files that are there already.
    ///   - time: The time stamp of the first record.
    ///   - options: The writer's options.
    ///   - operations: The system.
    /// - Throws: ``TensorBoardError/Code/cannotCreate``; no file is left behind then.
    init(
        _ run: RunOpening,
        time: Double,
        options: SummaryWriter.Options,
        operations: FileOperations
    ) throws(TensorBoardError) {
        directory = run.directory.location
        self.operations = operations
        self.options = options
        newDirectories = run.directory.created
        let name = Self.name(time, &fileCount, options, behind: run.earlierFiles)
        let path = directory.appending(name)
        do throws(Errno) {
            file = try Self.begin(
                path,
                time,
                sessionStarts: run.session.startSteps,
                options,
                &newDirectories,
                operations
            )
        } catch {
            throw TensorBoardError(
                .cannotCreate,
                "the event file could not be begun; make room on the disk, or choose a directory that you may write to",
                path: path,
                errno: error
            )
        }
        headerByteCount = file.length
    }

    /// Whether the file was deleted, moved or replaced.
    var isDisplaced: Bool {
        vainReplacementCount <= Self.vainReplacementLimit && file.placement == .displaced
    }

    /// Whether another file is to be begun for one that is displaced; after some vain ones, the last is kept for good.
    mutating func mayReplace() -> Bool {
        if vainReplacementCount < Self.vainReplacementLimit { return true }
        vainReplacementCount = Self.vainReplacementLimit + 1
        return false
    }

    /// Counts a file that was begun for one that is displaced, but no attempt: a full disk is no unsteady file system.
    mutating func countReplacement() { vainReplacementCount += 1 }

    /// Begins the next file, and makes the directory again if it is gone.
    ///
    /// The file has no session start: for the Python loader that would purge what the session has written before.
    ///
    /// - Parameter time: The time stamp of the first record.
    /// - Throws: What the system says; the file that was being written stays the one then.
    mutating func beginNext(time: Double) throws(Errno) {
        do throws(TensorBoardError) {
            newDirectories += try RunDirectory.makeDirectories(directory)
        } catch {
            throw error.errno ?? .ioError
        }
        let current = file.path.lastComponent.map { [$0.string] } ?? []
        let path = directory.appending(Self.name(time, &fileCount, options, behind: current))
        let next = try Self.begin(path, time, sessionStarts: [], options, &newDirectories, operations)
        // What could not be kept of the file before was said when it was written.
        _ = file.close()
        file = next
        headerByteCount = file.length
    }

    /// What is in the file, if nothing is added any more.
    var sealed: SealedFile {
        SealedFile(path: file.path, byteCount: Int(file.length), holdsEvents: file.length > headerByteCount)
    }

    private static func name(
        _ time: Double,
        _ fileCount: inout Int,
        _ options: SummaryWriter.Options,
        behind names: [String]
    ) -> String {
        let suffix = options.filenameSuffix
        var name: EventFileName
        if let origin = options.filenameOrigin {
            name = EventFileName(time: time, origin: origin, counter: fileCount, suffix: suffix)
            // Also if the file cannot be made: the next name may be free.
            fileCount += 1
        } else {
            name = EventFileName(time: time, suffix: suffix)
        }
        name.sort(behind: names)
        return name.text
    }

    /// Makes a file with the records that every file begins with.
    private static func begin(
        _ path: FilePath,
        _ time: Double,
        sessionStarts: [Int],
        _ options: SummaryWriter.Options,
        _ newDirectories: inout [FilePath],
        _ operations: FileOperations
    ) throws(Errno) -> EventFile {
        var encoder = EventEncoder()
        var records = RecordBuffer()
        func append(_ event: Event) {
            records.append(byteCount: encoder.prepare(event)) { encoder.pack(into: $0) }
        }
        append(Event(wallTime: time, what: .fileVersion(Event.currentFileVersion)))
        // The Python loader applies a later start only if the run has one before it.
        for step in sessionStarts { append(Event(wallTime: time, step: step, what: .sessionStart)) }

        let isDurable = options.durability == .storage
        var file = try EventFile(path, operations: operations)
        let count = records.recordCount
        var problem = records.withUnsafeBytes { file.write($0, count: count, synchronizes: isDurable).problem }
        if isDurable {
            // A file is not safe before its name is, nor are the names of the directories that lead to it.
            for name in [path] + newDirectories.reversed() where problem == nil {
                problem = operations.synchronizeDirectory(name.removingLastComponent())
            }
        }
        guard let problem else {
            newDirectories = []
            return file
        }
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
        let outcome = file.write(
            records,
            count: count,
            synchronizes: synchronizes,
            verifiesEnd: vainReplacementCount <= Self.vainReplacementLimit
        )
        if outcome.bytes > 0, vainReplacementCount <= Self.vainReplacementLimit { vainReplacementCount = 0 }
        return outcome
    }

    /// Closes the current file; see ``EventFile/close()``.
    mutating func close() -> Errno? { file.close() }

    /// Closes and deletes the current file.
    mutating func remove() { file.remove() }
}
