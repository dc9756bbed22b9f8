package import EventCoding
package import SystemPackage
import TFRecord

/// Reads the records of an event file and looks at their outermost fields.
package struct EventRecordReader: ~Copyable {
    /// When the checksums of payloads are verified; those of lengths always are.
    package enum Checksums: Sendable {
        /// Each time.
        case verifyAll
        /// When a payload is not an event, to tell why.
        case verifyOnFailure
        /// Never.
        case skip
    }

    /// A record, valid until the reader is used again.
    package struct Record {
        fileprivate let frame: RecordDecoder<File>.Frame
        /// The event, of which only the outermost fields were looked at.
        package let event: PackedEvent

        /// Where the record begins in the file.
        package var offset: Int { frame.offset }
        /// The packed event.
        package var payload: UnsafeRawBufferPointer { frame.payload }
        /// Whether the payload's checksum is right, which may not have been asked before.
        package var isIntact: Bool { frame.isIntact }
        /// Where a part of the event begins in the file.
        ///
        /// - Parameter part: Bytes within the payload.
        /// - Returns: The offset in the file.
        package func contentOffset(_ part: UnsafeRawBufferPointer) -> Int {
            guard let start = payload.baseAddress, let place = part.baseAddress else { return offset }
            return offset + RecordFraming.headerByteCount + (place - start)
        }

        /// The size of the record, its frame included.
        package var byteCount: Int { frame.payload.count + RecordFraming.overhead }
    }

    package let path: FilePath
    private let checksums: Checksums
    private let maximumByteCount: Int
    private var decoder: RecordDecoder<File>
    /// Where a tail of zeros begins, the incomplete record before them included; `nil` if there is none.
    private var tornOffset: Int?
    /// The error for a file of another form, once its beginning was looked at.
    private var form: TensorBoardError??

    /// The most bytes that a protobuf message may have.
    package static let largestEventByteCount = Int(Int32.max)

    /// Opens an event file.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - checksums: When to verify the checksums of payloads.
    ///   - maximumByteCount: The largest event that is read, in bytes.
    ///   - offset: Where to begin, at a record.
    /// - Throws: ``TensorBoardError/Code/cannotRead``.
    package init(
        _ path: FilePath,
        checksums: Checksums = .verifyAll,
        maximumByteCount: Int = largestEventByteCount,
        from offset: Int = 0
    ) throws(TensorBoardError) {
        self.path = path
        self.checksums = checksums
        self.maximumByteCount = maximumByteCount
        decoder = try Self.open(path, checksums, maximumByteCount, from: offset)
    }

    private static func open(
        _ path: FilePath,
        _ checksums: Checksums,
        _ maximumByteCount: Int,
        from offset: Int
    ) throws(TensorBoardError) -> RecordDecoder<File> {
        var recordOptions = TFRecordReader.Options()
        // TensorBoard reads none that are compressed.
        recordOptions.compression = .none
        recordOptions.checksums = checksums == .verifyAll ? .verify : .skip
        recordOptions.maximumPayloadByteCount = maximumByteCount
        do throws(Errno) {
            let file = try File(reading: path, from: offset)
            return RecordDecoder(file, path: path, options: recordOptions, offset: offset)
        } catch {
            throw .opening(path, error)
        }
    }

    /// Whether a file begins with the header of a record, its checksum being right.
    ///
    /// - Throws: What the system says where the file cannot be opened.
    static func beginsWithRecord(_ path: FilePath) throws(Errno) -> Bool {
        var file = try File(reading: path)
        let byteCount = RecordFraming.headerByteCount
        return withUnsafeTemporaryAllocation(byteCount: byteCount, alignment: 8) { header in
            var count = 0
            while count < byteCount {
                let rest = UnsafeMutableRawBufferPointer(rebasing: header[count...])
                guard let read = try? file.read(into: rest), read > 0 else { return false }
                count += read
            }
            return RecordFraming.payloadByteCount(inHeader: UnsafeRawBufferPointer(header)) != nil
        }
    }

    /// The checksum at the end of a record, by which a file can be told from another in its place.
    ///
    /// - Parameters:
    ///   - offset: Where the record ends.
    ///   - path: The file.
    /// - Returns: The bytes; `nil` if they cannot be read.
    package static func checksum(before offset: Int, in path: FilePath) -> UInt32? {
        let byteCount = MemoryLayout<UInt32>.size
        guard offset >= byteCount, var file = try? File(reading: path, from: offset - byteCount) else { return nil }
        return withUnsafeTemporaryAllocation(byteCount: byteCount, alignment: byteCount) { bytes in
            guard let read = try? file.read(into: bytes), read == byteCount else { return nil }
            return bytes.load(as: UInt32.self)
        }
    }

    /// Where the next record begins.
    package var offset: Int { tornOffset ?? decoder.offset }
    /// Whether the last call found a record that is not complete, or nothing but zeros up to the end of the file.
    package var isTruncated: Bool { endsInZeros || decoder.isTruncated }
    /// Whether the last call found that the file ends in zeros, which a power loss leaves of bytes that were not saved.
    package var endsInZeros: Bool { tornOffset != nil }
    /// The number of bytes there are of that record.
    package var truncatedByteCount: Int {
        tornOffset.map { max(0, (FileStatus(path)?.byteCount ?? 0) - $0) } ?? decoder.truncatedByteCount
    }

    /// Reads a record.
    ///
    /// - Returns: The record, or `nil` at the end of the file as it is now.
    /// - Throws: ``TensorBoardError``; see ``EventFileReader/next()``.
    package mutating func next() throws(TensorBoardError) -> Record? {
        if let tornOffset {
            // A writer may have filled the zeros since.
            decoder = try Self.open(path, checksums, maximumByteCount, from: tornOffset)
            self.tornOffset = nil
        }
        let next: RecordDecoder<File>.Frame?
        do throws(TFRecordError) {
            next = try decoder.next()
        } catch {
            if error.code == .corruptLength, error.offset == 0, let form = otherForm() { throw form }
            if observeTornEnd(error) { return nil }
            throw .reading(error, path)
        }
        guard let frame = next else {
            // Too short for a record, and not the first bytes of a length, most of which are zero.
            if decoder.offset == 0, decoder.truncatedByteCount >= 4, let form = otherForm() { throw form }
            return nil
        }
        if frame.hasZeroChecksum, !frame.isIntact, FileForm.isZero(path, from: decoder.offset) {
            tornOffset = frame.offset
            return nil
        }
        guard let event = PackedEvent(frame.payload) else { throw fault(frame) }
        return Record(frame: frame, event: event)
    }

    /// Passes the next records that are at hand and scalars of the common form, as long as they are wanted.
    ///
    /// All others are left to ``next()``.
    ///
    /// - Parameter body: Takes a scalar, whose checksum is verified as the reader's others are; returns `false` to leave
    ///   it to ``next()``.
    package mutating func readScalars(while body: (PackedScalar) -> Bool) {
        guard tornOffset == nil else { return }
        let verifies = checksums == .verifyAll
        decoder.readBuffered { frame in
            guard let scalar = PackedScalar(frame.payload), !frame.hasZeroChecksum, !verifies || frame.isIntact else {
                return false
            }
            return body(scalar)
        }
    }

    /// Observes that a record which cannot be read is the end of what was saved, followed by zeros only.
    private mutating func observeTornEnd(_ error: TFRecordError) -> Bool {
        guard let offset = error.offset else { return false }
        let start: Int
        switch error.code {
        // The header may be torn itself.
        case .corruptLength: start = offset + RecordFraming.headerByteCount - 1
        case .corruptPayload: start = decoder.offset - RecordFraming.footerByteCount
        default: return false
        }
        guard FileForm.isZero(path, from: start) else { return false }
        tornOffset = offset
        return true
    }

    /// The error for a file that is something else than an event file; `nil` if it may be a damaged one.
    private mutating func otherForm() -> TensorBoardError? {
        if let form { return form }
        let found = findForm().map { TensorBoardError(.foreignFile, "the file is \($0.description)", path: path) }
        form = .some(found)
        return found
    }

    private func findForm() -> FileForm? {
        guard let form = FileForm(beginning: FileForm.beginning(of: path)) else { return nil }
        guard form.isGuess else { return form }
        // An event file whose beginning was overwritten holds records further on.
        guard var search = try? Self.open(path, .skip, maximumByteCount, from: 0) else { return nil }
        do throws(TFRecordError) {
            return try search.skipDamage() == nil ? form : nil
        } catch {
            return nil
        }
    }

    /// The error for a record whose inner parts turned out to be malformed.
    package func fault(_ record: Record) -> TensorBoardError { fault(record.frame) }

    private func fault(_ frame: RecordDecoder<File>.Frame) -> TensorBoardError {
        checksums == .verifyOnFailure && !frame.isIntact
            ? .damagedPayload(path, offset: frame.offset) : .notAnEvent(path, offset: frame.offset)
    }

    /// Goes on at the next place that looks like a record; see ``EventFileReader/skipDamage()``.
    package mutating func skipDamage() throws(TensorBoardError) -> Int? {
        do throws(TFRecordError) {
            return try decoder.skipDamage()
        } catch {
            throw .reading(error, path)
        }
    }
}
