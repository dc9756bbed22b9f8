import SystemPackage
import TensorBoard

/// A path that a user gives: an event file, or a directory with runs in it.
struct LogPath {
    let path: FilePath

    /// - Parameter path: The path as it was typed.
    init(_ path: String) {
        self.path = FilePath(path)
    }

    /// The runs there; of a file alone, a run with nothing else.
    ///
    /// - Throws: ``TensorBoardError/Code/cannotRead``.
    func runs() throws(TensorBoardError) -> [LoggedRun] {
        do throws(TensorBoardError) {
            return try LogDirectory(path).runs()
        } catch {
            guard error.errno == .notDirectory else { throw error }
            let name = path.lastComponent?.string ?? path.string
            let parent = path.removingLastComponent()
            let directory = parent.isEmpty ? "." : parent
            return [LoggedRun(name: ".", directory: directory, files: [directory.appending(name)])]
        }
    }
}
