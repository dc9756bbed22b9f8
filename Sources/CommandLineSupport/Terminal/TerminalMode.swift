import Platform
import Synchronization

/// The modes of the terminal while a program draws on all of it, and the way back from any end of the program.
enum TerminalMode {
    private static let isEntered = Atomic(false)
    private static let stopSignal = Atomic(false)
    private static let continueSignal = Atomic(false)

    /// The alternate screen, no cursor, and no wrapping: a character may be wider than we think.
    private static let entering = "\u{1b}[?1049h\u{1b}[?25l\u{1b}[?7l"
    private static let leaving: StaticString = "\u{1b}[?2026l\u{1b}[0m\u{1b}[?7h\u{1b}[?25h\u{1b}[?1049l"

    // SAFETY: written by `save` before any handler is installed, and only read after that.
    private nonisolated(unsafe) static var savedMode = termios()

    // SAFETY: as of `savedMode`.
    private nonisolated(unsafe) static var previousActions: [CInt: sigaction] = [:]

    /// The signals that end a program, of the user, of the system and of a crash.
    private static let endingSignals = [
        SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGABRT, SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE,
    ]

    private static let handledSignals = endingSignals + [SIGTSTP, SIGCONT, SIGWINCH]

    /// Whether the program was asked to stop for a while.
    static var isToStop: Bool { stopSignal.load(ordering: .relaxed) }

    /// Whether the program goes on after it was stopped; `false` when asked again.
    static var wasContinued: Bool { continueSignal.exchange(false, ordering: .relaxed) }

    /// Remembers the modes and what signals do; returns `false` if standard input or output is not a terminal.
    static func save() -> Bool {
        guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else { return false }
        for signal in handledSignals {
            var action = sigaction()
            sigaction(signal, nil, &action)
            previousActions[signal] = action
        }
        return tcgetattr(STDIN_FILENO, &savedMode) == 0
    }

    /// Takes over the terminal: keys arrive one by one and are not shown.
    static func enter() {
        var mode = savedMode
        cfmakeraw(&mode)
        // Line breaks of an error message still begin a line.
        mode.c_oflag |= tcflag_t(OPOST)
        isEntered.store(true, ordering: .sequentiallyConsistent)
        for signal in endingSignals { handle(signal) { TerminalMode.end($0) } }
        handle(SIGTSTP) { _ in TerminalMode.stopSignal.store(true, ordering: .relaxed) }
        // Its arrival alone ends the wait for keys, so that the new size is drawn at once.
        handle(SIGWINCH) { _ in }
        handle(SIGCONT) { _ in TerminalMode.continueSignal.store(true, ordering: .relaxed) }
        tcsetattr(STDIN_FILENO, TCSANOW, &mode)
        send(entering)
    }

    /// Gives the terminal back.
    static func leave() {
        restore()
        for signal in handledSignals { restoreHandler(signal) }
    }

    /// Gives the terminal back, stops the program until it is continued, and takes over again.
    static func stop() {
        leave()
        stopSignal.store(false, ordering: .relaxed)
        // Sent to this thread, so that it has stopped when this returns: after that the program goes on.
        raise(SIGTSTP)
        enter()
        continueSignal.store(false, ordering: .relaxed)
    }

    /// Restores the terminal and lets the signal end the program.
    ///
    /// Calls only what a handler may call.
    private static func end(_ number: CInt) {
        restore()
        // Not the handler of the Swift runtime: its backtrace of a crash waits for a key.
        _ = signal(number, SIG_DFL)
        // The signal is blocked while its handler runs.
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, number)
        pthread_sigmask(SIG_UNBLOCK, &signals, nil)
        raise(number)
    }

    private static func restore() {
        guard isEntered.exchange(false, ordering: .sequentiallyConsistent) else { return }
        _ = write(STDOUT_FILENO, UnsafeRawBufferPointer(start: leaving.utf8Start, count: leaving.utf8CodeUnitCount))
        // What was typed meanwhile was not meant for the shell.
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &savedMode)
    }

    private static func send(_ text: String) {
        var text = text
        text.withUTF8 { _ = write(STDOUT_FILENO, UnsafeRawBufferPointer($0)) }
    }
}

extension TerminalMode {
    private static func handle(_ number: CInt, _ handler: @convention(c) (CInt) -> Void) {
        _ = signal(number, handler)
    }

    /// Handles a signal as before ``enter()``.
    private static func restoreHandler(_ number: CInt) {
        guard var action = previousActions[number] else { return }
        sigaction(number, &action, nil)
    }

    /// Reads from a descriptor as the system does.
    static func read(_ descriptor: CInt, _ buffer: UnsafeMutableRawBufferPointer) -> Int {
        #if canImport(Glibc)
        Glibc.read(descriptor, buffer.baseAddress, buffer.count)
        #elseif canImport(Musl)
        Musl.read(descriptor, buffer.baseAddress, buffer.count)
        #else
        Darwin.read(descriptor, buffer.baseAddress, buffer.count)
        #endif
    }

    private static func write(_ descriptor: CInt, _ buffer: UnsafeRawBufferPointer) -> Int {
        #if canImport(Glibc)
        Glibc.write(descriptor, buffer.baseAddress, buffer.count)
        #elseif canImport(Musl)
        Musl.write(descriptor, buffer.baseAddress, buffer.count)
        #else
        Darwin.write(descriptor, buffer.baseAddress, buffer.count)
        #endif
    }
}
