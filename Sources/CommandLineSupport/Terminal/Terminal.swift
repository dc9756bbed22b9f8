import Platform
import Synchronization

/// Standard output or standard error, and what may be sent there.
///
/// Colours and progress belong on a screen only; a file or a pipe gets plain lines.
package struct Terminal: Sendable {
    /// Whether the stream is a screen on which text can be erased and written over.
    package let isInteractive: Bool

    /// Whether styles may be used.
    package let allowsColor: Bool

    /// Whether drawings must do with ASCII.
    package var isASCII: Bool

    private let currentWidth: @Sendable () -> Int
    private let output: @Sendable (String) -> Void

    /// Creates a terminal with given properties.
    ///
    /// - Parameters:
    ///   - isInteractive: Whether text can be erased and written over.
    ///   - allowsColor: Whether styles may be used.
    ///   - isASCII: Whether drawings must do with ASCII.
    ///   - width: Returns the number of columns, which changes when a window is resized.
    ///   - output: Receives the text.
    package init(
        isInteractive: Bool,
        allowsColor: Bool,
        isASCII: Bool = false,
        width: @escaping @Sendable () -> Int,
        output: @escaping @Sendable (String) -> Void
    ) {
        self.isInteractive = isInteractive
        self.allowsColor = allowsColor
        self.isASCII = isASCII
        currentWidth = width
        self.output = output
    }

    /// The standard output of this process.
    package static let standardOutput = Terminal(descriptor: STDOUT_FILENO)

    /// The standard error of this process.
    package static let standardError = Terminal(descriptor: STDERR_FILENO)

    /// Whether something that was sent to standard output did not get there, though there is somebody to read it.
    package static var hasLostOutput: Bool { lostOutput.load(ordering: .relaxed) }

    /// Whether nobody reads standard output any more, as when `head` has what it wants.
    package static var isOutputClosed: Bool {
        var output = pollfd(fd: STDOUT_FILENO, events: 0, revents: 0)
        return poll(&output, 1, 0) > 0 && Int32(output.revents) & (POLLERR | POLLHUP | POLLNVAL) != 0
    }

    /// The number of columns, from 1 to 1000.
    package var width: Int { min(max(1, currentWidth()), 1000) }

    /// Sends text, all at once so that nothing comes between.
    ///
    /// ``hasLostOutput`` reports a failure; ``ArgumentParser/AsyncParsableCommand/runTellingErrors()`` asks for it.
    package func write(_ text: String) {
        output(text)
    }

    /// Sends a line of text.
    package func writeLine(_ text: some CustomStringConvertible) {
        output("\(text)\n")
    }

    /// Sends sentences, on a screen broken between words; a file or a pipe gets them in one line.
    package func writeProse(_ text: String) {
        writeLine(prose(text))
    }

    /// Sentences, on a screen broken between words.
    package func prose(_ text: String) -> String {
        isInteractive ? text.wrapped(width: width) : text
    }

    /// Writes an error message, with one full stop at its end.
    package func writeError(_ message: String) {
        // A question that suggests something is a sentence already.
        writeProse("Error: \(message)\([".", "?"].contains(message.last) ? "" : ".")")
    }

    /// Puts text into a style, if styles may be used.
    package func styled(_ text: String, _ style: Style) -> String {
        allowsColor ? style.applied(to: text) : text
    }

    /// Whether styles may be used, by the usual environment variables.
    ///
    /// `FORCE_COLOR` decides when it is set (`0` says no), then a `NO_COLOR` that is not empty says no, then it depends
    /// on whether there is a terminal that is not `dumb`.
    ///
    /// - Parameters:
    ///   - isTerminal: Whether the stream is a terminal.
    ///   - environment: Looks up a variable.
    /// - Returns: Whether styles may be used.
    package static func allowsColor(isTerminal: Bool, environment: (String) -> String?) -> Bool {
        if let force = environment("FORCE_COLOR"), !force.isEmpty { return force != "0" }
        if let no = environment("NO_COLOR"), !no.isEmpty { return false }
        return isTerminal && environment("TERM") != "dumb"
    }

    /// Whether the locale says that text is not in UTF-8, by the first of `LC_ALL`, `LC_CTYPE` and `LANG` that is set.
    ///
    /// UTF-8 where none is set, as in many containers.
    ///
    /// - Parameter environment: Looks up a variable.
    /// - Returns: Whether drawings must do with ASCII.
    package static func isASCII(environment: (String) -> String?) -> Bool {
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap(environment).first { !$0.isEmpty }
        guard let locale = locale?.lowercased() else { return false }
        return !locale.contains("utf-8") && !locale.contains("utf8")
    }
}

extension Terminal {
    private static let defaultWidth = 80
    private static let lostOutput = Atomic(false)

    private init(descriptor: Int32) {
        let environment = { (name: String) in getenv(name).map { String(cString: $0) } }
        let isTerminal = isatty(descriptor) == 1
        let widthByEnvironment = environment("COLUMNS").flatMap(Int.init)
        self.init(
            isInteractive: TerminalDevice.isInteractive(descriptor),
            allowsColor: Self.allowsColor(isTerminal: isTerminal, environment: environment),
            isASCII: Self.isASCII(environment: environment),
            width: { TerminalDevice.columns(of: descriptor) ?? widthByEnvironment ?? Self.defaultWidth },
            output: { Self.write($0, to: descriptor) }
        )
    }

    private static func write(_ text: String, to descriptor: Int32) {
        let problem = TerminalDevice.write(text, to: descriptor)
        if descriptor == STDOUT_FILENO, problem != 0, problem != EPIPE { lostOutput.store(true, ordering: .relaxed) }
    }
}
