import Foundation
import SystemPackage
import TensorBoard

/// A directory for what the benchmarks write; it disappears with the object.
final class Workspace {
    private let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "bench-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: url)
    }

    /// A path inside.
    func path(_ name: String) -> FilePath { FilePath(url.path).appending(name) }

    /// The size of all files below a directory inside.
    func byteCount(of name: String) -> Int {
        let files = FileManager.default.enumerator(
            at: url.appending(path: name),
            includingPropertiesForKeys: [.fileSizeKey]
        )
        var total = 0
        while let file = files?.nextObject() as? URL {
            total += (try? file.resourceValues(forKeys: [.fileSizeKey]).fileSize) ?? 0
        }
        return total
    }

    /// Deletes a directory inside.
    func remove(_ name: String) {
        try? FileManager.default.removeItem(at: url.appending(path: name))
    }

    /// Times work with a new writer until all is in the file; making the writer and closing it do not count.
    func seconds(
        _ options: SummaryWriter.Options = .init(),
        _ body: (SummaryWriter) throws -> Void
    ) throws -> Double {
        let writer = try SummaryWriter(logDirectory: path("run"), options: options)
        defer { remove("run") }
        let time = try elapsedSeconds {
            try body(writer)
            try writer.flush()
        }
        try writer.close()
        return time
    }
}
