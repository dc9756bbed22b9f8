import Platform
import Synchronization

/// The standard error stream with one live line, and the standard output stream whose lines keep clear of that.
///
/// Loops that run inside each other or side by side share the line.
final class Console: Sendable {
    private struct State {
        /// What the loops show, in the order in which they began.
        var parts: [(id: ObjectIdentifier, text: String)] = []
        var isDrawn = false
    }

    /// The console of the process.
    static let shared: Console = {
        let console = Console(
            isInteractive: TerminalDevice.isInteractive(STDERR_FILENO),
            width: { TerminalDevice.columns(of: STDERR_FILENO) ?? 80 },
            draw: { _ = TerminalDevice.write($0, to: STDERR_FILENO) },
            print: { _ = TerminalDevice.write($0, to: STDOUT_FILENO) }
        )
        // Swift never releases the iterator of a loop in top-level code that is left by `break`.
        if console.isInteractive { atexit { Console.shared.clear() } }
        return console
    }()

    /// Whether there is a terminal on which the live line is drawn.
    let isInteractive: Bool

    private let width: @Sendable () -> Int
    private let draw: @Sendable (String) -> Void
    private let print: @Sendable (String) -> Void
    private let state = Mutex(State())

    /// Creates a console.
    ///
    /// - Parameters:
    ///   - isInteractive: Whether the live line is drawn.
    ///   - width: Returns the number of columns.
    ///   - draw: Receives the live line.
    ///   - print: Receives lines that stay.
    init(
        isInteractive: Bool,
        width: @escaping @Sendable () -> Int,
        draw: @escaping @Sendable (String) -> Void,
        print: @escaping @Sendable (String) -> Void
    ) {
        self.isInteractive = isInteractive
        self.width = width
        self.draw = draw
        self.print = print
    }

    /// Shows a loop's text in the live line, in the place of its last.
    func show(_ text: String, of loop: AnyObject) {
        guard isInteractive else { return }
        state.withLock { state in
            let id = ObjectIdentifier(loop)
            if let index = state.parts.firstIndex(where: { $0.id == id }) {
                state.parts[index].text = text
            } else {
                state.parts.append((id, text))
            }
            redraw(&state)
        }
    }

    /// Removes a loop's text from the live line.
    func remove(_ loop: AnyObject) {
        guard isInteractive else { return }
        state.withLock { state in
            let count = state.parts.count
            state.parts.removeAll { $0.id == ObjectIdentifier(loop) }
            if state.parts.count < count { redraw(&state) }
        }
    }

    /// Removes what loops show that have not removed it themselves.
    func clear() {
        state.withLock { state in
            state.parts = []
            redraw(&state)
        }
    }

    /// Prints a line on standard output, above the live line.
    func printLine(_ line: String) {
        state.withLock { state in
            if state.isDrawn { draw(Self.erase) }
            print(line + "\n")
            state.isDrawn = false
            if isInteractive { redraw(&state) }
        }
    }

    private static let erase = "\r\u{1b}[K"

    private func redraw(_ state: inout State) {
        guard !state.parts.isEmpty else {
            if state.isDrawn { draw(Self.erase) }
            state.isDrawn = false
            return
        }
        let line = state.parts.map(\.text).joined(separator: Self.gap + "·" + Self.gap)
        // A line that wraps could not be written over; many terminals wrap at the last column.
        draw("\r\(Self.fitted(line, max(1, width() - 1)))\u{1b}[K")
        state.isDrawn = true
    }

    /// Between the words of a line.
    private static let gap = "  "

    /// As many words from the beginning as there is room for: half of a number is another number.
    private static func fitted(_ line: String, _ width: Int) -> Substring {
        guard line.count > width else { return line[...] }
        // With the gap behind it, so that a word that fills the line is kept.
        let end = line.prefix(width + gap.count).ranges(of: gap).last?.lowerBound
        return end.map { line[..<$0] } ?? line.prefix(width)
    }
}
