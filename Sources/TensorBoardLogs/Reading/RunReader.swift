public import EventCoding
import EventFiles
import Summaries
public import SystemPackage

/// Reads the events of a run, file by file.
///
/// ```swift
/// var reader = RunReader(try LoggedRun("logs/run1"))
/// while let event = try reader.next() { print(event.step, event.content) }
/// ```
///
/// At the end of the last file the reader looks for a later one. When there is none, ``next()`` returns `nil`, and
/// continues when called again after the run has grown. As in TensorBoard's Python loader, a file is finished once a later
/// one exists. When the last file is replaced by another of its name, or becomes shorter than what was read of it, the
/// file is read from its beginning. No file is open while the reader waits for more.
///
/// Values have the metadata of their tag's first value that has any.
public struct RunReader: ~Copyable {
    /// The run with the files found so far.
    public private(set) var run: LoggedRun

    /// Where reading stopped in a file that is not open, to continue once the file has changed.
    private struct Pause {
        /// The end of the last record.
        let offset: Int
        /// The number of bytes that were seen, those of an incomplete record included.
        let byteCount: Int
        /// The bytes before the offset.
        let checksum: UInt32?
    }

    private let options: ReadingOptions
    private let tags: TagFilter
    private var current: EventFileReader?
    private var currentIdentity: FileStatus.Identity?
    private var pause: Pause?
    private var nextIndex = 0
    private var isDamaged = false
    private var earlierByteCount = 0
    private var metadata: NameDictionary<SummaryMetadata> = [:]

    /// Begins at the first file of a run.
    ///
    /// - Parameters:
    ///   - run: The run.
    ///   - options: How to read the files, and which events.
    public init(_ run: LoggedRun, options: ReadingOptions = ReadingOptions()) {
        self.run = run
        self.options = options
        tags = TagFilter(options.filter)
    }

    /// The file of the last event or error; `nil` before the first.
    public var currentFile: FilePath? { nextIndex == 0 ? nil : run.files[nextIndex - 1] }

    /// The number of bytes of the run that were read so far, or skipped because of damage.
    public var readByteCount: Int { earlierByteCount + offset }

    /// The number of bytes of the current file that were read.
    private var offset: Int {
        switch current {
        case .some(let reader): reader.offset
        case .none: pause?.offset ?? 0
        }
    }

    /// Reads an event.
    ///
    /// - Returns: The next event that passes the filter, or `nil` at the end of the run as it is now.
    /// - Throws: ``TensorBoardError`` with file and offset. The next call continues: with the next record where that is
    ///   possible, otherwise with the next file.
    public mutating func next() throws(TensorBoardError) -> LoggedEvent? {
        while true {
            if let event = try nextInFile() { return completed(event) }
            if nextIndex == run.files.count {
                closeForNow()
                if try reopenIfReplaced() { continue }
                try findLaterFiles()
                guard nextIndex < run.files.count else { return nil }
                // The file may have grown before the later one was created.
                if let event = try nextInFile() { return completed(event) }
            }
            nextIndex += 1
            earlierByteCount = readByteCount
            do throws(TensorBoardError) {
                try open(run.files[nextIndex - 1])
            } catch {
                // The next call tries again: nothing is wrong with the file.
                if [.tooManyOpenFiles, .tooManyOpenFilesInSystem].contains(error.errno) { nextIndex -= 1 }
                throw error
            }
        }
    }

    private mutating func open(_ file: FilePath) throws(TensorBoardError) {
        isDamaged = false
        current = nil
        pause = nil
        currentIdentity = FileStatus(file)?.identity
        current = try EventFileReader(file, options, tags, from: 0)
    }

    /// Closes the current file: a program may follow more runs than it may have files open.
    private mutating func closeForNow() {
        let position: (offset: Int, byteCount: Int)
        switch current {
        case .some(let reader): position = (reader.offset, reader.offset + reader.truncatedByteCount)
        case .none: return
        }
        let checksum = currentFile.flatMap { EventRecordReader.checksum(before: position.offset, in: $0) }
        pause = Pause(offset: position.offset, byteCount: position.byteCount, checksum: checksum)
        current = nil
    }

    /// Opens the current file again where reading stopped, if it has changed since.
    private mutating func reopen() throws(TensorBoardError) {
        guard let pause, let file = currentFile, let status = FileStatus(file), status.identity == currentIdentity,
            status.byteCount > pause.byteCount
        else { return }
        // The system may give the identity of a deleted file to a new one.
        let isSame = EventRecordReader.checksum(before: pause.offset, in: file) == pause.checksum
        current = try EventFileReader(file, options, tags, from: isSame ? pause.offset : 0)
        self.pause = nil
    }

    /// Starts the last file again if it was replaced or cut off; returns whether it was.
    private mutating func reopenIfReplaced() throws(TensorBoardError) -> Bool {
        guard let file = currentFile, let status = FileStatus(file) else { return false }
        guard status.identity != currentIdentity || status.byteCount < offset else { return false }
        earlierByteCount = readByteCount
        try open(file)
        return true
    }

    private mutating func nextInFile() throws(TensorBoardError) -> LoggedEvent? {
        guard !isDamaged else { return nil }
        try reopen()
        do throws(TensorBoardError) {
            return try current?.next()
        } catch {
            isDamaged = !error.canReadOn
            throw error
        }
    }

    private mutating func findLaterFiles() throws(TensorBoardError) {
        var grown = run
        try grown.findFiles()
        guard let last = run.files.last else {
            run = grown
            return
        }
        let later = grown.files.filter { last.precedes($0) }
        run = LoggedRun(name: run.name, directory: run.directory, files: run.files + later)
    }

    /// The event with the metadata of each tag's first value.
    private mutating func completed(_ event: LoggedEvent) -> LoggedEvent {
        guard case .summary(var values) = event.content else { return event }
        var changes = false
        for index in values.indices {
            let value = values[index]
            if let first = metadata[value.tag] {
                guard value.metadata != first else { continue }
                values[index].metadata = first
                changes = true
            } else if let own = value.metadata {
                metadata[value.tag] = own
            }
        }
        guard changes else { return event }
        var event = event
        event.content = .summary(values)
        return event
    }
}
