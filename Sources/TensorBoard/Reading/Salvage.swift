import EventCoding
import SystemPackage

/// One way through a damaged file, from good record to good record.
struct Salvage: ~Copyable {
    private let path: FilePath
    private let byteCount: Int
    private var decoder = EventDecoder()
    /// What was left out or mended.
    private(set) var faults: [LogFault] = []
    /// The number of good records.
    private(set) var eventCount = 0
    /// Whether the file begins with bytes that are no good record.
    private(set) var hasLostBeginning = false
    /// The first time that is finite.
    private(set) var firstTime: Double?
    /// The time for an event whose own is not finite.
    var lastTime = 0.0

    /// - Parameters:
    ///   - path: The file.
    ///   - byteCount: How much of it is looked at: a writer may be at work, perhaps as fast as it is read.
    init(_ path: FilePath, byteCount: Int) {
        self.path = path
        self.byteCount = byteCount
    }

    /// Calls `body` with each good record.
    ///
    /// - Parameters:
    ///   - progress: Is given the number of bytes that were read since the last call.
    ///   - body: Takes a packed event.
    /// - Throws: ``TensorBoardError/Code/cannotRead``, what `body` throws.
    mutating func run(
        progress: (Int) -> Void,
        _ body: (UnsafeRawBufferPointer) throws(TensorBoardError) -> Void
    ) throws(TensorBoardError) {
        var records = try SalvagingReader(path)
        var end = 0
        var followsDamage = false
        while records.offset < byteCount, let item = try records.next() {
            switch item {
            case .record(let record):
                try take(record, body)
                followsDamage = false
            case .damage(let damage):
                faults.append(damage, in: path, followsDamage: followsDamage)
                followsDamage = true
            }
            if eventCount == 0 { hasLostBeginning = true }
            progress(records.offset - end)
            end = records.offset
        }
    }

    private mutating func take(
        _ record: EventRecordReader.Record,
        _ body: (UnsafeRawBufferPointer) throws(TensorBoardError) -> Void
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
        if time.isFinite {
            firstTime = firstTime ?? time
            lastTime = time
            return try body(record.payload)
        }
        add(
            time.isNaN ? .timeNotANumber : .timeInfinite,
            "the time is not finite; that of the event before stands for it",
            offset: offset
        )
        try record.event.withWallTime(lastTime, record.payload, body)
    }

    private mutating func add(_ kind: LogFault.Kind, _ message: String, offset: Int) {
        faults.append(LogFault(kind, message, file: path, offset: offset))
    }
}
