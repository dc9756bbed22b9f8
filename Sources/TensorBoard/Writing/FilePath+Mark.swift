import SystemPackage

extension FilePath {
    /// The path with another word in place of the one that makes TensorBoard take it for an event file.
    func replacingMark(by word: String) -> FilePath {
        guard let name = lastComponent?.string else { return self }
        var path = self
        path.removeLastComponent()
        // FoundationEssentials has no replacement of text that is worth its import.
        let parts = name.split(separator: EventFileName.mark, omittingEmptySubsequences: false)
        return path.appending(parts.joined(separator: word))
    }
    /// A name beside this one that TensorBoard does not read and that nothing has yet.
    ///
    /// - Parameter word: What stands in place of the part that makes TensorBoard take it for an event file.
    /// - Returns: The name, with a number behind if that is needed.
    func freeSibling(_ word: String) -> FilePath {
        let replaced = replacingMark(by: word)
        let base = replaced == self ? FilePath("\(string).\(word)") : replaced
        var candidate = base
        var number = 0
        while !FileOperations.system.isFree(candidate) {
            number += 1
            candidate = FilePath("\(base.string).\(number)")
        }
        return candidate
    }
}
