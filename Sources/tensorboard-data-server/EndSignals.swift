import Platform

/// The signals that end the server in order: SIGTERM, and SIGINT of Ctrl-C.
enum EndSignals {
    /// Keeps the signals for ``wait()``.
    ///
    /// To be called before any thread is started.
    static func block() {
        // A client that goes while it is answered is no reason to end.
        signal(SIGPIPE, SIG_IGN)
        var signals = set
        pthread_sigmask(SIG_BLOCK, &signals, nil)
    }

    /// Waits for one of the signals.
    static func wait() {
        var signals = set
        var number: CInt = 0
        while sigwait(&signals, &number) != 0 {}
    }

    /// Sends SIGTERM to this process when standard input ends, as it does when TensorBoard does.
    static func sendAtEndOfStandardInput() {
        _ = BackgroundThread.start {
            var byte: UInt8 = 0
            while true {
                let count = read(STDIN_FILENO, &byte, 1)
                if count == 0 || (count < 0 && errno != EINTR) { break }
            }
            kill(getpid(), SIGTERM)
        }
    }

    private static var set: sigset_t {
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGTERM)
        sigaddset(&signals, SIGINT)
        return signals
    }
}
