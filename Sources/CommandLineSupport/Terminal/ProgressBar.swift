import Synchronization

/// A line on standard error that shows how far some work is.
///
/// ```swift
/// let bar = ProgressBar(total: 10_001, label: "run1")
/// for step in 0..<10_001 { train(step); bar.advance() }
/// bar.finish()
/// ```
///
/// Any number of threads may share a bar. It is drawn ten times a second at most, and not at all when standard error is
/// not a terminal or when it is to be quiet; an ``advance(by:)`` that draws nothing takes some 50 ns.
package final class ProgressBar: Sendable {
    /// What the work is counted in.
    package enum Unit: Sendable {
        /// Pieces of any kind: `4,200/10,001`.
        case pieces
        /// Bytes: `1.2 GB/4.3 GB`.
        case bytes
    }

    private enum Phase {
        case hidden
        case drawn
        case finished
    }

    private let total: Int
    private let unit: Unit
    private let label: String
    private let terminal: Terminal
    private let isActive: Bool
    private let elapsed: @Sendable () -> Duration

    private let completed = Atomic<Int>(0)
    /// When the line may be drawn again, in milliseconds of `elapsed`.
    private let nextDraw = Atomic<Int>(ProgressBar.millisecondsBetweenDraws)
    private let phase = Mutex(Phase.hidden)

    private static let millisecondsBetweenDraws = 100

    /// Creates a bar; it shows up when the work takes longer than a tenth of a second.
    ///
    /// - Parameters:
    ///   - total: How much work there is in all.
    ///   - unit: What it is counted in.
    ///   - label: What is being done.
    ///   - terminal: Where it is drawn.
    ///   - isQuiet: Whether nothing is to be drawn.
    ///   - elapsed: Returns the time since the work began.
    package init(
        total: Int,
        unit: Unit = .pieces,
        label: String = "",
        terminal: Terminal = .standardError,
        isQuiet: Bool = false,
        elapsed: @escaping @Sendable () -> Duration = timeSinceNow()
    ) {
        self.total = total
        self.unit = unit
        self.label = label
        self.terminal = terminal
        self.elapsed = elapsed
        isActive = terminal.isInteractive && !isQuiet
    }

    deinit {
        finish()
    }

    /// Counts work that was done.
    package func advance(by count: Int = 1) {
        guard isActive else { return }
        completed.wrappingAdd(count, ordering: .relaxed)
        guard isDue() else { return }
        // A thread that finds another one drawing has nothing to add.
        phase.withLockIfAvailable { phase in
            guard phase != .finished, isDue() else { return }
            nextDraw.store(milliseconds() + Self.millisecondsBetweenDraws, ordering: .relaxed)
            terminal.write("\r" + line() + Self.eraseToEnd)
            phase = .drawn
        }
    }

    /// Prints a line of text above the bar.
    ///
    /// - Parameters:
    ///   - text: The text, without a line break at its end.
    ///   - output: Where it goes, whether the bar is drawn or not.
    package func print(_ text: String, to output: Terminal = .standardOutput) {
        phase.withLock { phase in
            if phase == .drawn { terminal.write(Self.eraseLine) }
            output.write(text + "\n")
            if phase == .drawn { terminal.write(line()) }
        }
    }

    /// Removes the bar from the screen.
    package func finish() {
        phase.withLock { phase in
            if phase == .drawn { terminal.write(Self.eraseLine) }
            phase = .finished
        }
    }

    private static let eraseToEnd = "\u{1b}[K"
    private static let eraseLine = "\r" + eraseToEnd

    private func milliseconds() -> Int {
        Int(elapsed() / .milliseconds(1))
    }

    private func isDue() -> Bool {
        milliseconds() >= nextDraw.load(ordering: .relaxed)
    }

    private func line() -> String {
        ProgressLine(
            label: label,
            completed: completed.load(ordering: .relaxed),
            total: total,
            unit: unit,
            elapsed: elapsed()
        ).text(for: terminal)
    }

    /// A clock that starts at zero now.
    package static func timeSinceNow() -> @Sendable () -> Duration {
        let start = ContinuousClock.now
        return { start.duration(to: .now) }
    }
}
