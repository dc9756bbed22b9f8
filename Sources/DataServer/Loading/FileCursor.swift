import EventFiles
import Platform
import SystemPackage

/// How far an event file was read, and what it was then.
///
/// The file itself is open only while it is read.
struct FileCursor {
    /// What a look at a file found.
    enum Look {
        case unchanged
        case changed
        /// It is not what was read: it was replaced, cut off or removed.
        case replaced
    }

    /// A file that did not change for so long is looked at when all are.
    private static let activeSeconds = 3600.0

    let path: FilePath
    /// Where the next record begins.
    private(set) var offset = 0
    private(set) var identity: FileStatus.Identity?
    private(set) var modificationTime = 0
    /// Whether there may be more to read than was read.
    private(set) var isBehind = false
    private var mustRetry = false
    /// The size when the file was last looked at; `nil` if that is still to come.
    private var byteCount: Int?
    /// The checksum of the last record that was read.
    private var checksum: UInt32?

    init(_ path: FilePath) {
        self.path = path
    }

    /// Looks whether the file has changed.
    ///
    /// - Parameter looksAtAll: Whether files are looked at that did not change for long.
    /// - Returns: What was found.
    mutating func look(looksAtAll: Bool) -> Look {
        let look = compare(looksAtAll: looksAtAll)
        if look == .changed { isBehind = true }
        return look
    }

    private mutating func compare(looksAtAll: Bool) -> Look {
        if byteCount != nil, !looksAtAll, !mustRetry,
            WallClock.now() - Double(modificationTime) * 1e-9 > Self.activeSeconds
        {
            return .unchanged
        }
        guard let status = FileStatus(path) else { return byteCount == nil ? .unchanged : .replaced }
        defer { modificationTime = status.modificationTime }
        guard let byteCount else {
            identity = status.identity
            self.byteCount = status.byteCount
            return .changed
        }
        guard status.identity == identity, status.byteCount >= offset else { return .replaced }
        guard mustRetry || status.byteCount != byteCount || status.modificationTime != modificationTime else {
            return .unchanged
        }
        self.byteCount = status.byteCount
        // Rewritten where it is, as when a log is copied over another.
        guard checksum == nil || EventRecordReader.checksum(before: offset, in: path) == checksum else {
            return .replaced
        }
        return .changed
    }

    /// Keeps that the file could not be read, so that it is tried again.
    mutating func retry() { mustRetry = true }

    /// Keeps how far the file was read.
    mutating func advance(to offset: Int) {
        (isBehind, mustRetry) = (false, false)
        guard offset != self.offset else { return }
        self.offset = offset
        checksum = EventRecordReader.checksum(before: offset, in: path)
    }
}
