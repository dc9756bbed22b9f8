import Synchronization

/// A loop whose rounds run on several threads.
package enum ParallelLoop {
    /// Runs every round, on so many threads, this one among them, and waits for all of them.
    ///
    /// Each thread takes the next round, so rounds begin in their order.
    ///
    /// - Parameters:
    ///   - count: How many rounds there are.
    ///   - threadCount: The most threads.
    ///   - body: Is given the number of the round.
    package static func run(count: Int, threadCount: Int, _ body: @escaping @Sendable (Int) -> Void) {
        let rounds = Rounds(count: count, body)
        for _ in 1..<max(1, min(threadCount, count)) { rounds.startThread() }
        rounds.takeAll()
        rounds.waitForThreads()
    }

    private final class Rounds: Sendable {
        private let count: Int
        private let body: @Sendable (Int) -> Void
        private let next = Atomic(0)
        private let threadsAtWork = Atomic(0)
        private let threadEnded = WakeUpSignal()

        init(count: Int, _ body: @escaping @Sendable (Int) -> Void) {
            self.count = count
            self.body = body
        }

        func startThread() {
            threadsAtWork.add(1, ordering: .sequentiallyConsistent)
            let status = BackgroundThread.start { [self] in
                takeAll()
                threadsAtWork.subtract(1, ordering: .sequentiallyConsistent)
                threadEnded.signal()
            }
            // The threads that there are do the work.
            if status != 0 { threadsAtWork.subtract(1, ordering: .sequentiallyConsistent) }
        }

        func takeAll() {
            while true {
                let index = next.add(1, ordering: .relaxed).oldValue
                guard index < count else { return }
                body(index)
            }
        }

        func waitForThreads() {
            while true {
                let seen = threadEnded.current
                guard threadsAtWork.load(ordering: .sequentiallyConsistent) > 0 else { return }
                threadEnded.wait(beyond: seen)
            }
        }
    }
}
