public import Summaries
public import SystemPackage

/// Reads the events of a run, file after file.
///
/// ```swift
/// var reader = RunReader(try LoggedRun("logs/run1"))
/// while let event = try reader.next() { print(event.step, event.content) }
/// ```
///
/// At the end of the last file it looks for a later one. When it finds none, ``next()`` returns `nil`, and goes on when
/// it is called again after the run has grown. As in TensorBoard's Python loader, a file is done with once a later one
/// was begun. When another file has got the name of the last, or the last has become shorter than what was read of it, it
/// is read from its beginning.
///
/// Values come with the metadata of the first value of their tag that has any; TensorBoard takes that of the first.
public struct RunReader: ~Copyable {
    /// The run; its files are those found so far.
    public private(set) var run: LoggedRun

    private let options: ReadingOptions
    private var current: EventFileReader?
    private var currentIdentity: FileStatus.Identity?
    private var nextIndex = 0
    private var isDamaged = false
    private var earlierByteCount = 0
    private var metadata: [String: SummaryMetadata] = [:]

    /// Begins at the first file of a run.
    ///
    /// - Parameters:
    ///   - run: The run.
    ///   - options: How to read, and what.
    public init(_ run: LoggedRun, options: ReadingOptions = ReadingOptions()) {
        self.run = run
        self.options = options
    }

    /// The file that the last event or error came from; `nil` before the first.
    public var currentFile: FilePath? { nextIndex == 0 ? nil : run.files[nextIndex - 1] }

    /// How many bytes of the run were read so far, or passed over behind damage.
    public var readByteCount: Int { earlierByteCount + offset }

    /// How far the file that is open was read.
    private var offset: Int {
        switch current {
        case .some(let reader): reader.offset
        case .none: 0
        }
    }

    /// Reads an event.
    ///
    /// - Returns: The next event that passes the filter, or `nil` at the end of the run as it is now.
    /// - Throws: ``TensorBoardError`` with file and offset. The next call goes on: behind the record where that can be,
    ///   else with the next file.
    public mutating func next() throws(TensorBoardError) -> LoggedEvent? {
        while true {
            if let event = try nextInFile() { return completed(event) }
            if nextIndex == run.files.count {
                if try reopenIfReplaced() { continue }
                try findLaterFiles()
                guard nextIndex < run.files.count else { return nil }
                // The file may have grown before the later one was begun.
                if let event = try nextInFile() { return completed(event) }
            }
            nextIndex += 1
            earlierByteCount = readByteCount
            try open(run.files[nextIndex - 1])
        }
    }

    private mutating func open(_ file: FilePath) throws(TensorBoardError) {
        isDamaged = false
        current = nil
        currentIdentity = FileStatus(file)?.identity
        current = try EventFileReader(file, options: options)
    }

    /// Begins the last file again if it is not the one that was read; says whether it did.
    private mutating func reopenIfReplaced() throws(TensorBoardError) -> Bool {
        guard let file = currentFile, let status = FileStatus(file) else { return false }
        guard status.identity != currentIdentity || status.byteCount < offset else { return false }
        earlierByteCount = readByteCount
        try open(file)
        return true
    }

    private mutating func nextInFile() throws(TensorBoardError) -> LoggedEvent? {
        guard !isDamaged else { return nil }
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
        let isLater = { (file: FilePath) in last.string.utf8.lexicographicallyPrecedes(file.string.utf8) }
        let later = grown.files.filter(isLater)
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
