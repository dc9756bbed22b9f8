import EventFiles
import SystemPackage

/// The directories of the ranks of a job.
enum RankDirectory {
    /// Finds the directories of ranks in a directory.
    ///
    /// - Returns: The ranks with the paths, by rank.
    /// - Throws: ``TensorBoardError/Code/cannotRead``, ``TensorBoardError/Code/unknownWorker`` if a rank has two.
    static func all(in directory: FilePath) throws(TensorBoardError) -> [(rank: Int, path: FilePath)] {
        var names: [Int: String] = [:]
        for (name, _) in try DirectoryEntries(directory).directories {
            guard let rank = rank(of: name.string) else { continue }
            if let other = names[rank] {
                throw TensorBoardError(
                    .unknownWorker,
                    "\"\(other)\" and \"\(name.string)\" are both of rank \(rank); move one of them elsewhere",
                    path: directory
                )
            }
            names[rank] = name.string
        }
        return names.sorted { $0.key < $1.key }.map { ($0.key, directory.appending($0.value)) }
    }

    /// The rank whose directory has a name: `rank-0003`, or `rank_3` and `rank3` as other programs have it.
    private static func rank(of name: String) -> Int? {
        guard name.hasPrefix("rank") else { return nil }
        var digits = name.dropFirst("rank".count)
        if let first = digits.first, "-_=".contains(first) { digits.removeFirst() }
        return digits.allSatisfy { $0.isASCII && $0.isNumber } ? Int(digits) : nil
    }
}
