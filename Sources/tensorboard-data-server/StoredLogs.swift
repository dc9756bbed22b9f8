import DataServer
import Synchronization
import TensorBoardLogs

#if ObjectStorage
import TensorBoardObjectStorage
#endif

/// A log directory in a store, which the server reads from a mirror in the user's cache.
struct StoredLogs {
    /// Whether a log directory is an address rather than a path.
    static func isAddress(_ logDirectory: String) -> Bool { logDirectory.contains("://") }

    #if ObjectStorage
    private let mirror: ObjectMirror
    private let log: ServerLog

    /// Prepares the mirror; nothing is asked of the store yet.
    ///
    /// - Parameters:
    ///   - address: The log directory.
    ///   - cache: The directory for mirrors; `nil` for the user's cache.
    ///   - log: Takes what cannot be mirrored.
    /// - Throws: `TensorBoardError` if the address makes no sense or there is no place for the mirror.
    init(_ address: String, cache: String?, _ log: ServerLog) throws {
        var options = ObjectMirror.Options()
        options.onIssue = { log.write(.warning, "\($0)") }
        mirror = try ObjectMirror.cached(address, in: cache, options: options)
        self.log = log
    }

    /// Where the server finds what is mirrored.
    var directory: LogDirectory { LogDirectory(mirror.directory) }

    /// Fetches what is new, before a server starts that looks only once.
    func fetchOnce() {
        do {
            log.write(.info, "\(mirror.location): \(try mirror.look())")
        } catch {
            log.write(.warning, "\(error)")
        }
    }

    /// Fetches what is new from now on, and has the server look at it.
    ///
    /// What the cache held before is shown meanwhile, and while the store does not answer.
    func follow(every interval: Duration, for server: DataServer) {
        let pace = LookPace()
        mirror.startFollowing(every: interval) { progress in
            if case .fetched = progress, pace.isDue() { server.lookNow() }
        } onEvent: { [log, mirror] event in
            switch event {
            case .looked(let look):
                log.write(.info, "\(mirror.location): \(look)")
                if look.fetchedObjectCount + look.removedFileCount > 0 { server.lookNow() }
            case .lost(let error): log.write(.warning, "\(error); what was fetched before is shown")
            case .regained: log.write(.warning, "\(mirror.location): the store answers again")
            }
        }
    }

    /// Lets a look at what was fetched so far pass once a second.
    private final class LookPace: Sendable {
        private let last = Mutex(ContinuousClock.now)

        func isDue() -> Bool {
            last.withLock { last in
                guard last.duration(to: .now) > .seconds(1) else { return false }
                last = .now
                return true
            }
        }
    }
    #else
    init(_ address: String, cache: String?, _ log: ServerLog) throws { throw NeedsTrait(address: address) }

    var directory: LogDirectory { LogDirectory("") }
    func fetchOnce() {}
    func follow(every interval: Duration, for server: DataServer) {}

    private struct NeedsTrait: Error, CustomStringConvertible {
        let address: String

        var description: String {
            "'\(address)' lies in a store, which this server cannot read; build it with 'swift build --traits "
                + "ObjectStorage', or start TensorBoard with --load_fast=false"
        }
    }
    #endif
}
