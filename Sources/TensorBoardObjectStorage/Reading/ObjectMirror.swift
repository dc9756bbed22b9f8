#if ObjectStorage
public import EventFiles
import Platform
import Synchronization
public import SystemPackage
public import TFRecord

/// A directory that holds the event files below an address in a store, and is brought up to date look by look.
///
/// ```swift
/// let mirror = try ObjectMirror("s3://bucket/logs", to: "logs")
/// try mirror.look()
/// for run in try LogDirectory("logs").runs() { print(run.name) }
/// ```
///
/// A look lists the objects once and fetches what is new: new objects, and of an object that has grown the bytes behind
/// its old end. Objects that TensorBoard does not read are left where they are. Only one mirror at a time may have a
/// directory.
public final class ObjectMirror: Sendable {
    /// How to mirror.
    public struct Options: Sendable {
        /// How to reach the store.
        public var store = StoreOptions()
        /// Whether the files of objects that are gone are removed; only after a look at everything.
        public var removesMissing = true
        /// How many objects are fetched at once; each takes up to 8 MiB of memory.
        public var downloadCount = 8
        /// Is told of each object that cannot be mirrored, once; called on threads of the mirror.
        public var onIssue: @Sendable (TensorBoardError) -> Void = { _ in }

        /// The options that suit most logs.
        public init() {}
    }

    /// What a look found and did.
    public struct Look: Sendable, Hashable {
        /// The pages of 1,000 objects that were listed.
        public internal(set) var pageCount = 0
        /// The event files below the address.
        public internal(set) var eventFileCount = 0
        /// The objects of which something was fetched.
        public internal(set) var fetchedObjectCount = 0
        /// The bytes that were fetched.
        public internal(set) var fetchedByteCount = 0
        /// The files that were removed.
        public internal(set) var removedFileCount = 0
    }

    /// How far a look is.
    public enum Progress: Sendable, Hashable {
        /// What is to be fetched is known.
        case planned(objectCount: Int, byteCount: Int)
        /// So many bytes more were fetched; there may be new files.
        case fetched(byteCount: Int)
    }

    private struct State {
        var record: MirrorRecord
        /// What was reported, so that it is reported once.
        var reported: Set<String> = []
    }

    /// What is mirrored.
    public let location: ObjectLocation
    /// Where it is mirrored to.
    public let directory: FilePath
    let pause = MirrorPause()

    private let store: any ObjectStore
    private let options: Options
    private let lock: RunLock?
    /// Held during a look.
    private let state: Mutex<State>

    /// Takes a directory for a mirror; nothing is asked of the store yet.
    ///
    /// - Parameters:
    ///   - address: `s3://bucket`, or that with a path behind; of a directory of runs, a run or an event file.
    ///   - directory: Where to mirror it to; made if it is missing.
    ///   - options: How to mirror.
    /// - Throws: `TensorBoardError` if the address or an option makes no sense (`invalidOption`), the directory cannot be
    ///   made (`cannotCreate`), mirrors something else (`invalidOption`), or another mirror or writer is at work in it
    ///   (`concurrentWriters`).
    public convenience init(
        _ address: String,
        to directory: some PathConvertible,
        options: Options = Options()
    ) throws(TensorBoardError) {
        let location = try ObjectLocation(address)
        try self.init(
            location,
            at: try StoreSettings(options.store).storeName,
            in: try S3Store(bucket: location.bucket, options.store),
            to: try directory.usablePath(),
            options
        )
    }

    /// Takes a directory for a mirror of any store, whose name tells equal addresses in several stores apart.
    init(
        _ location: ObjectLocation,
        at storeName: String,
        in store: any ObjectStore,
        to directory: FilePath,
        _ options: Options
    ) throws(TensorBoardError) {
        _ = try RunDirectory.makeDirectories(directory)
        switch RunLock.take(directory) {
        case .taken(let lock): self.lock = lock
        // Some file systems have no locks.
        case .unavailable: lock = nil
        case .heldByOther:
            throw TensorBoardError(
                .concurrentWriters,
                "another mirror or writer is at work in the directory; choose another directory, or end that one",
                path: directory
            )
        }
        self.location = location
        self.directory = directory
        self.store = store
        self.options = options
        state = Mutex(State(record: try MirrorRecord(of: directory, source: "\(location) at \(storeName)")))
    }

    /// What stands for the address: the directory, or a file in it if the address is that of an event file.
    public var path: FilePath {
        guard let name = location.eventFileName else { return directory }
        let file = directory.appending(name)
        return FileStatus(file)?.isRegular == true ? file : directory
    }

    /// Lists the objects and fetches what is new.
    ///
    /// - Parameter progress: Is told how far the look is; called on threads of the mirror.
    /// - Returns: What was found and done.
    /// - Throws: `TensorBoardError` if the store cannot be asked (`cannotRead`) or a file not be written (`cannotWrite`);
    ///   what was fetched until then stays, and the next look goes on from there.
    @discardableResult
    public func look(progress: @escaping @Sendable (Progress) -> Void = { _ in }) throws(TensorBoardError) -> Look {
        try state.withLock { state throws(TensorBoardError) in
            var look = Look()
            let objects = try list(&look)
            let plan = MirrorPlan(objects, at: location, in: directory, state.record)
            look.eventFileCount = plan.files.count
            for (key, reason) in plan.skipped {
                report(
                    TensorBoardError(.cannotRead, "s3://\(location.bucket)/\(key): \(reason); rename it"),
                    key,
                    &state
                )
            }
            let before = state.record.entries
            defer { if state.record.entries != before { save(&state) } }
            try fetch(plan.tasks, &state, &look, progress)
            if options.removesMissing { removeMissing(plan.files, &state, &look) }
            return look
        }
    }

    private func list(_ look: inout Look) throws(TensorBoardError) -> [ObjectAttributes] {
        var objects: [ObjectAttributes] = []
        // What may be an event file lists itself too, and whatever begins with its name.
        let prefix = location.eventFileName == nil ? location.prefix : location.key
        var isComplete = false
        while !isComplete {
            do throws(ObjectStoreError) {
                let page = try store.list(prefix, after: objects.last?.key)
                look.pageCount += 1
                objects += page.objects
                isComplete = !page.isTruncated
                guard isComplete || !page.objects.isEmpty else {
                    throw ObjectStoreError(
                        kind: .refused,
                        description: "the listing of \(location) does not come to an end"
                    )
                }
            } catch {
                throw TensorBoardError(.cannotRead, error.description)
            }
        }
        return objects
    }

    /// Fetches objects, several at a time, until all are there or the store or the disk fails.
    private func fetch(
        _ tasks: [MirrorPlan.Task],
        _ state: inout State,
        _ look: inout Look,
        _ progress: @escaping @Sendable (Progress) -> Void
    ) throws(TensorBoardError) {
        guard !tasks.isEmpty else { return }
        let missing = tasks.reduce(0) { sum, task in
            if case .behind(let byteCount) = task.start { return sum + task.object.byteCount - byteCount }
            return sum + task.object.byteCount
        }
        progress(.planned(objectCount: tasks.count, byteCount: missing))
        let work = MirrorWork(tasks, store)
        ParallelLoop.run(count: tasks.count, threadCount: options.downloadCount) { index in
            work.run(index) { progress(.fetched(byteCount: $0)) }
        }
        let outcome = work.outcome
        for (key, entry) in outcome.entries { state.record.entries[key] = entry }
        look.fetchedObjectCount = outcome.entries.count
        look.fetchedByteCount = outcome.byteCount
        for (key, error) in outcome.issues { report(error, key, &state) }
        if let failure = outcome.failure { throw failure }
    }

    private func removeMissing(_ files: NameDictionary<FilePath>, _ state: inout State, _ look: inout Look) {
        let gone = state.record.entries.keys.filter { files[$0] == nil }
        guard !gone.isEmpty else { return }
        let plan = MirrorPlan(
            gone.map { ObjectAttributes(key: $0, byteCount: 0, entityTag: "") },
            at: location,
            in: directory,
            state.record
        )
        for key in gone {
            state.record.entries[key] = nil
            guard let file = plan.files[key], FileOperations.system.remove(file) == nil else { continue }
            look.removedFileCount += 1
            var parent = file.removingLastComponent()
            // Stops at the first that holds something.
            while parent != directory, parent.withPlatformString({ rmdir($0) }) == 0 { parent.removeLastComponent() }
        }
    }

    private func save(_ state: inout State) {
        do throws(TensorBoardError) {
            try state.record.write(to: directory)
        } catch {
            // The next process looks at the files instead.
            report(error, "", &state)
        }
    }

    private func report(_ error: TensorBoardError, _ key: String, _ state: inout State) {
        guard state.reported.insert(key).inserted else { return }
        options.onIssue(error)
    }
}
#endif
