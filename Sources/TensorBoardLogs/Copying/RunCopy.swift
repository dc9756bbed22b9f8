import EventFiles
public import SystemPackage
public import TFRecord

/// The result of copying a run.
public struct RunCopy: Sendable, Hashable {
    /// The files that were written.
    public internal(set) var files: [FilePath] = []
    /// The number of points that were copied.
    public internal(set) var keptPointCount = 0
    /// The number of points that were left out.
    public internal(set) var droppedPointCount = 0
}

extension LoggedRun {
    /// Copies some of the run's points into another directory; the run stays as it is.
    ///
    /// ```swift
    /// try LoggedRun("logs/run1").copy(to: "logs/run1_begin", where: { $0.step < 1000 })
    /// ```
    ///
    /// File versions and session starts are always copied. A tag keeps the metadata of its first value even if that value
    /// is dropped. An incomplete last record is left out.
    ///
    /// - Parameters:
    ///   - directory: The directory of the copy, which must not hold event files; created if missing.
    ///   - mergesFiles: Whether to write one file, with the events in the order in which TensorBoard reads them.
    ///   - progress: Receives the number of bytes that were read since the last call.
    ///   - isIncluded: Returns whether to copy a point.
    /// - Returns: The files and the numbers of points.
    /// - Throws: ``TensorBoardError``: ``TensorBoardError/Code/runExists``, ``TensorBoardError/Code/damagedFile`` at the
    ///   first record that cannot be read, ``TensorBoardError/Code/cannotCreate``, ``TensorBoardError/Code/cannotRead`` or
    ///   ``TensorBoardError/Code/cannotWrite``.
    @discardableResult
    public func copy(
        to directory: some PathConvertible,
        mergingFiles mergesFiles: Bool = false,
        progress: (_ byteCount: Int) -> Void = { _ in },
        where isIncluded: (LoggedPoint) -> Bool = { _ in true }
    ) throws(TensorBoardError) -> RunCopy {
        let directory = try directory.usablePath()
        _ = try RunDirectory.makeDirectories(directory)
        guard try DirectoryEntries(directory).eventFiles.isEmpty else {
            let message = "the directory holds event files already; choose another one"
            throw TensorBoardError(.runExists, message, path: directory)
        }
        var copier = RunCopier()
        for files in groups(mergingFiles: mergesFiles) {
            guard let name = files.first?.lastComponent else { continue }
            try copier.copy(files, to: directory.appending(name), progress: progress, where: isIncluded)
        }
        return copier.result
    }

    /// The groups of files that become one file each.
    func groups(mergingFiles mergesFiles: Bool) -> [[FilePath]] {
        guard !files.isEmpty else { return [] }
        return mergesFiles ? [files] : files.map { [$0] }
    }
}

extension LoggedRun {
    /// Replaces the run's files by copies with some of their points.
    ///
    /// The old files stay beside the new ones, with `original` in their names instead of `tfevents`, so that TensorBoard
    /// does not read them. A crash loses nothing; where files are merged, points may be there twice after one. A running
    /// TensorBoard may have to be restarted.
    ///
    /// Writers of this library are locked out. Others cannot be: what another appends meanwhile is noticed, but one that
    /// continues afterwards writes into the file that was set aside.
    ///
    /// - Parameters:
    ///   - mergesFiles: Whether to write one file, with the events in the order in which TensorBoard reads them.
    ///   - progress: Receives the number of bytes that were read since the last call.
    ///   - isIncluded: Returns whether to keep a point.
    /// - Returns: The files and the numbers of points.
    /// - Throws: ``TensorBoardError``: ``TensorBoardError/Code/concurrentWriters`` if a writer is at work in the run,
    ///   otherwise what ``copy(to:mergingFiles:progress:where:)`` throws. The run is unchanged then, or the error names the
    ///   file that could not be moved.
    @discardableResult
    public func replacePoints(
        mergingFiles mergesFiles: Bool = false,
        progress: (_ byteCount: Int) -> Void = { _ in },
        where isIncluded: (LoggedPoint) -> Bool = { _ in true }
    ) throws(TensorBoardError) -> RunCopy {
        let lock = RunLock.take(directory)
        guard lock.allowsEditing else { throw writerIsAtWork }
        let byteCounts = files.map(Self.byteCount)
        let groups = groups(mergingFiles: mergesFiles)
        var copier = RunCopier()
        do throws(TensorBoardError) {
            for files in groups {
                guard let first = files.first else { continue }
                let copy = EventFileName.freeSibling(of: first, "edited")
                try copier.copy(files, to: copy, progress: progress, where: isIncluded)
            }
            guard files.map(Self.byteCount) == byteCounts else { throw writerIsAtWork }
        } catch {
            for file in copier.result.files { _ = FileOperations.system.remove(file) }
            throw error
        }
        var copy = copier.result
        for (index, files) in groups.enumerated() {
            guard let first = files.first else { continue }
            try Self.exchange(first, copy.files[index], removing: files.dropFirst())
            copy.files[index] = first
        }
        _ = FileOperations.system.synchronizeDirectory(directory)
        withExtendedLifetime(lock) {}
        return copy
    }

    /// Gives a new file the name of an old one, then sets the others aside whose events the new one holds too.
    private static func exchange(
        _ file: FilePath,
        _ new: FilePath,
        removing others: ArraySlice<FilePath>
    ) throws(TensorBoardError) {
        let aside = EventFileName.freeSibling(of: file, "original")
        if let problem = FileOperations.system.exchange(file, aside: aside, new) {
            let name = file.lastComponent?.string ?? ""
            let message = "the new file could not replace \(name); rename the new file by hand"
            throw TensorBoardError(.cannotWrite, message, path: new, errno: problem)
        }
        for other in others {
            if let problem = FileOperations.system.move(other, EventFileName.freeSibling(of: other, "original")) {
                let message = "the file was merged into another and could not be set aside; move the file elsewhere"
                throw TensorBoardError(.cannotWrite, message, path: other, errno: problem)
            }
        }
    }

    private var writerIsAtWork: TensorBoardError {
        let message = "a writer is at work in the run directory; end the writer, or copy the run to another directory"
        return TensorBoardError(.concurrentWriters, message, path: directory)
    }
}

/// The position of a point in its run.
public struct LoggedPoint: Sendable, Hashable {
    /// The name of the series.
    public let tag: String
    /// The kind of the tag's data.
    public let kind: LoggedKind
    /// The position on the horizontal axis.
    public let step: Int
    /// The number of points of the tag that precede this one in the run.
    public let index: Int
}
