import SystemPackage

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A directory that is to hold the event files of one run.
struct RunDirectory {
    /// The directory as it was asked for.
    let path: FilePath
    /// The directory from the root, which stays right when the program changes its working directory.
    let location: FilePath
    /// The directories that were made for this run, outermost first.
    let created: [FilePath]

    /// Makes the directory, and those above it, where they are missing.
    ///
    /// - Throws: ``TensorBoardError/Code/cannotCreate`` with what the system said, ``TensorBoardError/Code/runExists``.
    init(_ requested: FilePath, existingRun: SummaryWriter.Options.ExistingRun) throws(TensorBoardError) {
        guard !requested.isEmpty else {
            throw TensorBoardError(.cannotCreate, "the log directory must have a name, it is empty")
        }
        var candidate = requested
        var number = 0
        while true {
            let location = Self.absolute(candidate)
            let created = try Self.makeDirectories(location)
            let directory = RunDirectory(path: candidate, location: location, created: created)
            let eventFiles = try directory.eventFiles(existingRun)
            if eventFiles.isEmpty || existingRun != .increment {
                self = directory
                return
            }
            number += 1
            candidate = Self.numbered(requested, number)
        }
    }

    private init(path: FilePath, location: FilePath, created: [FilePath]) {
        self.path = path
        self.location = location
        self.created = created
    }

    /// The names of the event files that are there now, in the order in which TensorBoard reads them.
    ///
    /// - Parameter existingRun: What to do when there are some.
    /// - Returns: The names.
    /// - Throws: ``TensorBoardError/Code/runExists`` if they are to be refused, ``TensorBoardError/Code/cannotCreate``.
    func eventFiles(_ existingRun: SummaryWriter.Options.ExistingRun) throws(TensorBoardError) -> [String] {
        let eventFiles = try Self.eventFiles(in: location)
        guard !eventFiles.isEmpty, existingRun == .refuse else { return eventFiles }
        throw TensorBoardError(
            .runExists,
            "holds \(eventFiles.count) event file(s) already; choose another directory, or the option to append, "
                + "overwrite or increment",
            path: path
        )
    }

    /// Removes the directories that were made for this run, as far as they are empty.
    func removeCreated() {
        for directory in created.reversed() { rmdir(directory.string) }
    }

    /// Deletes event files of an earlier session.
    ///
    /// - Parameter names: The files; one that is gone already is no problem.
    /// - Throws: ``TensorBoardError/Code/cannotCreate`` with the first that is in the way.
    func remove(_ names: [String]) throws(TensorBoardError) {
        for name in names {
            let file = location.appending(name)
            if unlink(file.string) != 0, errno != ENOENT {
                throw TensorBoardError(
                    .cannotCreate,
                    "the earlier event file could not be deleted; delete it, or log to another directory",
                    path: file,
                    errno: Errno(rawValue: errno)
                )
            }
        }
    }

    private static func absolute(_ path: FilePath) -> FilePath {
        guard path.isRelative, let current = getcwd(nil, 0) else { return path }
        defer { free(current) }
        return FilePath(String(cString: current)).pushing(path)
    }

    private static func numbered(_ path: FilePath, _ number: Int) -> FilePath {
        var numbered = path
        // A trailing slash must not hide the name, nor "." be taken for one.
        guard let name = numbered.removingTrailingDots().lastComponent, name.kind == .regular else {
            return path.appending("\(number)")
        }
        numbered = numbered.removingTrailingDots()
        numbered.removeLastComponent()
        return numbered.appending("\(name.string)_\(number)")
    }

    /// Makes a directory, and those above it, where they are missing.
    ///
    /// - Parameter path: The directory.
    /// - Returns: Those that were missing, outermost first.
    /// - Throws: ``TensorBoardError/Code/cannotCreate``.
    static func makeDirectories(_ path: FilePath) throws(TensorBoardError) -> [FilePath] {
        var created: [FilePath] = []
        var prefix = FilePath(root: path.root, [])
        for component in path.components {
            prefix.append(component)
            if mkdir(prefix.string, 0o777) == 0 {
                created.append(prefix)
                continue
            }
            let problem = Errno(rawValue: errno)
            if FileStatus(prefix)?.isDirectory == true { continue }
            for directory in created.reversed() { rmdir(directory.string) }
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

    private static func eventFiles(in directory: FilePath) throws(TensorBoardError) -> [String] {
        guard let stream = opendir(directory.string) else {
            throw TensorBoardError(
                .cannotCreate,
                "the log directory could not be read; choose one that you may read and write",
                path: directory,
                errno: Errno(rawValue: errno)
            )
        }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name.contains(EventFileName.mark) { names.append(name) }
        }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
}

extension FilePath {
    /// The path without "." at its end, so that its last component is a name.
    fileprivate func removingTrailingDots() -> FilePath {
        var path = self
        while path.lastComponent?.kind == .currentDirectory, path.components.count > 1 { path.removeLastComponent() }
        return path
    }
}
