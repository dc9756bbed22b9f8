/// Tells how far the reading of a file is, not more often than is worth it.
struct FileProgress {
    private static let bytesBetweenReports = 1 << 20

    private var reportedOffset = 0

    /// Takes note of how far the reading is.
    ///
    /// - Parameters:
    ///   - offset: The number of bytes that were read so far.
    ///   - progress: Is given the number of bytes since it was last called.
    mutating func advance(to offset: Int, _ progress: (Int) -> Void) {
        if offset - reportedOffset >= Self.bytesBetweenReports { report(offset, progress) }
    }

    /// Ends the file, whose bytes count as read even if damage kept some from being so.
    mutating func finish(_ byteCount: Int, _ progress: (Int) -> Void) {
        if byteCount > reportedOffset { report(byteCount, progress) }
    }

    private mutating func report(_ offset: Int, _ progress: (Int) -> Void) {
        progress(offset - reportedOffset)
        reportedOffset = offset
    }
}
