#if ObjectStorage
import EventFiles
import Platform
import Synchronization

/// The downloads of one look, which several threads do.
final class MirrorWork: Sendable {
    /// What came of them.
    struct Outcome: Sendable {
        var entries = NameDictionary<MirrorRecord.Entry>()
        var byteCount = 0
        /// Objects that cannot be mirrored.
        var issues: [(key: String, error: TensorBoardError)] = []
        /// What ended the work.
        var failure: TensorBoardError?
    }

    private let tasks: [MirrorPlan.Task]
    private let store: any ObjectStore
    private let progress = Mutex(Outcome())
    /// For each run, how many of its tasks are done.
    private let done: Mutex<[Int]>
    private let taskEnded = WakeUpSignal()

    init(_ tasks: [MirrorPlan.Task], _ store: any ObjectStore) {
        self.tasks = tasks
        self.store = store
        done = Mutex(Array(repeating: 0, count: 1 + (tasks.last?.run ?? 0)))
    }

    /// What came of all tasks so far.
    var outcome: Outcome { progress.withLock { $0 } }

    /// Does a task, unless the work has failed.
    ///
    /// Tasks are to be begun in their order: each waits for those of its run that come before it, since TensorBoard shows
    /// a point that it reads late in the wrong place or not at all.
    ///
    /// - Parameters:
    ///   - index: The task.
    ///   - fetched: Receives the number of bytes that were fetched since the last call.
    func run(_ index: Int, fetched: @escaping (Int) -> Void) {
        let task = tasks[index]
        defer {
            waitForTurn(task)
            done.withLock { $0[task.run] += 1 }
            taskEnded.signal()
        }
        guard progress.withLock({ $0.failure == nil }) else { return }
        let download = ObjectDownload(
            store: store,
            task: task,
            waitForTurn: { self.waitForTurn(task) },
            progress: { count in
                self.progress.withLock { $0.byteCount += count }
                fetched(count)
            }
        )
        do throws(ObjectDownload.Problem) {
            let entry = try download.run()
            progress.withLock { $0.entries[task.object.key] = entry }
        } catch {
            progress.withLock { $0.add(error, task.object.key) }
        }
    }

    private func waitForTurn(_ task: MirrorPlan.Task) {
        while true {
            let seen = taskEnded.current
            guard done.withLock({ $0[task.run] < task.position }) else { return }
            taskEnded.wait(beyond: seen)
        }
    }
}

extension MirrorWork.Outcome {
    fileprivate mutating func add(_ problem: ObjectDownload.Problem, _ key: String) {
        switch problem {
        case .store(let error):
            switch error.kind {
            // It went after it was listed; the next listing is without it.
            case .notFound: break
            case .temporary: failure = failure ?? TensorBoardError(.cannotRead, error.description)
            // Others may be allowed: some are in an archive, or belong to somebody else.
            case .denied, .refused: issues.append((key, TensorBoardError(.cannotRead, error.description)))
            }
        case .file(let error) where error.code == .foreignFile: issues.append((key, error))
        case .file(let error): failure = failure ?? error
        }
    }
}
#endif
