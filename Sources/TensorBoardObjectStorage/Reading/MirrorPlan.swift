#if ObjectStorage
import EventFiles
import Summaries
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
    private(set) var files = NameDictionary<FilePath>()
    /// Objects that no file can stand for, with the reason.
    private(set) var skipped: [(key: String, reason: String)] = []

    /// - Parameters:
    ///   - objects: All that the store listed.
    ///   - location: What is mirrored; of its key nothing becomes a path, but the last part if it is an event file.
    ///   - directory: The mirror.
    ///   - record: What the mirror holds.
    init(_ objects: [ObjectAttributes], at location: ObjectLocation, in directory: FilePath, _ record: MirrorRecord) {
        var runs = NameDictionary<[Task]>()
        for object in objects where ObjectLocation.eventFileName(of: object.key) != nil {
            guard let name = Self.name(of: object.key, at: location) else { continue }
            guard let file = Self.file(name, in: directory) else {
                skipped.append((object.key, "no file can have this name"))
                continue
            }
            files[object.key] = file
            guard let task = Self.task(object, file, record.entries[object.key]) else { continue }
            runs[file.removingLastComponent().string, default: []].append(task)
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

    /// What of an object's name becomes a path; `nil` if the object is not below the address.
    private static func name(of key: String, at location: ObjectLocation) -> Substring.UTF8View? {
        // As bytes, like every name: an accent behind a slash would be one character with it.
        if UTF8Key(key) == UTF8Key(location.key) { return Substring(location.eventFileName ?? "").utf8 }
        guard key.utf8.starts(with: location.prefix.utf8) else { return nil }
        return Substring(key).utf8.dropFirst(location.prefix.utf8.count)
    }

    /// The file of a name, never outside of the directory.
    ///
    /// - Returns: `nil` if a part of the name is empty, `.`, `..`, holds a zero or is longer than file systems allow.
    private static func file(_ name: Substring.UTF8View, in directory: FilePath) -> FilePath? {
        var file = directory
        for part in name.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
            guard part.count <= 255, !part.contains(0), let component = FilePath.Component(String(Substring(part))),
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

extension ObjectLocation {
    /// The last part of the key, if it is one of a file that TensorBoard reads; a directory may be called so, too.
    var eventFileName: String? { Self.eventFileName(of: key) }

    /// The last part of an object's name, if TensorBoard reads it.
    static func eventFileName(of key: String) -> String? {
        let name = key.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).last
        return name.map { String(Substring($0)) }.flatMap { $0.contains(EventFileName.mark) ? $0 : nil }
    }
}
#endif
