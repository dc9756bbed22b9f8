import EventCoding
import SystemPackage

/// Reads every record of a file that can still be read, and tells what lies between.
struct SalvagingReader: ~Copyable {
    /// A record, or what stands in the place of one.
    enum Item {
        /// A record whose checksums are right and whose outermost fields can be read.
        case record(EventRecordReader.Record)
        /// Bytes that are no such record.
        case damage(Damage)
    }

    /// Bytes that are no whole record.
    struct Damage {
        /// What is wrong.
        let kind: LogFault.Kind
        /// Where they begin.
        let offset: Int
        /// How many they are.
        let byteCount: Int
        /// Whether nothing behind them can be read.
        let isLast: Bool

        /// What is wrong, in a sentence.
        var message: String {
            let problem =
                switch kind {
                case .truncated: "the file ends within a record"
                case .damagedLength: "the length of a record is damaged"
                case .tooLarge: "a record says that it is larger than protobuf allows"
                case .wrongChecksum: "the checksum of a record is wrong, though it looks like an event"
                case .notAnEvent: "a record is not an event, though its checksum is right"
                default: "a record is damaged"
                }
            let extent = isLast ? "the last \(byteCount) bytes cannot be read" : "\(byteCount) bytes cannot be read"
            return "\(problem); \(extent)"
        }
    }

    private let path: FilePath
    private var records: EventRecordReader
    private var isAtEnd = false

    /// Opens an event file.
    ///
    /// - Parameter path: The file.
    /// - Throws: ``TensorBoardError/Code/cannotRead``.
    init(_ path: FilePath) throws(TensorBoardError) {
        var options = ReadingOptions()
        // Whether a damaged payload is still an event decides what the loaders do.
        options.checksums = .verifyOnFailure
        self.path = path
        records = try EventRecordReader(path, options: options)
    }

    /// How far the file has been read, in bytes.
    var offset: Int { isAtEnd ? fileByteCount : records.offset }

    /// Reads a record, or finds out how far the damage reaches.
    ///
    /// - Returns: Either; `nil` at the end.
    /// - Throws: ``TensorBoardError/Code/cannotRead``.
    mutating func next() throws(TensorBoardError) -> Item? {
        guard !isAtEnd else { return nil }
        let start = records.offset
        do throws(TensorBoardError) {
            guard let record = try records.next() else {
                guard records.isTruncated else { return nil }
                return try damage(.truncated, from: start)
            }
            if record.isIntact { return .record(record) }
            return try damage(.wrongChecksum, from: start, claimed: record.byteCount)
        } catch {
            switch error.code {
            case .damagedLength: return try damage(.damagedLength, from: start)
            case .damagedPayload: return try damage(.damagedPayload, from: start)
            case .recordTooLarge: return try damage(.tooLarge, from: start)
            case .notAnEvent:
                let byteCount = records.offset - start
                return .damage(Damage(kind: .notAnEvent, offset: start, byteCount: byteCount, isLast: false))
            default: throw error
            }
        }
    }

    /// Looks for the next record from the beginning of the damaged one: where a writer died within a record and another
    /// went on in the file, its bytes are those of others.
    private mutating func damage(
        _ kind: LogFault.Kind,
        from start: Int,
        claimed: Int = 0
    ) throws(TensorBoardError) -> Item {
        let byteCount = try records.skipDamage()
        isAtEnd = byteCount == nil
        // A loader that took a record for whole whose end is another's would not find the next one.
        let isTorn = byteCount.map { $0 < claimed } ?? false
        return .damage(
            Damage(
                kind: isTorn ? .damagedPayload : kind,
                offset: start,
                byteCount: byteCount ?? fileByteCount - start,
                isLast: isAtEnd
            )
        )
    }

    private var fileByteCount: Int { max(LoggedRun.byteCount(of: path), records.offset) }
}
