import EventCoding
import EventFiles
public import SystemPackage
public import TFRecord

/// A copy of a damaged event file without the damage.
///
/// ```swift
/// let repaired = try RepairedFile(of: "logs/run1/events.out.tfevents.1700000000.host.1.0000")
/// for fault in repaired.faults { print(fault) }
/// try repaired.replaceOriginal()
/// ```
///
/// The copy is beside the damaged file, under a name that TensorBoard does not read: otherwise each point would be there
/// twice. ``replaceOriginal()`` exchanges the two.
public struct RepairedFile: Sendable, Hashable {
    /// The damaged file, which is never written to.
    public let original: FilePath
    /// The copy; `nil` if there was nothing to repair, or no event to keep.
    public let path: FilePath?
    /// The number of events in the copy, or in the original if there was nothing to repair.
    public let eventCount: Int
    /// The faults that were repaired.
    ///
    /// Damaged records, and those that are not events or whose texts are not UTF-8, are left out. A time that is not finite
    /// becomes that of the event before. The copy begins with a version, and has no other.
    public let faults: [LogFault]
    /// The number of bytes of the original that were read.
    private let byteCount: Int

    /// Copies every valid record of a file, as long as the file is now, into a new one beside it with the same permissions.
    ///
    /// - Parameters:
    ///   - original: The event file.
    ///   - progress: Receives the number of bytes that were read since the last call; a damaged file is read twice.
    /// - Throws: ``TensorBoardError/Code/cannotRead``, ``TensorBoardError/Code/cannotWrite``.
    public init(
        of original: some PathConvertible,
        progress: (_ byteCount: Int) -> Void = { _ in }
    ) throws(TensorBoardError) {
        let original = try original.usablePath()
        self.original = original
        byteCount = LoggedRun.byteCount(of: original)
        var examination = FileRepair(original, byteCount: byteCount)
        try examination.run(progress: progress) { _, _ in }
        faults = examination.faults
        eventCount = faults.isEmpty ? examination.eventCount : examination.copiedEventCount
        guard !faults.isEmpty, eventCount > 0 else {
            path = nil
            return
        }
        let path = EventFileName.freeSibling(of: original, "repaired")
        var file = try EventFileCopy(path, copying: original)
        var repair = FileRepair(original, byteCount: byteCount)
        repair.lastTime = examination.firstTime ?? 0
        // A version that damage put elsewhere, or that was joined to the file with another one, is not kept there.
        if !examination.beginsWithVersion { try file.appendVersion(wallTime: repair.lastTime) }
        var hasVersion = !examination.beginsWithVersion
        try repair.run(progress: progress) { kind, payload throws(TensorBoardError) in
            if kind == .fileVersion {
                guard !hasVersion else { return }
                hasVersion = true
            }
            try file.append(payload)
        }
        try file.complete()
        self.path = path
    }

    /// Gives the copy the name of the damaged file, which gets a name that TensorBoard does not read.
    ///
    /// A crash loses neither. A running TensorBoard may have to be restarted.
    ///
    /// - Returns: The new path of the damaged file; `nil` if there is no copy.
    /// - Throws: ``TensorBoardError/Code/concurrentWriters`` if a writer of this library is at work in the directory, or
    ///   another has appended to the file, ``TensorBoardError/Code/cannotWrite``.
    @discardableResult
    public func replaceOriginal() throws(TensorBoardError) -> FilePath? {
        guard let path else { return nil }
        let directory = original.removingLastComponent()
        let attempt = RunLock.take(directory.isEmpty ? "." : directory)
        guard attempt.allowsEditing, LoggedRun.byteCount(of: original) == byteCount else {
            let message = "a writer is at work in the run directory; end the writer, then repair again"
            throw TensorBoardError(.concurrentWriters, message, path: path)
        }
        let aside = EventFileName.freeSibling(of: original, "damaged")
        if let problem = FileOperations.system.exchange(original, aside: aside, path) {
            let message = "the repaired file could not replace the damaged one; exchange the two by hand"
            throw TensorBoardError(.cannotWrite, message, path: path, errno: problem)
        }
        withExtendedLifetime(attempt) {}
        return aside
    }
}

/// One pass over a damaged file, from valid record to valid record.
private struct FileRepair: ~Copyable {
    private let path: FilePath
    private let byteCount: Int
    private var decoder = EventDecoder()
    /// The faults that were repaired.
    private(set) var faults: [LogFault] = []
    /// The number of valid records.
    private(set) var eventCount = 0
    /// The number of versions among them.
    private var versionCount = 0
    /// The number of valid records that a copy has, in which no version follows another event.
    var copiedEventCount: Int { eventCount - versionCount + (beginsWithVersion ? 1 : 0) }
    /// Whether the first valid record is the version of the file.
    private(set) var beginsWithVersion = false
    /// The first time that is finite.
    private(set) var firstTime: Double?
    /// The time for an event whose own is not finite.
    var lastTime = 0.0

    /// - Parameters:
    ///   - path: The file.
    ///   - byteCount: How many bytes to read: a writer may append as fast as the file is read.
    init(_ path: FilePath, byteCount: Int) {
        self.path = path
        self.byteCount = byteCount
    }

    /// Calls `body` with each valid record.
    ///
    /// - Parameters:
    ///   - progress: Receives the number of bytes that were read since the last call.
    ///   - body: Receives the kind of an event and the packed event.
    /// - Throws: ``TensorBoardError/Code/cannotRead``, and what `body` throws.
    mutating func run(
        progress: (Int) -> Void,
        _ body: (PackedEvent.Kind, UnsafeRawBufferPointer) throws(TensorBoardError) -> Void
    ) throws(TensorBoardError) {
        var records = try RecoveringReader(path)
        var end = 0
        var followsDamage = false
        while records.offset < byteCount, let item = try records.next() {
            switch item {
            case .record(let record):
                try repair(record, body)
                followsDamage = false
            case .damage(let damage):
                faults.append(damage, in: path, followsDamage: followsDamage)
                followsDamage = true
            }
            progress(records.offset - end)
            end = records.offset
        }
    }

    private mutating func repair(
        _ record: EventRecordReader.Record,
        _ body: (PackedEvent.Kind, UnsafeRawBufferPointer) throws(TensorBoardError) -> Void
    ) throws(TensorBoardError) {
        let (offset, time) = (record.offset, record.event.wallTime)
        do throws(MalformedMessage) {
            if let event = try decoder.decode(record.event), event.hasInvalidText {
                return add(.invalidText, "a text is not UTF-8; the event is left out", offset: offset)
            }
        } catch {
            return add(.notAnEvent, "a record is not an event, though its checksum is right", offset: offset)
        }
        eventCount += 1
        let kind = record.event.kind
        if kind == .fileVersion { versionCount += 1 }
        if eventCount == 1 { beginsWithVersion = kind == .fileVersion }
        if time.isFinite {
            firstTime = firstTime ?? time
            lastTime = time
            return try body(kind, record.payload)
        }
        add(
            time.isNaN ? .timeNotANumber : .timeInfinite,
            "the time is not finite; replaced by that of the event before",
            offset: offset
        )
        try record.event.withWallTime(lastTime, record.payload) { payload throws(TensorBoardError) in
            try body(kind, payload)
        }
    }

    private mutating func add(_ kind: LogFault.Kind, _ message: String, offset: Int) {
        faults.append(LogFault(kind, message, file: path, offset: offset))
    }
}

extension RunLock.Attempt {
    /// Whether the files of the run may be replaced: no writer of this library is known to be at work.
    var allowsEditing: Bool {
        switch self {
        // A file system without locks must not keep anyone from repairing.
        case .taken, .unavailable: true
        case .heldByOther: false
        }
    }
}

extension LoggedRun {
    /// Repairs every damaged event file of the run.
    ///
    /// ```swift
    /// for file in try LoggedRun("logs/run1").repair(replacingOriginals: true) { print(file.original, file.eventCount) }
    /// ```
    ///
    /// - Parameters:
    ///   - replacesOriginals: Whether the copies get the names of the damaged files, which are kept under other names.
    ///   - progress: Receives the number of bytes that were read since the last call; a damaged file is read twice.
    /// - Returns: The outcome for each file, in the order of the files; one without faults was not damaged.
    /// - Throws: What ``RepairedFile/init(of:progress:)`` and ``RepairedFile/replaceOriginal()`` throw, at the first file
    ///   that cannot be repaired.
    @discardableResult
    public func repair(
        replacingOriginals replacesOriginals: Bool = false,
        progress: (_ byteCount: Int) -> Void = { _ in }
    ) throws(TensorBoardError) -> [RepairedFile] {
        var repaired: [RepairedFile] = []
        for file in files {
            let copy = try RepairedFile(of: file, progress: progress)
            if replacesOriginals { try copy.replaceOriginal() }
            repaired.append(copy)
        }
        return repaired
    }
}
