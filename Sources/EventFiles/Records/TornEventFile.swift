import EventCoding
package import SystemPackage

/// The file that a process was writing when it was killed.
package enum TornEventFile {
    /// Cuts off the end of a record of which only a part was written.
    ///
    /// - Returns: Whether the file holds events.
    /// - Throws: ``TensorBoardError/Code/cannotRead``, ``TensorBoardError/Code/cannotWrite``.
    package static func cut(_ path: FilePath) throws(TensorBoardError) -> Bool {
        var records = try EventRecordReader(path, checksums: .verifyAll)
        var end = 0
        var holdsEvents = false
        do throws(TensorBoardError) {
            while true {
                do throws(TensorBoardError) {
                    guard let record = try records.next() else { break }
                    end = record.offset + record.byteCount
                    if record.event.kind != .fileVersion, record.event.kind != .session { holdsEvents = true }
                } catch {
                    guard error.canReadOn else { throw error }
                    // A reader passes it over.
                    holdsEvents = true
                }
            }
        } catch {
            // Damage that is no torn end is kept, for `tblog repair` to see.
            if error.code == .cannotRead { throw error }
            return true
        }
        guard let byteCount = FileStatus(path)?.byteCount, byteCount > end else { return holdsEvents }
        do {
            let descriptor = try FileDescriptor.open(path, .writeOnly, options: .closeOnExec)
            try descriptor.closeAfter { try descriptor.resize(to: Int64(end)) }
        } catch {
            throw TensorBoardError(
                .cannotWrite,
                "the torn end of an earlier session's file could not be cut off; see to it that this user may write it",
                path: path,
                errno: error as? Errno
            )
        }
        return holdsEvents
    }
}
