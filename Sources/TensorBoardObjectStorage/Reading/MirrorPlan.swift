#if ObjectStorage
import EventFiles
import SystemPackage

/// What a look at a store found to be done in a mirror.
struct MirrorPlan {
    /// An object whose file is to be brought up to date.
    struct Task: Sendable {
        /// How much of the file there may stay.
        enum Start: Sendable, Hashable {
            /// Nothing: there is no file, or another one.
            case anew
            /// So many bytes, if the last of them are those of the object.
            case behind(byteCount: Int)
        }

        var object: ObjectAttributes
        var file: FilePath
        var start: Start
        /// Whether the file was made by the mirror, so that it may be replaced.
        var isOwn: Bool
        /// Counts runs; the files of one become visible in their order.
        var run: Int
        /// Counts the tasks of the run.
        var position: Int
    }

    /// The run that was written last comes first, the files of a run in the order in which TensorBoard reads them.
    private(set) var tasks: [Task] = []
    /// Every event file below the address by its name in the store.
    private(set) var files: [String: FilePath] = [:]
    /// Objects that no file can stand for, with the reason.
    private(set) var skipped: [(key: String, reason: String)] = []

    /// - Parameters:
    ///   - objects: All that the store listed.
    ///   - prefix: What stands before the part of a name that becomes a path.
    ///   - directory: The mirror.
    ///   - record: What the mirror holds.
    init(_ objects: [ObjectAttributes], below prefix: String, in directory: FilePath, _ record: MirrorRecord) {
        var runs: [String: [Task]] = [:]
        for object in objects where Self.isEventFile(object.key) {
            let name = object.key.dropFirst(prefix.count)
            guard let file = Self.file(name, in: directory) else {
                skipped.append((object.key, "no file can have this name"))
                continue
            }
            files[object.key] = file
            guard let task = Self.task(object, file, record.entries[object.key]) else { continue }
            let end = name.lastIndex(of: "/") ?? name.startIndex
            runs[String(name[..<end]), default: []].append(task)
        }
        let ordered = runs.values.map { $0.sorted { $0.file.precedes($1.file) } }
            .sorted { one, other in
                // Names begin with the time.
                guard let last = one.last?.file, let otherLast = other.last?.file else { return false }
                return otherLast.precedes(last)
            }
        for (run, tasks) in ordered.enumerated() {
            for (position, var task) in tasks.enumerated() {
                (task.run, task.position) = (run, position)
                self.tasks.append(task)
            }
        }
    }

    /// Whether TensorBoard reads an object of this name.
    private static func isEventFile(_ key: String) -> Bool {
        key.split(separator: "/", omittingEmptySubsequences: false).last?.contains(EventFileName.mark) == true
    }

    /// The file of a name, never outside of the directory.
    ///
    /// - Returns: `nil` if a part of the name is empty, `.`, `..`, holds a zero or is longer than file systems allow.
    private static func file(_ name: Substring, in directory: FilePath) -> FilePath? {
        var file = directory
        for part in name.split(separator: "/", omittingEmptySubsequences: false) {
            guard part.utf8.count <= 255, !part.utf8.contains(0), let component = FilePath.Component(String(part)),
                component.kind == .regular
            else { return nil }
            file.append(component)
        }
        return file
    }

    /// What is to be done for an object; `nil` if its file is up to date.
    private static func task(_ object: ObjectAttributes, _ file: FilePath, _ entry: MirrorRecord.Entry?) -> Task? {
        func task(_ start: Task.Start) -> Task {
            Task(object: object, file: file, start: start, isOwn: entry != nil, run: 0, position: 0)
        }
        guard let status = FileStatus(file) else { return task(.anew) }
        if status.byteCount == object.byteCount, let entry {
            return entry.entityTag == object.entityTag ? nil : task(.anew)
        }
        // Longer than known as well: a process may have been killed before it wrote the record.
        return task(status.byteCount <= object.byteCount ? .behind(byteCount: status.byteCount) : .anew)
    }
}
#endif
