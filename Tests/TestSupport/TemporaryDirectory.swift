package import Foundation
package import SystemPackage

/// A directory that disappears with the object.
package final class TemporaryDirectory: Sendable {
    package let url: URL

    package init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "swift-tensorboard-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: url)
    }

    package var path: FilePath { FilePath(url.path) }

    /// The path of something inside.
    package func appending(_ name: String) -> FilePath { path.appending(name) }
}

extension FilePath {
    /// The names in the directory, sorted; empty if there is no such directory.
    package var entries: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: string)) ?? []).sorted()
    }

    /// All bytes of the file.
    package func contents() throws -> [UInt8] {
        Array(try Data(contentsOf: URL(filePath: string)))
    }

    /// Makes a file with these bytes.
    package func write(_ bytes: [UInt8]) throws {
        try Data(bytes).write(to: URL(filePath: string))
    }

    /// Whether there is such a file or directory.
    package var exists: Bool { FileManager.default.fileExists(atPath: string) }
}
