import EventFiles
import Platform
import SystemPackage
public import TFRecord

/// A directory with the checkpoints of one training, named after their steps.
///
/// ```swift
/// let checkpoints = CheckpointDirectory("logs/run1/checkpoints", keeping: 3)
/// try checkpoints.save(Checkpoint(of: session, step: step))
/// try checkpoints.latest()?.restore(to: session)
/// ```
///
/// Files of other names are left alone. TensorBoard does not read checkpoints, so they may stand inside a log directory.
public struct CheckpointDirectory: Sendable {
    /// A checkpoint's file.
    public struct Entry: Sendable, Hashable {
        /// The step at which it was saved.
        public let step: Int
        /// The file, for ``Checkpoint/init(path:)``.
        public let path: FilePath
    }

    /// The directory; it need not exist before something is saved.
    public let path: FilePath
    /// How many of the newest checkpoints stay when one is saved; `nil` for all.
    public let keptCount: Int?

    private let problem: String?
    private static let prefix = "checkpoint-"
    private static let suffix = ".tfrecord"

    /// Names a directory.
    ///
    /// - Parameters:
    ///   - path: The directory; it need not exist.
    ///   - keptCount: How many of the newest checkpoints stay when one is saved, 1 or more; `nil` for all.
    public init(_ path: some PathConvertible, keeping keptCount: Int? = 5) {
        self.path = path.filePath
        problem = path.pathProblem
        self.keptCount = keptCount.map { max(1, $0) }
    }

    /// The checkpoints that are there, those of lower steps first.
    ///
    /// - Throws: ``CheckpointError/Code/cannotRead`` if the directory exists but cannot be read.
    public func entries() throws(CheckpointError) -> [Entry] {
        try checkPath()
        guard let stream = path.withPlatformString({ opendir($0) }) else {
            let problem = Errno(rawValue: errno)
            if problem == .noSuchFileOrDirectory { return [] }
            throw CheckpointError(
                .cannotRead,
                "the directory cannot be read; check the path and the permissions",
                path: path,
                errno: problem
            )
        }
        defer { closedir(stream) }
        var entries: [Entry] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            guard name.hasPrefix(Self.prefix), name.hasSuffix(Self.suffix),
                let step = Int(name.dropFirst(Self.prefix.count).dropLast(Self.suffix.count)),
                name == Self.name(step)
            else { continue }
            entries.append(Entry(step: step, path: path.appending(name)))
        }
        return entries.sorted { $0.step < $1.step }
    }

    /// Reads the checkpoint of the highest step.
    ///
    /// - Returns: The checkpoint; `nil` if there is none.
    /// - Throws: ``CheckpointError`` if it cannot be read; ``entries()`` has those before it.
    public func latest() throws(CheckpointError) -> Checkpoint? {
        guard let newest = try entries().last else { return nil }
        return try Checkpoint(path: newest.path)
    }

    /// Writes a checkpoint under the name of its step, and removes the oldest ones that are too many.
    ///
    /// Checkpoints of higher steps, which a training left that was begun again earlier, count as the newest.
    ///
    /// - Parameter checkpoint: What to save.
    /// - Returns: Its file.
    /// - Throws: ``CheckpointError/Code/cannotWrite``; what was saved before is there still.
    @discardableResult
    public func save(_ checkpoint: Checkpoint) throws(CheckpointError) -> Entry {
        try checkPath()
        do throws(TensorBoardError) {
            _ = try RunDirectory.makeDirectories(path)
        } catch {
            throw CheckpointError(.cannotWrite, error.message, path: path, errno: error.errno)
        }
        let entry = Entry(step: checkpoint.step, path: path.appending(Self.name(checkpoint.step)))
        try checkpoint.write(to: entry.path)
        if let keptCount {
            for old in try entries().dropLast(keptCount) where old != entry {
                // One that cannot be removed takes room, no more.
                _ = FileOperations.system.remove(old.path)
            }
        }
        return entry
    }

    /// Removes the checkpoints above a step, which a training that begins again there must not find later.
    ///
    /// - Parameter step: The highest step that stays.
    /// - Throws: ``CheckpointError/Code/cannotWrite`` if one cannot be removed.
    public func removeAll(above step: Int) throws(CheckpointError) {
        for entry in try entries() where entry.step > step {
            if let problem = FileOperations.system.remove(entry.path) {
                throw CheckpointError(
                    .cannotWrite,
                    "the checkpoint cannot be removed; check the permissions",
                    path: entry.path,
                    errno: problem
                )
            }
        }
    }

    private func checkPath() throws(CheckpointError) {
        if let problem { throw CheckpointError(.cannotRead, problem, path: path) }
    }

    private static func name(_ step: Int) -> String { "\(prefix)\(step)\(suffix)" }
}
