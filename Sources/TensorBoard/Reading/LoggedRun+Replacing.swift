import SystemPackage

extension LoggedRun {
    /// Puts some of the run's points in the place of all.
    ///
    /// The files of before stay beside the new ones, with `original` in their names in place of `tfevents`, so that
    /// TensorBoard does not read them. A crash loses nothing; where files are merged, it may leave points twice. A
    /// TensorBoard that is running may have to be started again.
    ///
    /// Writers of this library are kept out. Others cannot be: what one appends meanwhile is noticed, but one that goes on
    /// afterwards writes into the file that was put aside.
    ///
    /// - Parameters:
    ///   - mergesFiles: Whether all goes into one file, in the order in which TensorBoard reads the files.
    ///   - progress: Is given the number of bytes that were read since the last call.
    ///   - isIncluded: Says which points stay.
    /// - Returns: What stayed.
    /// - Throws: ``TensorBoardError``: ``TensorBoardError/Code/concurrentWriters`` when a writer is at work in the run, else
    ///   what ``copy(to:mergingFiles:progress:where:)`` throws. The run is as before then, or it is said which file is not
    ///   in its place.
    @discardableResult
    public func replacePoints(
        mergingFiles mergesFiles: Bool = false,
        progress: (_ byteCount: Int) -> Void = { _ in },
        where isIncluded: (LoggedPoint) -> Bool = { _ in true }
    ) throws(TensorBoardError) -> RunCopy {
        let (lock, issue) = RunLock.take(directory, .system)
        if issue != nil { throw writerIsAtWork }
        let byteCounts = files.map(Self.byteCount)
        let groups = groups(mergingFiles: mergesFiles)
        var copier = RunCopier()
        do throws(TensorBoardError) {
            for files in groups {
                guard let first = files.first else { continue }
                try copier.copy(files, to: first.freeSibling("edited"), progress: progress, where: isIncluded)
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

    /// Gives a new file the name of an old one, then puts those aside that are part of the new one too.
    private static func exchange(
        _ file: FilePath,
        _ new: FilePath,
        removing others: ArraySlice<FilePath>
    ) throws(TensorBoardError) {
        if let problem = FileOperations.system.exchange(file, aside: file.freeSibling("original"), new) {
            let message = "this new file could not take the place of \(file.lastComponent?.string ?? ""); move it there"
            throw TensorBoardError(.cannotWrite, message, path: new, errno: problem)
        }
        for other in others {
            if let problem = FileOperations.system.move(other, other.freeSibling("original")) {
                let message = "this file is part of another now and could not be put aside; move it elsewhere"
                throw TensorBoardError(.cannotWrite, message, path: other, errno: problem)
            }
        }
    }

    private var writerIsAtWork: TensorBoardError {
        let message = "a writer is at work in this run directory; end it, or copy the run to another directory"
        return TensorBoardError(.concurrentWriters, message, path: directory)
    }
}
