import SystemPackage

/// What git says about a directory.
struct GitState {
    let revision: String?
    let branch: String?
    let isDirty: Bool?

    /// Asks git; all is `nil` if there is no git, no repository, or no answer.
    init(directory: String) {
        // Without the lock that git takes to refresh its index: looking must not disturb others.
        let git = ["git", "--no-optional-locks", "-C", directory]
        revision = Self.line(git + ["rev-parse", "--verify", "HEAD"])
        branch = revision == nil ? nil : Self.line(git + ["symbolic-ref", "--short", "--quiet", "HEAD"])
        let changes = revision == nil ? nil : CommandOutput.of(git + ["status", "--porcelain", "--untracked-files=no"])
        isDirty = changes.map { !$0.isEmpty }
    }

    private static func line(_ arguments: [String]) -> String? {
        guard let output = CommandOutput.of(arguments) else { return nil }
        let line = output.prefix { !$0.isNewline }
        return line.isEmpty ? nil : String(line)
    }
}

/// The packages that Swift Package Manager has pinned.
enum ResolvedPackages {
    /// Reads the `Package.resolved` of a directory, or of the first above it that has one; empty if none has.
    static func above(_ directory: FilePath) -> [RunInformation.Package] {
        var directory = directory
        while !directory.isEmpty {
            if let bytes = SmallFile.read(directory.appending("Package.resolved")) {
                return packages(in: String(decoding: bytes, as: UTF8.self))
            }
            guard directory.removeLastComponent() else { break }
        }
        return []
    }

    /// The packages of a file as Swift Package Manager writes it: a member a line, those of a pin in alphabetical order.
    static func packages(in text: String) -> [RunInformation.Package] {
        var packages: [RunInformation.Package] = []
        var (name, state): (String?, [Substring: String]) = (nil, [:])
        func complete() {
            guard let pin = name else { return }
            let version = state["version"] ?? state["branch"] ?? state["revision"].map { String($0.prefix(12)) }
            packages.append(RunInformation.Package(name: pin, version: version ?? "unknown"))
            (name, state) = (nil, [:])
        }
        for line in text.split(whereSeparator: \.isNewline) {
            let parts = line.split(separator: "\"", omittingEmptySubsequences: false)
            guard parts.count >= 5 else { continue }
            let (key, value) = (parts[1], String(parts[3]))
            switch key {
            case "identity":
                complete()
                name = value
            case "version", "branch", "revision": state[key] = value
            default: break
            }
        }
        complete()
        return packages
    }
}

/// Files of a few kilobytes, read at once.
enum SmallFile {
    /// The bytes of a file, at most a megabyte; `nil` if it cannot be read.
    static func read(_ path: FilePath) -> [UInt8]? {
        guard let file = try? FileDescriptor.open(path, .readOnly, options: .closeOnExec) else { return nil }
        defer { try? file.close() }
        var bytes: [UInt8] = []
        while bytes.count < 1 << 20 {
            guard let part = try? read(file), !part.isEmpty else { break }
            bytes += part
        }
        return bytes
    }

    private static func read(_ file: FileDescriptor) throws -> [UInt8] {
        try [UInt8](unsafeUninitializedCapacity: 16 << 10) { buffer, count in
            count = try file.read(into: UnsafeMutableRawBufferPointer(buffer))
        }
    }
}
