import Summaries
import Synchronization

/// What is kept of the log directory, shared by the threads that load it and those that answer.
final class LogContents: Sendable {
    private let runs = Mutex<[UTF8Key: RunContents]>([:])

    /// The runs as they are now, in the order of their names.
    var snapshot: [RunContents] {
        runs.withLock { Array($0.values) }.sorted { $0.name < $1.name }
    }

    /// A run as it is now; `nil` if there is none of that name.
    subscript(name: UTF8Key) -> RunContents? {
        runs.withLock { $0[name] }
    }

    /// Publishes what is known of a run.
    func publish(_ run: RunContents) {
        // Freed outside of the lock: it may be much.
        let old = runs.withLock { $0.updateValue(run, forKey: run.name) }
        _ = consume old
    }

    /// Removes the runs that are not there any more.
    func keepOnly(_ names: Set<UTF8Key>) {
        runs.withLock { runs in
            for name in runs.keys where !names.contains(name) { runs[name] = nil }
        }
    }
}
