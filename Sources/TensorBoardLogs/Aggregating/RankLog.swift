import EventCoding
import EventFiles
import Summaries
import SystemPackage

/// The scalars in the directory of one rank, read twice: once ahead, to learn what a restart will purge, and once for the
/// values.
///
/// No file is open between two calls: a program may have fewer files open than a job has ranks.
final class RankLog {
    /// A value as it stands in a file.
    struct Point {
        let series: Int
        let step: Int
        let wallTime: Double
        let value: Double
        /// How often the job was started again before it wrote the file.
        let attempt: Int
    }

    /// How far a file was read.
    private struct Progress {
        /// Where the next record begins, in bytes.
        var offset = 0
        /// The number of records before that, those that cannot be read included.
        var recordCount = 0
    }

    private struct File {
        let path: FilePath
        let attempt: Int
        var identity: FileStatus.Identity?
        var ahead = Progress()
        /// Whether nothing behind that can be read.
        var isDamaged = false
    }

    /// What is known of a tag by its first value.
    private enum Tag {
        case unknown(String)
        /// A scalar, with the metadata that later values may lack.
        case scalar(series: Int, SummaryMetadata?)
        case other
    }

    let rank: Int
    /// The number of its values that wait for other ranks.
    var waitingCount = 0
    private let directory: FilePath
    private let options: ReadingOptions
    private var files: [File] = []
    private var index = TagIndex()
    private var tags: [Tag] = []
    private var decoder = EventDecoder()
    private var isMissing = false
    /// The file that the second reading has come to, and how far.
    private var fileNumber = 0
    private var progress = Progress()

    init(rank: Int, directory: FilePath, options: ReadingOptions) {
        self.rank = rank
        self.directory = directory
        self.options = options
    }

    /// Whether everything that was seen ahead was read.
    var isAtEnd: Bool {
        fileNumber >= files.count
            || fileNumber == files.count - 1 && progress.recordCount == files[fileNumber].ahead.recordCount
    }

    /// Begins the second reading again.
    func rewind() { (fileNumber, progress, waitingCount) = (0, Progress(), 0) }

    /// Reads ahead to the end of what is there now.
    ///
    /// - Parameters:
    ///   - seriesOf: Returns the number of the series for a tag that is seen first; `nil` to leave its values out.
    ///   - onFault: Receives what cannot be read, each fault once.
    ///   - body: Receives the values.
    /// - Returns: `false` if a file was replaced or cut off, so that all must be read anew.
    func readAhead(
        seriesOf: (String) -> Int?,
        onFault: (TensorBoardError) -> Void,
        _ body: (Point) -> Void
    ) -> Bool {
        do throws(TensorBoardError) {
            try findFiles()
            isMissing = false
        } catch {
            if !isMissing { onFault(error) }
            isMissing = true
        }
        for number in files.indices where !files[number].isDamaged {
            let file = files[number]
            // A file that is gone keeps the values that were read.
            guard let status = FileStatus(file.path) else { continue }
            if file.identity == nil { files[number].identity = status.identity }
            guard files[number].identity == status.identity, status.byteCount >= file.ahead.offset else {
                return false
            }
            guard status.byteCount > file.ahead.offset else { continue }
            do throws(TensorBoardError) {
                var records = try EventRecordReader(file.path, options, from: file.ahead.offset)
                try read(&records, to: .max, &files[number].ahead, file.attempt, seriesOf, onFault, body)
            } catch {
                files[number].isDamaged = ![.tooManyOpenFiles, .tooManyOpenFilesInSystem].contains(error.errno)
                onFault(error)
            }
        }
        return true
    }

    private func findFiles() throws(TensorBoardError) {
        let known = Set(files.map(\.path))
        for name in try DirectoryEntries(directory).eventFiles where !known.contains(directory.appending(name)) {
            files.append(File(path: directory.appending(name), attempt: EventFileName.attempt(of: name.string)))
        }
    }

    /// Reads some of what was seen ahead.
    ///
    /// - Parameters:
    ///   - limit: The most records to read.
    ///   - body: Receives the values.
    func read(limit: Int, _ body: (Point) -> Void) {
        while fileNumber < files.count {
            let file = files[fileNumber]
            let rest = file.ahead.recordCount - progress.recordCount
            guard rest > 0 else {
                // The last file may grow.
                if fileNumber == files.count - 1 { return }
                (fileNumber, progress) = (fileNumber + 1, Progress())
                continue
            }
            let end = progress.recordCount + min(limit, rest)
            do throws(TensorBoardError) {
                var records = try EventRecordReader(file.path, options, from: progress.offset)
                try read(&records, to: end, &progress, file.attempt, { _ in nil }, { _ in }, body)
            } catch {
                // Reported when the file was read ahead.
            }
            // A file that is gone, or was cut off since, has no more.
            if progress.recordCount < end { progress.recordCount = file.ahead.recordCount }
            return
        }
    }
}

// MARK: - Records

extension RankLog {
    /// Reads records up to a number of them, or the end of the file.
    private func read(
        _ records: inout EventRecordReader,
        to end: Int,
        _ progress: inout Progress,
        _ attempt: Int,
        _ seriesOf: (String) -> Int?,
        _ onFault: (TensorBoardError) -> Void,
        _ body: (Point) -> Void
    ) throws(TensorBoardError) {
        var count = progress.recordCount
        defer { progress = Progress(offset: records.offset, recordCount: count) }
        while count < end {
            records.readScalars { scalar in
                guard count < end, visit(scalar, attempt, body) else { return false }
                count += 1
                return true
            }
            guard count < end else { return }
            do throws(TensorBoardError) {
                guard let record = try records.next() else { return }
                do throws(MalformedMessage) {
                    try visit(record.event, attempt, seriesOf, body)
                } catch {
                    throw records.fault(record)
                }
            } catch  where error.canReadOn {
                onFault(error)
            }
            count += 1
        }
    }

    /// Takes a scalar of the common form; returns `false` if the kind of its tag is not known yet.
    private func visit(_ scalar: PackedScalar, _ attempt: Int, _ body: (Point) -> Void) -> Bool {
        guard options.filter.steps.contains(scalar.step) else { return true }
        switch tags[number(of: scalar.tag)] {
        case .unknown: return false
        case .other: return true
        case .scalar(let series, _):
            body(
                Point(
                    series: series,
                    step: scalar.step,
                    wallTime: scalar.wallTime,
                    value: Double(scalar.scalar),
                    attempt: attempt
                )
            )
            return true
        }
    }

    private func visit(
        _ event: PackedEvent,
        _ attempt: Int,
        _ seriesOf: (String) -> Int?,
        _ body: (Point) -> Void
    ) throws(MalformedMessage) {
        guard event.kind == .summary, options.filter.steps.contains(event.step) else { return }
        try PackedValue.forEach(in: event.content) { value throws(MalformedMessage) in
            let number = number(of: value.tag)
            if case .unknown(let name) = tags[number] { tags[number] = try kind(of: value, name, seriesOf) }
            guard case .scalar(let series, let metadata) = tags[number] else { return }
            var scalar = Double(value.scalar)
            if value.form != .scalar {
                let logged = try decoder.decodeAlone(value, tag: "", metadata: metadata)
                guard case .scalar(let decoded) = logged.content else { return }
                scalar = decoded
            }
            body(Point(series: series, step: event.step, wallTime: event.wallTime, value: scalar, attempt: attempt))
        }
    }

    /// The tag's number in this log.
    private func number(of bytes: UnsafeRawBufferPointer) -> Int {
        index.index(of: bytes) { tags.append(.unknown($0)) }
    }

    /// What a tag is whose first value this is.
    private func kind(
        of value: PackedValue,
        _ name: String,
        _ seriesOf: (String) -> Int?
    ) throws(MalformedMessage) -> Tag {
        var metadata: SummaryMetadata?
        if value.form != .scalar {
            let logged = try decoder.decodeAlone(value, tag: name, metadata: nil)
            guard logged.kind == .scalar else { return .other }
            metadata = logged.metadata
        }
        return seriesOf(name).map { .scalar(series: $0, metadata) } ?? .other
    }
}
