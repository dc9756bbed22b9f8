import EventCoding
public import SystemPackage

/// What could be saved of a damaged event file.
///
/// ```swift
/// let salvaged = try SalvagedFile(of: "logs/run1/events.out.tfevents.1700000000.host.1.0000")
/// for fault in salvaged.faults { print(fault) }
/// try salvaged.takePlace()
/// ```
///
/// The new file stands beside the damaged one, under a name that TensorBoard does not read: else each point would be
/// there twice. ``takePlace()`` exchanges them.
public struct SalvagedFile: Sendable, Hashable {
    /// The damaged file, which stays as it is.
    public let original: FilePath
    /// The new file; `nil` if there was nothing to repair, or nothing to save.
    public let path: FilePath?
    /// The number of events in the new file, or in the original if there was nothing to repair.
    public let eventCount: Int
    /// What was left out or mended.
    ///
    /// Damaged records, and those that are no events or whose texts are not UTF-8, are left out. A time that is not finite
    /// becomes that of the event before. A version that was lost with a damaged beginning is put there anew.
    public let faults: [LogFault]
    /// How much of the original was looked at.
    private let byteCount: Int

    /// Saves every good record of a file, as long as it is now, into a new one beside it, which the same people may read.
    ///
    /// - Parameters:
    ///   - original: The event file.
    ///   - progress: Is given the number of bytes that were read since the last call; a damaged file is read twice.
    /// - Throws: ``TensorBoardError/Code/cannotRead``, ``TensorBoardError/Code/cannotWrite``.
    public init(of original: FilePath, progress: (_ byteCount: Int) -> Void = { _ in }) throws(TensorBoardError) {
        self.original = original
        byteCount = LoggedRun.byteCount(of: original)
        var examination = Salvage(original, byteCount: byteCount)
        try examination.run(progress: progress) { _ in }
        faults = examination.faults
        eventCount = examination.eventCount
        guard !faults.isEmpty, eventCount > 0 else {
            path = nil
            return
        }
        let path = original.freeSibling("repaired")
        var file = try NewEventFile(path, copying: original)
        var salvage = Salvage(original, byteCount: byteCount)
        salvage.lastTime = examination.firstTime ?? 0
        if examination.hasLostBeginning { try file.appendVersion(wallTime: salvage.lastTime) }
        try salvage.run(progress: progress) { payload throws(TensorBoardError) in try file.append(payload) }
        try file.complete()
        self.path = path
    }

    /// Puts the new file in the place of the damaged one, which gets a name that TensorBoard does not read.
    ///
    /// A crash loses neither. A TensorBoard that is running may have to be started again.
    ///
    /// - Returns: Where the damaged file is now; `nil` if there is no new one.
    /// - Throws: ``TensorBoardError/Code/concurrentWriters`` when a writer of this library is at work in the directory, or
    ///   another has appended to the file,
    ///   ``TensorBoardError/Code/cannotWrite``.
    @discardableResult
    public func takePlace() throws(TensorBoardError) -> FilePath? {
        guard let path else { return nil }
        let directory = original.removingLastComponent()
        let (lock, issue) = RunLock.take(directory.isEmpty ? "." : directory, .system)
        guard issue == nil, LoggedRun.byteCount(of: original) == byteCount else {
            let message = "a writer is at work in its run directory; end it, then repair again or move this file there"
            throw TensorBoardError(.concurrentWriters, message, path: path)
        }
        let aside = original.freeSibling("damaged")
        if let problem = FileOperations.system.exchange(original, aside: aside, path) {
            let message = "the repaired file could not take its place; move it there, and the damaged one elsewhere"
            throw TensorBoardError(.cannotWrite, message, path: path, errno: problem)
        }
        withExtendedLifetime(lock) {}
        return aside
    }
}
