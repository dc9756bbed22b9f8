import CommandLineSupport
import EventFiles
import Synchronization
import SystemPackage

#if ObjectStorage
import TensorBoardObjectStorage
#endif

/// Logs in a store, which commands read from a mirror in the user's cache.
enum StoredLogs {
    /// How often a command that waits for more asks the store, if a listing is one page.
    static let interval = Duration.seconds(5)

    /// Whether an argument is an address rather than a path.
    static func isAddress(_ path: String) -> Bool { path.contains("://") }

    /// Takes what a store that is followed does not answer any more.
    typealias LossReport = @Sendable (String) -> Void

    /// Prints it on standard error.
    static let report: LossReport = { Terminal.standardError.writeProse($0) }

    #if ObjectStorage
    private static let mirrors = Mutex<[String: (mirror: ObjectMirror, isFollowed: Bool)]>([:])

    /// Fetches what is new at an address.
    ///
    /// The second time that a command asks for an address it waits for more: from then on a thread fetches it, so that the
    /// command need not wait for the store.
    ///
    /// - Parameters:
    ///   - address: Of a log directory, a run or an event file.
    ///   - cache: The directory for mirrors; `nil` for the user's cache.
    ///   - isQuiet: Whether no progress is shown.
    ///   - onLoss: Is told, once, when a store that is followed does not answer any more, and when it does again.
    /// - Returns: The path that stands for the address.
    /// - Throws: `TensorBoardError` when the store cannot be read.
    static func fetched(
        _ address: String,
        into cache: String?,
        isQuiet: Bool,
        onLoss: @escaping LossReport
    ) throws -> FilePath {
        if let path = followed(address, onLoss) { return path }
        var options = ObjectMirror.Options()
        options.onIssue = { Terminal.standardError.writeError("\($0)".printable) }
        let mirror = try ObjectMirror.cached(address, in: try cache?.checkedPath(), options: options)
        let progress = FetchProgress(isQuiet: isQuiet)
        try mirror.look { progress.show($0) }
        progress.finish()
        mirrors.withLock { $0[address] = (mirror, false) }
        return mirror.path
    }

    /// The path of an address that was fetched before, whose mirror is followed from now on.
    private static func followed(_ address: String, _ onLoss: @escaping LossReport) -> FilePath? {
        mirrors.withLock { mirrors in
            guard let (mirror, isFollowed) = mirrors[address] else { return nil }
            if !isFollowed {
                mirrors[address] = (mirror, true)
                mirror.startFollowing(every: interval) { _ in
                } onEvent: { event in
                    switch event {
                    case .looked: break
                    case .lost(let error): onLoss("\(error); what was fetched before is shown.".printable)
                    case .regained: onLoss("\(address.printable): the store answers again.")
                    }
                }
            }
            return mirror.path
        }
    }
    #else
    static func fetched(
        _ address: String,
        into cache: String?,
        isQuiet: Bool,
        onLoss: @escaping LossReport
    ) throws -> FilePath {
        throw needsTrait(address)
    }

    /// Says how to build a `tblog` that reads stores.
    static func needsTrait(_ address: String) -> UnusableLogs {
        UnusableLogs(
            "'\(address)' lies in a store, which this tblog cannot read; build it with 'swift build --traits ObjectStorage'"
        )
    }
    #endif
}

#if ObjectStorage
/// Shows how much of what is missing was fetched.
final class FetchProgress: Sendable {
    private let isQuiet: Bool
    private let bar = Mutex<ProgressBar?>(nil)

    init(isQuiet: Bool) { self.isQuiet = isQuiet }

    func show(_ progress: ObjectMirror.Progress) {
        bar.withLock { bar in
            switch progress {
            case .planned(_, let byteCount):
                bar = ProgressBar(total: byteCount, unit: .bytes, label: "fetching", isQuiet: isQuiet)
            case .fetched(let byteCount): bar?.advance(by: byteCount)
            }
        }
    }

    func finish() { bar.withLock { $0?.finish() } }
}
#endif
