#if ObjectStorage
import EventFiles
import Platform
import SystemPackage

/// A directory of this machine in which the files of any number of writers wait for their upload.
struct Spool: Sendable {
    let path: FilePath

    /// Makes the directory where it is missing.
    ///
    /// - Throws: ``TensorBoardError/Code/cannotCreate``.
    init(_ path: FilePath) throws(TensorBoardError) {
        do throws(TensorBoardError) {
            self.path = try RunDirectory(path).location
        } catch {
            guard let problem = error.errno else { throw error }
            throw .spoolUnusable(problem, path: error.path ?? path)
        }
    }

    /// Makes the session of a new writer, the last of the spool.
    ///
    /// - Throws: ``TensorBoardError/Code/cannotCreate``.
    func beginSession(
        for target: SpoolSession.Target
    ) throws(TensorBoardError) -> (session: SpoolSession, lock: RunLock) {
        var number = 0
        while true {
            // Also behind directories that are being made, or that a crash has left.
            number = max(number, try numbers().max() ?? 0) + 1
            if let claimed = try SpoolSession.claim(number, in: path, for: target) { return claimed }
        }
    }

    /// The sessions before one, in their order.
    ///
    /// - Throws: ``TensorBoardError/Code/cannotRead``.
    func sessions(before number: Int) throws(TensorBoardError) -> [SpoolSession] {
        try DirectoryEntries(path).directories.compactMap { SpoolSession(path.appending($0.name)) }
            .filter { $0.number < number }.sorted { $0.number < $1.number }
    }

    private func numbers() throws(TensorBoardError) -> [Int] {
        try DirectoryEntries(path).directories.compactMap { Int($0.name.string) }
    }
}
#endif
