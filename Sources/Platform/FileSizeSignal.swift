/// The signal that ends a program whose file becomes larger than its limit (`ulimit -f`).
package enum FileSizeSignal {
    /// Runs `body` with the signal held back on this thread, so that the limit is an error of the system call instead.
    ///
    /// The program's handler and the thread's mask are left as they were.
    ///
    /// - Parameter body: Writes to files.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws.
    package static func withoutEndingProgram<Result, Failure: Error>(
        _ body: () throws(Failure) -> Result
    ) throws(Failure) -> Result {
        var signal = sigset_t()
        var before = sigset_t()
        var pending = sigset_t()
        sigemptyset(&signal)
        sigaddset(&signal, SIGXFSZ)
        pthread_sigmask(SIG_BLOCK, &signal, &before)
        sigpending(&pending)
        let wasPending = sigismember(&pending, SIGXFSZ) == 1
        defer {
            // One that came meanwhile would be delivered with the old mask.
            sigpending(&pending)
            if !wasPending, sigismember(&pending, SIGXFSZ) == 1 {
                var number: CInt = 0
                sigwait(&signal, &number)
            }
            pthread_sigmask(SIG_SETMASK, &before, nil)
        }
        return try body()
    }
}
