import EventCoding
import SystemPackage
import TFRecord

/// An event file that is made of others' records, and is seen when it is complete.
struct NewEventFile: ~Copyable {
    private static let chunkByteCount = 1 << 20

    let path: FilePath
    private var file: ReplacementFile
    private var records: RecordBuffer

    /// Begins a file.
    ///
    /// - Parameters:
    ///   - path: A name that nothing has yet.
    ///   - original: The file whose records it gets, and whose permissions.
    /// - Throws: ``TensorBoardError/Code/runExists`` when there is such a file, ``TensorBoardError/Code/cannotWrite``.
    init(_ path: FilePath, copying original: FilePath) throws(TensorBoardError) {
        file = try Self.begin(path, copying: original)
        records = RecordBuffer()
        self.path = path
    }

    /// Adds a record.
    ///
    /// - Parameter payload: A packed event.
    /// - Throws: ``TensorBoardError/Code/cannotWrite``.
    mutating func append(_ payload: UnsafeRawBufferPointer) throws(TensorBoardError) {
        records.append(payload)
        if records.count >= Self.chunkByteCount { try writeRecords() }
    }

    /// Begins the file as TensorBoard wants it.
    ///
    /// - Parameter wallTime: The time of the first event.
    /// - Throws: ``TensorBoardError/Code/cannotWrite``.
    mutating func appendVersion(wallTime: Double) throws(TensorBoardError) {
        var encoder = EventEncoder()
        let byteCount = encoder.prepare(Event(wallTime: wallTime, what: .fileVersion(Event.currentFileVersion)))
        let payload = [UInt8](unsafeUninitializedCapacity: byteCount) { buffer, count in
            encoder.pack(into: UnsafeMutableRawBufferPointer(buffer))
            count = byteCount
        }
        try payload.span.bytes.withUnsafeBytes { bytes throws(TensorBoardError) in try append(bytes) }
    }

    /// Writes what is left, waits until it is on the storage device, and gives the file its name.
    ///
    /// - Throws: ``TensorBoardError/Code/cannotWrite``.
    mutating func complete() throws(TensorBoardError) {
        try writeRecords()
        do throws(Errno) {
            try file.complete(synchronizes: true)
        } catch {
            throw Self.failure(path, error)
        }
    }

    private mutating func writeRecords() throws(TensorBoardError) {
        do throws(Errno) {
            try file.append(records.withUnsafeBytes { Array($0) })
        } catch {
            throw Self.failure(path, error)
        }
        records.removeAll(keepingCapacity: true)
    }

    private static func begin(
        _ path: FilePath,
        copying original: FilePath
    ) throws(TensorBoardError) -> ReplacementFile {
        guard FileOperations.system.isFree(path) else {
            throw TensorBoardError(.runExists, "there is such a file already; choose another directory", path: path)
        }
        do throws(Errno) {
            return try ReplacementFile(path, permissionsOf: original)
        } catch {
            throw failure(path, error)
        }
    }

    private static func failure(_ path: FilePath, _ problem: Errno) -> TensorBoardError {
        let message = "the new file cannot be written; make room for it, or choose another directory"
        return TensorBoardError(.cannotWrite, message, path: path, errno: problem)
    }
}
