#if ObjectStorage
import EventFiles
import SystemPackage

/// What a mirror holds, as it is kept in its directory for the next process.
///
/// What is missing in it, because a process was killed, is found out by looking at the files.
struct MirrorRecord: Sendable {
    /// An object as it was when its file was last brought up to date.
    struct Entry: Sendable, Hashable {
        var byteCount: Int
        /// Empty if the object changed while it was read.
        var entityTag: String
    }

    private static let fileName = ".object-mirror"
    private static let title = "swift-tensorboard mirror 1"
    private static let byteLimit = 1 << 30

    /// What is mirrored: an address and the store's.
    let source: String
    /// By the objects' names.
    var entries = NameDictionary<Entry>()

    /// Reads the record of a directory; begins one where there is none.
    ///
    /// - Throws: `TensorBoardError` with the code `invalidOption` if the directory mirrors something else.
    init(of directory: FilePath, source: String) throws(TensorBoardError) {
        self.source = source
        let path = directory.appending(Self.fileName)
        guard let bytes = SmallFile.read(path, limit: Self.byteLimit) else { return }
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        // One of a later version tells nothing here; the files do.
        guard lines.first == Self.title[...], lines.count > 1 else { return }
        guard PercentEncoding.decode(String(lines[1])) == source else {
            throw TensorBoardError(
                .invalidOption,
                "the directory is the mirror of \(PercentEncoding.decode(String(lines[1])) ?? "something else"); choose "
                    + "another directory",
                path: directory
            )
        }
        for line in lines.dropFirst(2) {
            let fields = line.split(separator: " ", omittingEmptySubsequences: false)
            guard fields.count == 3, let byteCount = Int(fields[0]),
                let tag = PercentEncoding.decode(String(fields[1])),
                let key = PercentEncoding.decode(String(fields[2]))
            else { continue }
            entries[key] = Entry(byteCount: byteCount, entityTag: tag)
        }
    }

    /// Writes the record; a reader finds the old or the new one.
    ///
    /// - Throws: `TensorBoardError` with the code `cannotWrite`.
    func write(to directory: FilePath) throws(TensorBoardError) {
        let path = directory.appending(Self.fileName)
        var text = "\(Self.title)\n\(PercentEncoding.encode(source))\n"
        for (key, entry) in entries {
            text += "\(entry.byteCount) \(PercentEncoding.encode(entry.entityTag)) \(PercentEncoding.encode(key))\n"
        }
        do throws(Errno) {
            var file = try ReplacementFile(path, permissionsOf: path)
            try file.append(Array(text.utf8))
            try file.complete(synchronizes: false)
        } catch {
            throw .mirroring(path, error)
        }
    }
}

extension TensorBoardError {
    /// A file of a mirror that cannot be written.
    static func mirroring(_ path: FilePath, _ errno: Errno) -> TensorBoardError {
        let message = "the mirror's file cannot be written; make room, or choose a directory that you may write to"
        return TensorBoardError(.cannotWrite, message, path: path, errno: errno)
    }
}
#endif
