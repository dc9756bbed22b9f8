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
}
