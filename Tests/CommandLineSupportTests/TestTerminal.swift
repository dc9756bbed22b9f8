import CommandLineSupport
import Synchronization

/// A terminal that keeps what is written, and a clock that stands still until it is moved.
final class TestTerminal: Sendable {
    private let writes = Mutex<[String]>([])
    private let now = Mutex(Duration.zero)
    private let width: Atomic<Int>

    init(width: Int = 80) {
        self.width = Atomic(width)
    }

    var written: [String] { writes.withLock { $0 } }

    func resize(to columns: Int) {
        width.store(columns, ordering: .relaxed)
    }

    func wait(_ duration: Duration) {
        now.withLock { $0 += duration }
    }

    func elapsed() -> Duration {
        now.withLock { $0 }
    }

    func terminal(isInteractive: Bool = true, allowsColor: Bool = false, isASCII: Bool = false) -> Terminal {
        Terminal(
            isInteractive: isInteractive,
            allowsColor: allowsColor,
            isASCII: isASCII,
            width: { self.width.load(ordering: .relaxed) },
            output: { text in self.writes.withLock { $0.append(text) } }
        )
    }
}
