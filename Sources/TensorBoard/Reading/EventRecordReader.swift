import EventCoding
import SystemPackage
import TFRecord

/// Reads the records of an event file and looks at their outermost fields.
struct EventRecordReader: ~Copyable {
    /// A record, valid until the reader is used again.
    struct Record {
        fileprivate let frame: RecordDecoder<File>.Frame
        /// The event, of which only the outermost fields were looked at.
        let event: PackedEvent

        /// Where the record begins in the file.
        var offset: Int { frame.offset }
        /// The packed event.
        var payload: UnsafeRawBufferPointer { frame.payload }
        /// Whether the payload's checksum is right, which may not have been asked before.
        var isIntact: Bool { frame.isIntact }
        /// The size of the record, its frame included.
        var byteCount: Int { frame.payload.count + RecordFraming.overhead }
    }

    let path: FilePath
    private let checksums: ReadingOptions.Checksums
    private var decoder: RecordDecoder<File>

    /// Opens an event file.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - options: How to read it; the filter is left to the caller.
    ///   - offset: Where to begin, at a record.
    /// - Throws: ``TensorBoardError/Code/cannotRead``.
    init(_ path: FilePath, options: ReadingOptions, from offset: Int = 0) throws(TensorBoardError) {
        self.path = path
        checksums = options.checksums
        var recordOptions = TFRecordReader.Options()
        // TensorBoard reads none that are compressed.
        recordOptions.compression = .none
        recordOptions.checksums = options.checksums == .verifyAll ? .verify : .skip
        recordOptions.maximumPayloadByteCount = options.maximumEventByteCount
        do throws(Errno) {
            let file = try File(reading: path, from: offset)
            decoder = RecordDecoder(file, path: path, options: recordOptions, offset: offset)
        } catch {
            throw .opening(path, error)
        }
    }

    /// Where the next record begins.
    var offset: Int { decoder.offset }
    /// Whether the last call found a record that is not complete.
    var isTruncated: Bool { decoder.isTruncated }
    /// The number of bytes there are of that record.
    var truncatedByteCount: Int { decoder.truncatedByteCount }

    /// Reads a record.
    ///
    /// - Returns: The record, or `nil` at the end of the file as it is now.
    /// - Throws: ``TensorBoardError``; see ``EventFileReader/next()``.
    mutating func next() throws(TensorBoardError) -> Record? {
        let frame: RecordDecoder<File>.Frame
        do throws(TFRecordError) {
            guard let next = try decoder.next() else { return nil }
            frame = next
        } catch {
            throw .reading(error, path)
        }
        guard let event = PackedEvent(frame.payload) else { throw fault(frame) }
        return Record(frame: frame, event: event)
    }

    /// The error for a record whose inner parts turned out to be malformed.
    func fault(_ record: Record) -> TensorBoardError { fault(record.frame) }

    private func fault(_ frame: RecordDecoder<File>.Frame) -> TensorBoardError {
        checksums == .verifyOnFailure && !frame.isIntact
            ? .damagedPayload(path, offset: frame.offset) : .notAnEvent(path, offset: frame.offset)
    }

    /// Goes on at the next place that looks like a record; see ``EventFileReader/skipDamage()``.
    mutating func skipDamage() throws(TensorBoardError) -> Int? {
        do throws(TFRecordError) {
            return try decoder.skipDamage()
        } catch {
            throw .reading(error, path)
        }
    }
}
