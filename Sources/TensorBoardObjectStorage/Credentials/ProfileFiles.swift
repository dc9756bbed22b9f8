#if ObjectStorage
import SystemPackage

/// The user's files of profiles, `~/.aws/credentials` and `~/.aws/config`.
///
/// https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html; nested settings are not read.
struct ProfileFiles: Sendable {
    private static let byteLimit = 1 << 20

    var environment: EnvironmentReader
    /// The profile that was asked for; `nil` for `AWS_PROFILE`, else `default`.
    var chosenProfile: String?

    /// The profile whose settings count.
    var profile: String { requestedProfile ?? "default" }

    /// The profile that somebody asked for by name.
    private var requestedProfile: String? { chosenProfile ?? environment("AWS_PROFILE") }

    /// The settings of the profile; those of the credentials file go before those of the other.
    ///
    /// - Returns: By names in lower case; empty if there are no such files.
    /// - Throws: ``CredentialsError`` if a profile that was asked for is in neither file.
    func settings() throws(CredentialsError) -> [String: String] {
        let inConfig = profile == "default" ? ["default", "profile default"] : ["profile \(profile)"]
        let sections = [
            section([profile], of: path("AWS_SHARED_CREDENTIALS_FILE", "credentials")),
            section(inConfig, of: path("AWS_CONFIG_FILE", "config")),
        ].compactMap { $0 }
        guard !sections.isEmpty || requestedProfile == nil else {
            throw CredentialsError(
                message:
                    "there is no profile '\(profile)' in the files of AWS_SHARED_CREDENTIALS_FILE and AWS_CONFIG_FILE, "
                    + "or else ~/.aws/credentials and ~/.aws/config; add it, or name another with AWS_PROFILE"
            )
        }
        return sections.reduce(into: [:]) { $0.merge($1) { first, _ in first } }
    }

    private func path(_ variable: String, _ name: String) -> FilePath? {
        if let path = environment(variable) { return FilePath(path) }
        return environment("HOME").map { FilePath($0).appending(".aws").appending(name) }
    }

    private func section(_ names: [String], of path: FilePath?) -> [String: String]? {
        guard let path, let bytes = SmallFile.read(path, limit: Self.byteLimit) else { return nil }
        let sections = Self.sections(of: String(decoding: bytes, as: UTF8.self))
        return names.lazy.compactMap { sections[$0] }.first
    }

    private static func sections(of text: String) -> [String: [String: String]] {
        var sections: [String: [String: String]] = [:]
        var current: String?
        for line in text.split(whereSeparator: \.isNewline) {
            guard let first = line.first, first != "#", first != ";" else { continue }
            if first == "[", let end = line.firstIndex(of: "]") {
                let words = line[line.index(after: line.startIndex)..<end].split(whereSeparator: \.isWhitespace)
                let name = words.joined(separator: " ")
                current = name
                sections[name, default: [:]].merge([:]) { first, _ in first }
            } else if let current, !first.isWhitespace, let equals = line.firstIndex(of: "=") {
                sections[current]?[line[..<equals].trimmed.lowercased()] = line[line.index(after: equals)...].trimmed
            }
        }
        return sections
    }
}

/// Reads files of settings.
enum SmallFile {
    /// - Returns: All bytes; `nil` if there is no such file, it cannot be read, or it is larger than the limit.
    static func read(_ path: FilePath, limit: Int) -> [UInt8]? {
        guard let file = try? FileDescriptor.open(path, .readOnly, options: .closeOnExec) else { return nil }
        return try? file.closeAfter {
            var bytes: [UInt8] = []
            var part = [UInt8](repeating: 0, count: 1 << 14)
            while true {
                let count = try part.withUnsafeMutableBytes { try file.read(into: $0) }
                guard count > 0 else { return bytes }
                bytes += part.prefix(count)
                guard bytes.count <= limit else { return nil }
            }
        }
    }
}
#endif
