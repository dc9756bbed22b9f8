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
    /// try LoggedRun("logs/run1").copy(to: "logs/run1_begin", where: { $0.step < 1000 })
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

    /// The files that go into one each.
    func groups(mergingFiles mergesFiles: Bool) -> [[FilePath]] {
        guard !files.isEmpty else { return [] }
        return mergesFiles ? [files] : files.map { [$0] }
    }
}
