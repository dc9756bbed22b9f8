import Synchronization

/// Some lines on a terminal that are written over and over in place, one for each thing that goes on.
///
/// ```swift
/// let lines = LiveLines()
/// for step in 0..<1_000 { lines.draw(["run1  \(step)", "run2  \(step)"]) }
/// lines.finish()
/// ```
///
/// Any number of threads may draw. Where there is no terminal nothing is drawn.
package final class LiveLines: Sendable {
    private struct State {
        /// How many lines are on the screen.
        var lineCount = 0
        var isFinished = false
    }

    private let terminal: Terminal
    private let state = Mutex(State())

    /// Creates lines, none of which is drawn yet.
    ///
    /// - Parameter terminal: Where they are drawn.
    package init(terminal: Terminal = .standardError) {
        self.terminal = terminal
    }

    deinit {
        finish()
    }

    /// Writes the lines over those of the last time.
    ///
    /// What is wider than the terminal is cut off: a line that wraps could not be written over.
    package func draw(_ lines: [String]) {
        guard terminal.isInteractive else { return }
        let width = terminal.width - 1
        let text = lines.map { $0.prefix(displayWidth: width) + Self.eraseToEnd }.joined(separator: "\n")
        state.withLock { state in
            guard !state.isFinished, !lines.isEmpty else { return }
            terminal.write(Self.top(of: state.lineCount) + text + Self.eraseBelow)
            state.lineCount = lines.count
        }
    }

    /// Removes the lines from the screen.
    package func finish() {
        state.withLock { state in
            guard !state.isFinished else { return }
            if state.lineCount > 0 { terminal.write(Self.top(of: state.lineCount) + Self.eraseBelow) }
            state.isFinished = true
        }
    }

    private static let eraseToEnd = "\u{1b}[K"
    private static let eraseBelow = "\u{1b}[J"

    /// Moves to the beginning of the first line.
    private static func top(of lineCount: Int) -> String {
        lineCount > 1 ? "\r\u{1b}[\(lineCount - 1)A" : "\r"
    }
}
