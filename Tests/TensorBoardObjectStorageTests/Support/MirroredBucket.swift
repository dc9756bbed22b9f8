#if ObjectStorage
import EventFiles
import Synchronization
import SystemPackage
import TestSupport

@testable import TensorBoardObjectStorage

/// A bucket of the real server and a directory to mirror it to.
struct MirroredBucket {
    let store: S3Store
    let directory: TemporaryDirectory
    let options: StoreOptions

    init() async throws {
        options = try await .shared()
        store = try S3Store(bucket: try await ObjectServer.shared().makeBucket(), options)
        directory = try TemporaryDirectory()
    }

    /// Where mirrors are made.
    var path: FilePath { directory.appending("mirror") }

    /// Stores an object, in place of one of that name.
    func put(_ bytes: [UInt8], at key: String) throws {
        try store.delete(key)
        _ = try store.putIfAbsent(bytes, at: key)
    }

    /// A mirror of what is below a key.
    func mirror(
        _ key: String = "",
        _ change: (inout ObjectMirror.Options) -> Void = { _ in }
    ) throws -> ObjectMirror {
        var mirrorOptions = ObjectMirror.Options()
        mirrorOptions.store = options
        change(&mirrorOptions)
        return try ObjectMirror("s3://\(store.bucket)/\(key)", to: path, options: mirrorOptions)
    }

    /// The names of files below the mirror, without what it keeps for itself.
    var files: [String] { path.filesBelow.filter { !$0.hasPrefix(".") } }
}

extension FilePath {
    /// The paths of all files below, relative to this one, sorted.
    var filesBelow: [String] {
        entries.flatMap { name in
            let below = appending(name).filesBelow
            return below.isEmpty ? [name] : below.map { "\(name)/\($0)" }
        }
    }
}

/// Keeps what it is told.
final class Collected<Element: Sendable>: Sendable {
    private let kept = Mutex<[Element]>([])

    var all: [Element] { kept.withLock { $0 } }

    func append(_ element: Element) { kept.withLock { $0.append(element) } }
}
#endif
