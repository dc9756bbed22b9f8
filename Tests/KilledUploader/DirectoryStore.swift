#if ObjectStorage
import EventFiles
import Platform
import SystemPackage
import TensorBoardObjectStorage

/// A store that outlives the processes that use it: a directory, with a file for each object.
struct DirectoryStore: ObjectStore {
    private let directory: FilePath

    init(_ directory: FilePath) { self.directory = directory }

    func putIfAbsent(_ bytes: [UInt8], at key: String) throws(ObjectStoreError) -> Bool {
        let partial = directory.appending(".partial-\(getpid())-\(UInt64.random(in: .min ... .max))")
        do {
            let file = try FileDescriptor.open(
                partial,
                .writeOnly,
                options: [.create, .exclusiveCreate],
                permissions: .ownerReadWrite
            )
            try file.closeAfter { _ = try file.writeAll(bytes) }
        } catch {
            throw failure("\(error)")
        }
        // At once, as an object appears in a store.
        let problem = FileOperations.system.link(partial, path(key))
        _ = FileOperations.system.remove(partial)
        if let problem, problem != .fileExists { throw failure("\(problem)") }
        return problem == nil
    }

    func attributes(of key: String) throws(ObjectStoreError) -> ObjectAttributes? {
        FileStatus(path(key)).map { ObjectAttributes(key: key, byteCount: $0.byteCount, entityTag: "") }
    }

    func list(_ prefix: String, after key: String?) throws(ObjectStoreError) -> ObjectPage {
        do throws(TensorBoardError) {
            let keys = try DirectoryEntries(directory).eventFiles.map { Self.key($0.string) }
                .filter { $0.hasPrefix(prefix) && $0 > key ?? "" }.sorted()
            return ObjectPage(
                objects: keys.map { ObjectAttributes(key: $0, byteCount: 0, entityTag: "") },
                isTruncated: false
            )
        } catch {
            throw failure(error.description)
        }
    }

    func read(_ key: String, from offset: Int) throws(ObjectStoreError) -> [UInt8] {
        do {
            let file = try FileDescriptor.open(path(key), .readOnly)
            return try file.closeAfter {
                var bytes = [UInt8](repeating: 0, count: FileStatus(path(key))?.byteCount ?? 0)
                let count = try bytes.withUnsafeMutableBytes {
                    try file.read(fromAbsoluteOffset: Int64(offset), into: $0)
                }
                return Array(bytes.prefix(count))
            }
        } catch {
            throw failure("\(error)")
        }
    }

    func delete(_ key: String) throws(ObjectStoreError) { _ = FileOperations.system.remove(path(key)) }

    private func path(_ key: String) -> FilePath {
        directory.appending(String(key.map { $0 == "/" ? "%" : $0 }))
    }

    private static func key(_ name: String) -> String { String(name.map { $0 == "%" ? "/" : $0 }) }

    private func failure(_ reason: String) -> ObjectStoreError { ObjectStoreError(kind: .refused, description: reason) }
}
#endif
