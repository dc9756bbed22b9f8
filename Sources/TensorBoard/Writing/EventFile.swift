import SystemPackage
import TFRecord

/// One event file while it is being written: whole records or nothing.
///
/// All writing is at known offsets, so a record that was torn by a full disk is written over, not behind.
struct EventFile: ~Copyable {
    /// What a call of ``write(_:count:synchronizes:)`` achieved.
    struct Outcome {
        /// Bytes that are in the file now, always whole records.
        var bytes: Int
        /// The records that these bytes are.
        var records: Int
        /// What kept the rest out.
        var problem: Errno?
    }

    let path: FilePath
    private var descriptor: FileDescriptor?
    private let operations: FileOperations
    /// The length of the file as far as it holds whole records.
    private(set) var length: Int64 = 0

    /// A single call transfers no more: macOS refuses more than 2 GiB.
    private static let largestTransfer = 1 << 30

    /// Makes a file that must not exist yet.
    init(_ path: FilePath, operations: FileOperations) throws(Errno) {
        descriptor = try operations.create(path).get()
        self.path = path
        self.operations = operations
    }

    deinit {
        if let descriptor { _ = operations.close(descriptor) }
    }

    /// Whether the file is still where it was made, not deleted, replaced or cut off by somebody else.
    var isInPlace: Bool {
        guard let descriptor else { return false }
        return operations.isInPlace(descriptor, path, length)
    }

    /// Writes records until all are written or the system fails.
    ///
    /// - Parameters:
    ///   - records: Whole records, one behind the other.
    ///   - count: How many records they are.
    ///   - synchronizes: Whether to wait until they are on the storage device. If that fails they count as not written,
    ///     and are written again: what a device has lost is not found by waiting again.
    /// - Returns: What is in the file now, and what kept the rest out.
    mutating func write(
        _ records: UnsafeRawBufferPointer,
        count: Int,
        synchronizes: Bool = false
    ) -> Outcome {
        guard let descriptor else { return Outcome(bytes: 0, records: 0, problem: .badFileDescriptor) }
        let (written, problem) = transfer(records, descriptor)
        var whole = (bytes: written, records: count)
        if problem != nil {
            whole = RecordFraming.wholeRecords(in: records, byteLimit: written)
            // If this fails too, the torn end stays until the next write goes over it; a reader waits there.
            if whole.bytes < written { _ = operations.truncate(descriptor, length + Int64(whole.bytes)) }
        }
        if synchronizes, whole.bytes > 0, let problem = operations.synchronize(descriptor) {
            return Outcome(bytes: 0, records: 0, problem: problem)
        }
        length += Int64(whole.bytes)
        return Outcome(bytes: whole.bytes, records: whole.records, problem: problem)
    }

    /// Closes the file; some file systems say only now that they could not keep what was written.
    mutating func close() -> Errno? {
        guard let descriptor else { return nil }
        self.descriptor = nil
        let problem = operations.close(descriptor)
        // Linux and macOS have given the descriptor back by then; closing again might hit another file.
        return problem == .interrupted ? nil : problem
    }

    /// Closes and deletes a file that nobody is to see.
    mutating func remove() {
        _ = close()
        _ = operations.remove(path)
    }

    /// Hands bytes to the system until it has taken all or fails.
    private func transfer(
        _ bytes: UnsafeRawBufferPointer,
        _ descriptor: FileDescriptor
    ) -> (written: Int, problem: Errno?) {
        var written = 0
        while written < bytes.count {
            let part = UnsafeRawBufferPointer(rebasing: bytes[written...].prefix(Self.largestTransfer))
            switch operations.write(descriptor, part, length + Int64(written)) {
            case .success(let count) where count > 0: written += count
            case .success: return (written, .noSpace)
            case .failure(.interrupted): continue
            case .failure(let problem): return (written, problem)
            }
        }
        return (written, nil)
    }
}
