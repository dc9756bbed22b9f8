import Platform
import Synchronization

/// The number of columns and lines of a terminal.
package struct TerminalSize: Sendable, Equatable {
    /// The number of characters in a line.
    package var columns: Int
    /// The number of lines.
    package var rows: Int

    /// Creates a size.
    package init(columns: Int, rows: Int) {
        self.columns = columns
        self.rows = rows
    }

    /// The size of the terminal behind a descriptor; `nil` if there is none, or it does not tell.
    init?(of descriptor: Int32) {
        guard let size = TerminalDevice.size(of: descriptor) else { return nil }
        self.init(columns: size.columns, rows: size.rows)
    }
}

/// The whole terminal, on which a program draws frames and reads keys.
///
/// ```swift
/// try TerminalScreen.use { screen in
///     while true {
///         screen.draw(frame(screen.size))
///         if screen.waitForKeys(.milliseconds(100)).contains(.character("q")) { return }
///     }
/// }
/// ```
///
/// What was on the terminal before comes back however the program ends: by returning, throwing, a signal or a crash. Only
/// `SIGKILL` cannot be helped.
package final class TerminalScreen {
    /// Why there is no screen.
    package struct Unavailable: Error {}

    private let terminal: Terminal
    /// The lines on the screen; empty when they are unknown.
    private var shown: [String] = []
    private var shownSize = TerminalSize(columns: 0, rows: 0)
    private var parser = TerminalKeyParser()
    private var isClosed = false

    private init(_ terminal: Terminal) {
        self.terminal = terminal
    }

    /// Takes over the terminal while `body` runs.
    ///
    /// - Parameters:
    ///   - terminal: How drawings look there.
    ///   - body: Draws and reads keys.
    /// - Returns: What `body` returns.
    /// - Throws: ``Unavailable`` if standard input and output are not a terminal; what `body` throws.
    package static func use<Result>(
        _ terminal: Terminal = .standardOutput,
        _ body: (TerminalScreen) throws -> Result
    ) throws -> Result {
        guard terminal.isInteractive, TerminalMode.save() else { throw Unavailable() }
        let screen = TerminalScreen(terminal)
        TerminalMode.enter()
        defer { TerminalMode.leave() }
        return try body(screen)
    }

    /// The size at this moment.
    package var size: TerminalSize {
        let size = TerminalSize(of: STDOUT_FILENO) ?? TerminalSize(columns: 80, rows: 24)
        return size.rows > 0 ? size : TerminalSize(columns: size.columns, rows: 24)
    }

    /// Whether the terminal has gone, as when a connection ends.
    package var isGone: Bool { isClosed }

    /// Shows a frame: writes the lines that differ from those on the screen, all at once.
    ///
    /// - Parameter frame: The lines from the top; what is wider or more than the screen is cut off.
    package func draw(_ frame: [StyledLine]) {
        let size = size
        if size != shownSize { shown = [] }
        let lines = frame.prefix(size.rows).map { $0.prefix(width: size.columns).trimmed.text(for: terminal) }
        let text = Self.update(from: shown, to: lines, erasesAll: shown.isEmpty)
        (shown, shownSize) = (lines, size)
        if !text.isEmpty { terminal.write(text) }
    }

    /// The sequences that turn a screen with some lines into one with others.
    ///
    /// - Parameters:
    ///   - old: The lines on the screen.
    ///   - new: The lines to show.
    ///   - erasesAll: Whether the content of the screen is unknown.
    /// - Returns: What to send, between the marks of a synchronized update, which terminals without it pass over; empty if
    ///   the lines are the same.
    static func update(from old: [String], to new: [String], erasesAll: Bool) -> String {
        var text = erasesAll ? "\u{1b}[H\u{1b}[2J" : ""
        for row in 0..<max(old.count, new.count) {
            let line = row < new.count ? new[row] : ""
            guard erasesAll || row >= old.count || old[row] != line else { continue }
            // Erased first: after a line as wide as the screen the cursor still stands on its last character.
            text += "\u{1b}[\(row + 1);1H\u{1b}[K\(line)"
        }
        return text.isEmpty ? "" : "\u{1b}[?2026h\(text)\u{1b}[?2026l"
    }

    /// Draws everything anew at the next frame.
    package func invalidate() { shown = [] }

    /// Waits until keys are pressed, a signal arrives or the time is over.
    ///
    /// Control-Z and the signals that stop a program give the terminal back until the program goes on.
    ///
    /// - Parameter duration: How long to wait at most.
    /// - Returns: The keys in order.
    package func waitForKeys(_ duration: Duration) -> [TerminalKey] {
        let keys = read(duration)
        if TerminalMode.isToStop || keys.contains(.control("z")) {
            TerminalMode.stop()
            invalidate()
        } else if TerminalMode.wasContinued {
            // The shell has changed the modes since SIGSTOP, which no program can handle.
            TerminalMode.enter()
            invalidate()
        }
        return keys.filter { $0 != .control("z") }
    }

    private func read(_ duration: Duration) -> [TerminalKey] {
        var input = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
        let milliseconds = Int32(clamping: Int64(duration / .milliseconds(1)))
        guard poll(&input, 1, milliseconds) > 0 else { return parser.keys(in: []) }
        var bytes = [UInt8](repeating: 0, count: 256)
        let count = bytes.withUnsafeMutableBytes { TerminalMode.read(STDIN_FILENO, $0) }
        if count == 0 || (count < 0 && errno != EINTR && errno != EAGAIN) { isClosed = true }
        return parser.keys(in: Array(bytes.prefix(max(0, count))))
    }
}
