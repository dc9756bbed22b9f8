import EventFiles
import Platform
import Summaries
import Synchronization
import SystemPackage
import TensorBoardLogs

/// Loads a log directory, and then what is new in it, again and again.
///
/// Each directory and each file that changed within the last hour costs one `stat` a look; at every twelfth look, a minute
/// by default, all files and directories are looked at.
final class LogLoader: Sendable {
    private static let looksUntilAll = 12

    /// One run; only one thread at a time loads it.
    private final class Run: Sendable {
        let loading: Mutex<RunLoading>

        init(_ loading: consuming sending RunLoading) {
            self.loading = Mutex(loading)
        }
    }

    private struct State {
        var runs: [UTF8Key: Run] = [:]
        var directories = DirectoryCache()
        var lookCount = 0
        var isMissing = false
    }

    private let directory: LogDirectory
    private let options: LoadOptions
    private let contents: LogContents
    private let threadCount: Int
    private let state = Mutex(State())

    /// - Parameters:
    ///   - directory: The log directory, which need not be there yet.
    ///   - options: How to load.
    ///   - contents: Takes what is loaded.
    init(_ directory: LogDirectory, options: LoadOptions, into contents: LogContents) {
        self.directory = directory
        self.options = options
        self.contents = contents
        threadCount = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    }

    /// Loads what is new.
    func reload() {
        let began = ContinuousClock.now
        let changed = state.withLock { findChanged(&$0) }
        // A change of last year may be waited for longer than that of this minute.
        let runs = changed.sorted { $0.newest > $1.newest }.map(\.run)
        load(runs)
        options.report(.debug, "\(runs.count.counted("run")) loaded in \(began.duration(to: .now))")
    }

    private func findChanged(_ state: inout State) -> [(run: Run, newest: Int)] {
        let looksAtAll = state.lookCount.isMultiple(of: Self.looksUntilAll)
        state.lookCount += 1
        state.directories.begin(readsAll: looksAtAll)
        var found: [LoggedRun] = []
        do throws(TensorBoardError) {
            found = try directory.runs { path throws(TensorBoardError) in try state.directories.entries(path) }
            state.isMissing = false
        } catch {
            // TensorBoard waits for a directory that is still to be made.
            if !state.isMissing { options.report(.warning, "\(error)") }
            state.isMissing = true
        }
        let names = Set(found.map { UTF8Key($0.name) })
        state.runs = state.runs.filter { names.contains($0.key) }
        contents.keepOnly(names)
        var changed: [(run: Run, newest: Int)] = []
        for run in found {
            let known = state.runs[UTF8Key(run.name)] ?? Run(RunLoading(name: run.name, options: options))
            state.runs[UTF8Key(run.name)] = known
            if let newest = known.loading.withLock({ $0.look(at: run.files, looksAtAll: looksAtAll) }) {
                changed.append((known, newest))
            }
        }
        return changed
    }

    private func load(_ runs: [Run]) {
        ParallelLoop.run(count: runs.count, threadCount: threadCount) { [contents] index in
            runs[index].loading.withLock { $0.load { contents.publish($0) } }
        }
    }
}
