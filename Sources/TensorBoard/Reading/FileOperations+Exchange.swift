import SystemPackage

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

extension FileOperations {
    /// Whether nothing has this name yet, not even a link that leads nowhere.
    func isFree(_ path: FilePath) -> Bool {
        var status = stat()
        return lstat(path.string, &status) != 0 && errno == ENOENT
    }

    /// Gives a file another name and puts a new one in its place, without a moment at which its name leads nowhere.
    ///
    /// - Parameters:
    ///   - file: The name of both.
    ///   - aside: The name that the old file gets.
    ///   - new: The name that the new file has.
    /// - Returns: What the system said; the old file has at least one of its names then.
    func exchange(_ file: FilePath, aside: FilePath, _ new: FilePath) -> Errno? {
        // Some file systems have no links; there the name is missing for a moment.
        if link(file.string, aside.string) != 0 {
            guard errno != EEXIST else { return .fileExists }
            if let problem = move(file, aside) { return problem }
        }
        return move(new, file)
    }
}
