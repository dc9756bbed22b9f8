import Platform
package import SystemPackage

/// A directory that is to hold the event files of one run.
package struct RunDirectory {
    /// The directory as it was asked for.
    package let path: FilePath
    /// The directory from the root, which stays right when the program changes its working directory.
    package let location: FilePath
    /// The directories that were made for this run, outermost first.
    package let created: [FilePath]

    /// Makes the directory, and those above it, where they are missing.
    ///
    /// - Parameter path: The directory.
    /// - Throws: ``TensorBoardError/Code/cannotCreate`` with what the system said.
    package init(_ path: FilePath) throws(TensorBoardError) {
        guard !path.isEmpty else {
            throw TensorBoardError(.cannotCreate, "the log directory has no name; give it one")
        }
        self.path = path
        location = Self.absolute(path)
        created = try Self.makeDirectories(location)
    }

    /// Claims a directory that no run has: the one asked for, or the next of `run_1`, `run_2`, and so on.
    ///
    /// The lock decides between writers that ask at the same time. Where the file system has no locks, making the directory
    /// does; one that exists without event files is taken as it is there.
    ///
    /// - Parameters:
    ///   - requested: The directory.
    ///   - locks: Whether to mark the directory as taken.
    ///   - operations: The system.
    /// - Returns: The directory, and what came of asking for its lock; `nil` if it was not asked for.
    /// - Throws: ``TensorBoardError/Code/cannotCreate``, ``TensorBoardError/Code/cannotRead``.
    package static func claimUnused(
        _ requested: FilePath,
        locks: Bool,
        _ operations: FileOperations
    ) throws(TensorBoardError) -> (directory: RunDirectory, lock: RunLock.Attempt?) {
        var number = 0
        while true {
            let directory = try RunDirectory(number == 0 ? requested : numbered(requested, number))
            number += 1
            guard try directory.eventFiles().isEmpty else { continue }
            // Without a lock only making the directory decides, but for the one that was asked for.
            let isOwn = directory.created.last == directory.location || number == 1
            guard locks else {
                if isOwn { return (directory, nil) }
                continue
            }
            let lock = RunLock.take(directory.location, operations)
            switch lock {
            case .heldByOther: continue
            case .taken:
                // Another writer may have begun and ended between the look and the lock.
                if try directory.eventFiles().isEmpty { return (directory, lock) }
            case .unavailable:
                if isOwn { return (directory, lock) }
            }
        }
    }

    /// The names of the event files that are there now, in the order in which TensorBoard reads them.
    ///
    /// - Throws: ``TensorBoardError/Code/cannotRead``.
    package func eventFiles() throws(TensorBoardError) -> [String] {
        try DirectoryEntries(location).eventFiles.map(\.string)
    }

    /// Deletes event files of an earlier session.
    ///
    /// Only what is one: a regular file that is empty or begins with the header of a record.
    ///
    /// - Parameters:
    ///   - names: The files; one that is gone already is no problem.
    ///   - operations: The system.
    /// - Returns: The files that were left because they are no event files.
    /// - Throws: ``TensorBoardError/Code/cannotCreate`` with the first that is in the way.
    package func removeEventFiles(
        _ names: [String],
        _ operations: FileOperations
    ) throws(TensorBoardError) -> [FilePath] {
        var others: [FilePath] = []
        for name in names {
            let file = location.appending(name)
            guard let status = FileStatus(file) else { continue }
            var isEventFile = status.byteCount == 0
            do throws(Errno) {
                if !isEventFile { isEventFile = try EventRecordReader.beginsWithRecord(file) }
            } catch {
                throw TensorBoardError(
                    .cannotCreate,
                    "the earlier event file could not be read, so it is not known whether it is one; see to it that this user "
                        + "may read it, or log to another directory",
                    path: file,
                    errno: error
                )
            }
            guard isEventFile else {
                others.append(file)
                continue
            }
            if let problem = operations.remove(file), problem != .noSuchFileOrDirectory {
                throw TensorBoardError(
                    .cannotCreate,
                    "the earlier event file could not be deleted; delete it, or log to another directory",
                    path: file,
                    errno: problem
                )
            }
        }
        return others
    }

    /// Removes the directories that were made for this run, as far as they are empty.
    package func removeCreated() {
        for directory in created.reversed() { Self.remove(directory) }
    }

    /// Makes a directory, and those above it, where they are missing.
    ///
    /// - Parameter path: The directory.
    /// - Returns: Those that were missing, outermost first.
    /// - Throws: ``TensorBoardError/Code/cannotCreate``.
    package static func makeDirectories(_ path: FilePath) throws(TensorBoardError) -> [FilePath] {
        var created: [FilePath] = []
        var prefix = FilePath(root: path.root, [])
        for component in path.components {
            prefix.append(component)
            if prefix.withPlatformString({ mkdir($0, 0o777) }) == 0 {
                created.append(prefix)
                continue
            }
            let problem = Errno(rawValue: errno)
            if FileStatus(prefix)?.isDirectory == true { continue }
            for directory in created.reversed() { remove(directory) }
            throw TensorBoardError(
                .cannotCreate,
                problem == .fileExists || problem == .notDirectory
                    ? "a log directory is needed, but this is a file; choose another directory"
                    : "the log directory could not be made; choose one that you may write to",
                path: prefix,
                errno: problem
            )
        }
        return created
    }

    private static func remove(_ directory: FilePath) {
        _ = directory.withPlatformString { rmdir($0) }
    }

    /// The path from the root.
    package static func absolute(_ path: FilePath) -> FilePath {
        guard path.isRelative, let current = getcwd(nil, 0) else { return path }
        defer { free(current) }
        return FilePath(platformString: current).pushing(path)
    }

    private static func numbered(_ path: FilePath, _ number: Int) -> FilePath {
        // A trailing slash must not hide the name, nor "." be taken for one.
        var trimmed = path
        while trimmed.lastComponent?.kind == .currentDirectory, trimmed.components.count > 1 {
            trimmed.removeLastComponent()
        }
        guard let name = trimmed.lastComponent, name.kind == .regular else { return path.appending("\(number)") }
        trimmed.removeLastComponent()
        return trimmed.appending("\(name.string)_\(number)")
    }
}
