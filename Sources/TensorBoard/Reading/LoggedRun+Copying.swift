public import SystemPackage

/// What a copy of a run came to.
public struct RunCopy: Sendable, Hashable {
    /// The files that were made.
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
    /// try LoggedRun("logs/run1").copy(to: "logs/run1_begin") { $0.step < 1000 }
    /// ```
    ///
    /// File versions, session starts and the like are always copied. A tag keeps the metadata of its first value even if
    /// that value goes. A last record that is not complete is left out.
    ///
    /// - Parameters:
    ///   - directory: Where the copy goes; must not hold event files, and is made if it is missing.
    ///   - mergesFiles: Whether all goes into one file, in the order in which TensorBoard reads the files.
    ///   - progress: Is given the number of bytes that were read since the last call.
    ///   - isIncluded: Says which points to copy.
    /// - Returns: What was copied.
    /// - Throws: ``TensorBoardError``: ``TensorBoardError/Code/runExists``, ``TensorBoardError/Code/damagedFile`` at the
    ///   first record that cannot be read, ``TensorBoardError/Code/cannotCreate``, ``TensorBoardError/Code/cannotRead`` or
    ///   ``TensorBoardError/Code/cannotWrite``.
    @discardableResult
    public func copy(
        to directory: FilePath,
        mergingFiles mergesFiles: Bool = false,
        progress: (_ byteCount: Int) -> Void = { _ in },
        where isIncluded: (LoggedPoint) -> Bool = { _ in true }
    ) throws(TensorBoardError) -> RunCopy {
        _ = try RunDirectory.makeDirectories(directory)
        guard try DirectoryEntries(directory).eventFiles.isEmpty else {
            throw TensorBoardError(.runExists, "holds event files already; choose another directory", path: directory)
        }
        var copier = RunCopier()
        for files in groups(mergingFiles: mergesFiles) {
            guard let name = files.first?.lastComponent else { continue }
            try copier.copy(files, to: directory.appending(name), progress: progress, where: isIncluded)
        }
        return copier.result
    }

    /// Puts some of the run's points in the place of all.
    ///
    /// The files of before stay beside the new ones, with `original` in their names in place of `tfevents`, so that
    /// TensorBoard does not read them. A crash loses nothing. A TensorBoard that is running may have to be started again.
    ///
    /// - Parameters:
    ///   - mergesFiles: Whether all goes into one file, in the order in which TensorBoard reads the files.
    ///   - progress: Is given the number of bytes that were read since the last call.
    ///   - isIncluded: Says which points stay.
    /// - Returns: What stayed.
    /// - Throws: ``TensorBoardError``: ``TensorBoardError/Code/concurrentWriters`` when a writer of this library is at
    ///   work in the run, else what ``copy(to:mergingFiles:progress:where:)`` throws. The run is as before then, or some of
    ///   its files are exchanged.
    @discardableResult
    public func replacePoints(
        mergingFiles mergesFiles: Bool = false,
        progress: (_ byteCount: Int) -> Void = { _ in },
        where isIncluded: (LoggedPoint) -> Bool = { _ in true }
    ) throws(TensorBoardError) -> RunCopy {
        let (lock, issue) = RunLock.take(directory, .system)
        if let issue {
            let message = "a writer is at work in this run directory; end it, or copy the run to another directory"
            throw TensorBoardError(issue.code, message, path: directory)
        }
        var copier = RunCopier()
        let groups = groups(mergingFiles: mergesFiles)
        for files in groups {
            guard let first = files.first else { continue }
            try copier.copy(files, to: first.freeSibling("edited"), progress: progress, where: isIncluded)
        }
        var copy = copier.result
        for (index, files) in groups.enumerated() {
            // First those that become part of another: for a moment points are missing, but none is there twice.
            for file in files.dropFirst().reversed() {
                if let problem = FileOperations.system.move(file, file.freeSibling("original")) {
                    throw Self.exchangeFailure(copy.files[index], problem)
                }
            }
            guard let first = files.first else { continue }
            let aside = first.freeSibling("original")
            if let problem = FileOperations.system.exchange(first, aside: aside, copy.files[index]) {
                throw Self.exchangeFailure(copy.files[index], problem)
            }
            copy.files[index] = first
        }
        withExtendedLifetime(lock) {}
        return copy
    }

    private static func exchangeFailure(_ file: FilePath, _ problem: Errno) -> TensorBoardError {
        let message = "this file could not take the place of the run's; move it there, and the originals elsewhere"
        return TensorBoardError(.cannotWrite, message, path: file, errno: problem)
    }

    /// The files that go into one each.
    private func groups(mergingFiles mergesFiles: Bool) -> [[FilePath]] {
        guard !files.isEmpty else { return [] }
        return mergesFiles ? [files] : files.map { [$0] }
    }
}
