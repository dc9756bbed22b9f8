#if ObjectStorage
import EventFiles
import Platform
import SystemPackage

/// Brings the file of one object up to date.
struct ObjectDownload {
    /// Why a file is not up to date.
    enum Problem: Error {
        case store(ObjectStoreError)
        /// A file could not be written, or one that the mirror did not make is in the way.
        case file(TensorBoardError)
    }

    /// An object has grown if so many bytes before its old end are the same.
    private static let comparedByteCount = 64

    let store: any ObjectStore
    let task: MirrorPlan.Task
    /// Waits until the files before it are visible; called before the first change that a reader sees.
    let waitForTurn: () -> Void
    /// Receives the number of bytes that were fetched since the last call.
    let progress: (Int) -> Void

    private var key: String { task.object.key }
    private var byteCount: Int { task.object.byteCount }

    /// Fetches what is missing.
    ///
    /// - Returns: What the mirror now holds.
    func run() throws(Problem) -> MirrorRecord.Entry {
        if case .behind(let length) = task.start, length > 0, let end = try append(behind: length) {
            return entry(end)
        }
        let status = FileStatus(task.file)
        guard task.isOwn || status == nil || status?.byteCount == 0 else {
            throw .file(
                TensorBoardError(
                    .foreignFile,
                    "the file is not the mirror's, and not as the object s3://…/\(key); move it away",
                    path: task.file
                )
            )
        }
        return entry(try replace())
    }

    private func entry(_ end: Int) -> MirrorRecord.Entry {
        // Shorter than was listed, it is another object by now.
        MirrorRecord.Entry(byteCount: end, entityTag: end == byteCount ? task.object.entityTag : "")
    }

    /// The bytes from an offset on, no more than were listed: the next look is to find what came since.
    private func read(from offset: Int) throws(Problem) -> ArraySlice<UInt8> {
        guard offset < byteCount else { return [] }
        do throws(ObjectStoreError) {
            return try store.read(key, from: offset).prefix(byteCount - offset)
        } catch {
            throw .store(error)
        }
    }

    /// Adds what is new to the file.
    ///
    /// - Returns: The file's length; `nil` if the object does not go on from there.
    private func append(behind length: Int) throws(Problem) -> Int? {
        let begin = max(0, length - Self.comparedByteCount)
        guard let end = lastBytes(from: begin, to: length) else { return nil }
        var part = try read(from: begin)
        guard part.starts(with: end) else { return nil }
        part = part.dropFirst(end.count)
        var length = length
        waitForTurn()
        while !part.isEmpty {
            let (bytes, offset) = (Array(part), length)
            try write { () throws(Errno) in
                let file = try Self.open(task.file, .writeOnly)
                defer { try? file.close() }
                let problem = bytes.withUnsafeBytes {
                    FileOperations.system.writeAll($0, to: file, at: Int64(offset)).problem
                }
                guard let problem else { return }
                // Half a part would be verified by its last bytes and be found right.
                _ = FileOperations.system.truncate(file, Int64(offset))
                throw problem
            }
            length += bytes.count
            progress(bytes.count)
            part = try read(from: length)
        }
        return length
    }

    /// Writes the object to a new file that takes the place of the old one.
    ///
    /// - Returns: The file's length.
    private func replace() throws(Problem) -> Int {
        do throws(TensorBoardError) {
            _ = try RunDirectory.makeDirectories(task.file.removingLastComponent())
        } catch {
            throw .file(error)
        }
        var file: ReplacementFile
        do throws(Errno) {
            // What a killed process left under that name is deleted: the lock of the directory is held.
            file = try ReplacementFile(task.file, permissionsOf: task.file, temporaryName: .fixed)
        } catch {
            throw .file(.mirroring(task.file, error))
        }
        var length = 0
        while true {
            let part = try read(from: length)
            guard !part.isEmpty else { break }
            do throws(Errno) { try file.append(Array(part)) } catch { throw .file(.mirroring(task.file, error)) }
            length += part.count
            progress(part.count)
        }
        waitForTurn()
        do throws(Errno) { try file.complete(synchronizes: false) } catch { throw .file(.mirroring(task.file, error)) }
        return length
    }

    private func write(_ body: () throws(Errno) -> Void) throws(Problem) {
        do throws(Errno) { try body() } catch { throw .file(.mirroring(task.file, error)) }
    }

    private func lastBytes(from begin: Int, to end: Int) -> [UInt8]? {
        guard let file = try? Self.open(task.file, .readOnly) else { return nil }
        defer { try? file.close() }
        var bytes = [UInt8](repeating: 0, count: end - begin)
        let count = bytes.withUnsafeMutableBytes { try? FileOperations.system.read(file, $0, Int64(begin)).get() }
        return count == bytes.count ? bytes : nil
    }

    private static func open(_ path: FilePath, _ mode: FileDescriptor.AccessMode) throws(Errno) -> FileDescriptor {
        do {
            return try FileDescriptor.open(path, mode, options: [.closeOnExec, .noFollow])
        } catch {
            throw error as? Errno ?? .ioError
        }
    }
}
#endif
