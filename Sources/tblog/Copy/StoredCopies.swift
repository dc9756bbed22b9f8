import Foundation
import SystemPackage
import TensorBoardLogs

#if ObjectStorage
import TensorBoardObjectStorage
#endif

/// Copies that are made in a temporary directory and then stored at an address.
final class StoredCopies {
    /// Where they are made; removed with the object.
    let directory: FilePath
    private let base: String

    #if ObjectStorage
    /// - Throws: `TensorBoardError` if the address makes no sense.
    init(_ address: String) throws {
        base = try ObjectLocation(address).description
        directory = FilePath(FileManager.default.temporaryDirectory.path).appending("tblog-\(UUID().uuidString)")
    }

    /// Stores files of a run.
    ///
    /// - Parameter files: Files below ``directory``, which are removed then.
    /// - Returns: The objects' addresses.
    /// - Throws: `TensorBoardError` if there are event files of the run already, or the store does not take them.
    func store(_ files: [FilePath]) throws -> [String] {
        guard let first = files.first else { return [] }
        let address = address(of: first.removingLastComponent())
        let stored = try ObjectLocation(address).store(files)
        for file in files { try FileManager.default.removeItem(atPath: file.string) }
        return stored.map(\.description)
    }
    #else
    init(_ address: String) throws { throw StoredLogs.needsTrait(address) }

    func store(_ files: [FilePath]) throws -> [String] { [] }
    #endif

    deinit { try? FileManager.default.removeItem(atPath: directory.string) }

    /// The address of a directory below ``directory``.
    func address(of path: FilePath) -> String {
        let below = path.components.dropFirst(directory.components.count)
        return ([base] + below.map(\.string)).joined(separator: "/")
    }
}
