import EventCoding
package import SystemPackage
import TFRecord

/// An event file that is made of others' records, and is seen when it is complete.
package struct EventFileCopy: ~Copyable {
    private static let chunkByteCount = 1 << 20

    package let path: FilePath
    private var file: ReplacementFile
    private var records = RecordBuffer()

    /// Begins a file.
    ///
    /// - Parameters:
    ///   - path: The name that it is to have; a file that has it is replaced at the end.
    ///   - original: The file whose records it gets, and whose permissions.
    ///   - temporaryName: What it is called until it is complete.
    ///   - operations: The system.
    /// - Throws: ``TensorBoardError/Code/cannotWrite``.
    package init(
        _ path: FilePath,
        copying original: FilePath,
        temporaryName: ReplacementFile.TemporaryName = .unique,
        operations: FileOperations = .system
    ) throws(TensorBoardError) {
        do throws(Errno) {
            file = try ReplacementFile(
                path,
                permissionsOf: original,
                temporaryName: temporaryName,
                operations: operations
            )
        } catch {
            throw Self.failure(path, error)
        }
        self.path = path
    }

    /// Adds a record.
    ///
    /// - Parameter payload: A packed event.
    /// - Throws: ``TensorBoardError/Code/cannotWrite``.
    package mutating func append(_ payload: UnsafeRawBufferPointer) throws(TensorBoardError) {
        records.append(payload)
        if records.count >= Self.chunkByteCount { try writeRecords() }
    }

    /// Begins the file as TensorBoard wants it.
    ///
    /// - Parameter wallTime: The time of the first event.
    /// - Throws: ``TensorBoardError/Code/cannotWrite``.
    package mutating func appendVersion(wallTime: Double) throws(TensorBoardError) {
        var encoder = EventEncoder()
        let byteCount = encoder.prepare(Event(wallTime: wallTime, what: .fileVersion(Event.currentFileVersion)))
        records.append(byteCount: byteCount) { encoder.pack(into: $0) }
    }

    /// Writes what is left, waits until it is on the storage device, and gives the file its name.
    ///
    /// - Throws: ``TensorBoardError/Code/cannotWrite``.
    package mutating func complete() throws(TensorBoardError) {
        try writeRecords()
        do throws(Errno) {
            try file.complete(synchronizes: true)
        } catch {
            throw Self.failure(path, error)
        }
    }

    private mutating func writeRecords() throws(TensorBoardError) {
        do throws(Errno) {
            try records.withUnsafeBytes { bytes throws(Errno) in try file.append(bytes) }
        } catch {
            throw Self.failure(path, error)
        }
        records.removeAll(keepingCapacity: true)
    }

    private static func failure(_ path: FilePath, _ problem: Errno) -> TensorBoardError {
        let message = "the new file cannot be written; make room for it, or choose another directory"
        return TensorBoardError(.cannotWrite, message, path: path, errno: problem)
    }
}
