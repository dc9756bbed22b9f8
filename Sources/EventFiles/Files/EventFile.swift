package import SystemPackage
import TFRecord

/// One event file while it is being written: whole records or nothing.
///
/// All writing is at known offsets, so a record that was torn by a full disk is written over, not behind.
package struct EventFile: ~Copyable {
    /// What a call of ``write(_:count:synchronizes:)`` achieved.
    package struct Outcome {
        /// Bytes that are in the file now, always whole records.
        package var bytes: Int
        /// The records that these bytes are.
        package var records: Int
        /// What kept the rest out.
        package var problem: Errno?
        /// Whether the file was cut off while it was written: before the new records there is a hole.
        package var isCutOff = false
    }

    package let path: FilePath
    private var descriptor: FileDescriptor?
    private let operations: FileOperations
    /// The length of the file as far as it holds whole records.
    package private(set) var length: Int64 = 0
    /// The last bytes before ``length``; `nil` if they were not asked for.
    private var footer: UInt32?

    /// Creates a file that must not exist yet.
    package init(_ path: FilePath, operations: FileOperations) throws(Errno) {
        descriptor = try operations.create(path).get()
        self.path = path
        self.operations = operations
    }

    deinit {
        if let descriptor { _ = operations.close(descriptor) }
    }

    /// Whether the file is still where it was created, or was deleted, replaced or cut off.
    package var placement: FileOperations.Placement {
        guard let descriptor else { return .displaced }
        return operations.placement(descriptor, path, length)
    }

    /// Writes records until all are written or the system fails.
    ///
    /// - Parameters:
    ///   - records: Whole records, one behind the other.
    ///   - count: How many records they are.
    ///   - synchronizes: Whether to wait until they are on the storage device. If that fails they count as not written,
    ///     and are written again: what a device has lost is not found by waiting again.
    ///   - verifiesEnd: Whether to look if the records before are still there.
    /// - Returns: What is in the file now, and what kept the rest out.
    package mutating func write(
        _ records: UnsafeRawBufferPointer,
        count: Int,
        synchronizes: Bool = false,
        verifiesEnd: Bool = false
    ) -> Outcome {
        guard let descriptor else { return Outcome(bytes: 0, records: 0, problem: .badFileDescriptor) }
        let (written, problem) = operations.writeAll(records, to: descriptor, at: length)
        var whole = (bytes: written, records: count)
        if problem != nil {
            whole = RecordFraming.wholeRecords(in: records, byteLimit: written)
            // If this fails too, the torn end stays until the next write goes over it; a reader waits there.
            if whole.bytes < written { _ = operations.truncate(descriptor, length + Int64(whole.bytes)) }
        }
        if synchronizes, whole.bytes > 0, let problem = operations.synchronize(descriptor) {
            return Outcome(bytes: 0, records: 0, problem: problem)
        }
        if verifiesEnd, whole.bytes > 0, isCutOff(descriptor) {
            return Outcome(bytes: 0, records: 0, problem: problem, isCutOff: true)
        }
        length += Int64(whole.bytes)
        if whole.bytes > 0 {
            let offset = whole.bytes - MemoryLayout<UInt32>.size
            footer = verifiesEnd ? records.loadUnaligned(fromByteOffset: offset, as: UInt32.self) : nil
        }
        return Outcome(bytes: whole.bytes, records: whole.records, problem: problem)
    }

    /// Whether the record before the end that is known is there no more.
    private func isCutOff(_ descriptor: FileDescriptor) -> Bool {
        let byteCount = MemoryLayout<UInt32>.size
        guard let footer, length >= byteCount else { return false }
        var found: UInt32 = 0
        let result = withUnsafeMutableBytes(of: &found) { operations.read(descriptor, $0, length - Int64(byteCount)) }
        // What cannot be read says nothing about the file.
        guard case .success(byteCount) = result else { return false }
        return found != footer
    }

    /// Closes the file; some file systems say only now that they could not keep what was written.
    package mutating func close() -> Errno? {
        guard let descriptor else { return nil }
        self.descriptor = nil
        let problem = operations.close(descriptor)
        // Linux and macOS have given the descriptor back by then; closing again might hit another file.
        return problem == .interrupted ? nil : problem
    }

    /// Closes and deletes a file that is not to be seen.
    package mutating func remove() {
        _ = close()
        _ = operations.remove(path)
    }
}
