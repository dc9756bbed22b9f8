import EventCoding
import EventFiles
import SystemPackage

/// Reads every record of a file that can still be read, and reports the damage between them.
struct RecoveringReader: ~Copyable {
    /// A record, or damage instead of one.
    enum Item {
        /// A record whose checksums are right and whose outermost fields can be read.
        case record(EventRecordReader.Record)
        /// Bytes that are not such a record.
        case damage(Damage)
    }

    /// A range of bytes that are not a whole record.
    struct Damage {
        /// The kind of the fault.
        let kind: LogFault.Kind
        /// The offset of the first byte.
        let offset: Int
        /// The number of bytes.
        let byteCount: Int
        /// Whether nothing that follows can be read.
        let isLast: Bool
        /// Whether the file ends in zeros.
        var isZero = false

        /// What is wrong, in a sentence without its end.
        var message: String {
            let problem =
                switch kind {
                case .truncated where isZero: "the file ends in zeros, as after a loss of power"
                case .truncated: "the file ends within a record"
                case .damagedLength: "the length of a record is damaged"
                case .tooLarge: "a record claims to be larger than protobuf allows"
                case .wrongChecksum: "the checksum of a record is wrong, though the payload looks like an event"
                case .notAnEvent: "a record is not an event, though its checksum is right"
                default: "a record is damaged"
                }
            let extent = isLast ? "the last \(byteCount.counted("byte"))" : byteCount.counted("byte")
            return "\(problem); \(extent) cannot be read"
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
        self.path = path
        // Whether a damaged payload is still an event decides what the loaders do.
        records = try EventRecordReader(path, checksums: .verifyOnFailure)
    }

    /// How far the file has been read, in bytes.
    var offset: Int { isAtEnd ? fileByteCount : records.offset }

    /// Reads a record, or determines the extent of the damage.
    ///
    /// - Returns: The record or the damage; `nil` at the end of the file.
    /// - Throws: ``TensorBoardError/Code/cannotRead``.
    mutating func next() throws(TensorBoardError) -> Item? {
        guard !isAtEnd else { return nil }
        let start = records.offset
        do throws(TensorBoardError) {
            guard let record = try records.next() else {
                guard records.isTruncated else { return nil }
                if records.endsInZeros {
                    isAtEnd = true
                    let byteCount = fileByteCount - start
                    return .damage(
                        Damage(kind: .truncated, offset: start, byteCount: byteCount, isLast: true, isZero: true)
                    )
                }
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

    /// Searches for the next record from the beginning of the damaged one: where a writer was killed within a record and
    /// another continued the file, later records are within its claimed extent.
    private mutating func damage(
        _ kind: LogFault.Kind,
        from start: Int,
        claimed: Int = 0
    ) throws(TensorBoardError) -> Item {
        let byteCount = try records.skipDamage()
        isAtEnd = byteCount == nil
        // A loader that reads such a record as whole does not find the next one.
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
