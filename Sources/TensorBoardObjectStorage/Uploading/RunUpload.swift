#if ObjectStorage
import EventFiles
import SystemPackage
import TFRecord

/// Brings files into one run of a store, each once and behind all that are there.
///
/// A file goes through four steps: it gets a name that sorts behind every object of the run, the name is written down by
/// renaming the file, the file is stored unless there is an object of that name, the file is removed. A file that is found
/// named may be in the store already: then the object decides.
struct RunUpload {
    private let store: any ObjectStore
    private let location: ObjectLocation
    private let operations: FileOperations
    private let onStep: @Sendable (UploadStep) -> Void
    /// The name behind which the next has to sort; `nil` before the store was asked.
    private var lastName: String?
    /// A name that was taken by another writer's object; to be reported.
    private(set) var takenKey: String?

    init(
        _ store: any ObjectStore,
        _ location: ObjectLocation,
        operations: FileOperations = .system,
        onStep: @escaping @Sendable (UploadStep) -> Void = { _ in }
    ) {
        self.store = store
        self.location = location
        self.operations = operations
        self.onStep = onStep
    }

    /// Uploads a file and removes it from the spool; can be asked again after a failure.
    ///
    /// - Parameter file: The file; it may have got its name in the store when the call fails.
    /// - Throws: ``UploadFailure``.
    mutating func upload(_ file: inout SpooledFile) throws(UploadFailure) {
        takenKey = nil
        let bytes = try read(file.path)
        if file.isLeftOver, file.isNamed {
            if try isStored(bytes, file.name) { return try remove(file) }
            // What was named then need not sort behind what came since.
            try name(&file)
        }
        file.isLeftOver = false
        if !file.isNamed { try name(&file) }
        while !(try put(bytes, file.name)) {
            // A connection that broke may have left it unknown whether the object was stored.
            if try isStored(bytes, file.name) { break }
            takenKey = location.prefix + file.name
            try take(EventFileName.moved(file.name, behind: [file.name]), &file)
        }
        onStep(.stored)
        try remove(file)
        onStep(.removed)
    }

    private mutating func name(_ file: inout SpooledFile) throws(UploadFailure) {
        var names = [lastName].compactMap(\.self)
        if names.isEmpty { names = try lastNames(behind: file.name) }
        try take(EventFileName.moved(file.name, behind: names), &file)
    }

    private mutating func take(_ name: String, _ file: inout SpooledFile) throws(UploadFailure) {
        do throws(Errno) {
            try file.take(name, operations)
        } catch {
            throw .spool(error, file.path)
        }
        lastName = name
        onStep(.named)
    }

    /// The names of the run's event files that sort behind a name: of each page of the listing the last.
    private func lastNames(behind name: String) throws(UploadFailure) -> [String] {
        var names: [String] = []
        var page: ObjectPage
        repeat {
            do throws(ObjectStoreError) {
                let after = location.prefix + (names.last ?? name)
                page = try store.list(location.prefix + EventFileName.prefix, after: after)
            } catch {
                throw .store(error)
            }
            guard let last = page.objects.last else { break }
            names.append(String(last.key.dropFirst(location.prefix.count)))
        } while page.isTruncated
        return names
    }

    private func put(_ bytes: [UInt8], _ name: String) throws(UploadFailure) -> Bool {
        do throws(ObjectStoreError) {
            return try store.putIfAbsent(bytes, at: location.prefix + name)
        } catch {
            throw .store(error)
        }
    }

    /// Whether the store has an object of this name and content.
    ///
    /// Where it keeps no checksum, the content itself is compared.
    private func isStored(_ bytes: [UInt8], _ name: String) throws(UploadFailure) -> Bool {
        let key = location.prefix + name
        do throws(ObjectStoreError) {
            guard let object = try store.attributes(of: key), object.byteCount == bytes.count else { return false }
            if let checksum = object.checksum { return checksum == SecureHash.sha256(bytes).base64 }
            var position = 0
            while position < bytes.count {
                let part = try store.read(key, from: position)
                guard !part.isEmpty, bytes[position...].starts(with: part) else { return false }
                position += part.count
            }
            return true
        } catch {
            throw .store(error)
        }
    }

    private func read(_ path: FilePath) throws(UploadFailure) -> [UInt8] {
        do throws(Errno) {
            return try File.contents(of: path)
        } catch {
            throw error == .noSuchFileOrDirectory ? .lost(path) : .spool(error, path)
        }
    }

    private func remove(_ file: SpooledFile) throws(UploadFailure) {
        if let problem = operations.remove(file.path), problem != .noSuchFileOrDirectory {
            throw .spool(problem, file.path)
        }
    }
}
#endif
