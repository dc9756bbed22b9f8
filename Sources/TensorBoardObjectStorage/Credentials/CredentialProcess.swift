#if ObjectStorage
import Platform

/// Runs the program of a profile that gives credentials.
enum CredentialProcess {
    private static let outputLimit = 1 << 20

    /// Runs a command with the shell and returns what it writes to standard output.
    ///
    /// - Parameters:
    ///   - command: A command line.
    ///   - timeout: After this it is ended.
    ///   - name: Whose command it is, for the message.
    /// - Returns: The output.
    /// - Throws: ``CredentialsError`` if it fails or does not end.
    static func run(_ command: String, timeout: Duration, of name: String) throws(CredentialsError) -> [UInt8] {
        var ends: [CInt] = [-1, -1]
        guard pipe(&ends) == 0 else { throw failure(name, "cannot be started") }
        // Not for other programs that are started meanwhile: the pipe would stay open as long as they run.
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        defer { close(ends[0]) }
        let process = spawn(command, output: ends[1])
        close(ends[1])
        guard let process else { throw failure(name, "cannot be started") }

        let output = read(ends[0], until: .now + timeout)
        // The whole group: what the shell started must not outlive it.
        if output == nil { kill(-process, SIGKILL) }
        var status: CInt = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        guard let output else { throw failure(name, "did not end within \(timeout)") }
        guard status == 0 else { throw failure(name, "failed") }
        return output
    }

    private static func failure(_ name: String, _ what: String) -> CredentialsError {
        CredentialsError(
            message: "the credential_process of \(name) \(what); run it by hand to see what it says",
            isTemporary: true
        )
    }

    private static func spawn(_ command: String, output: CInt) -> pid_t? {
        #if canImport(Darwin)
        var actions: posix_spawn_file_actions_t?
        var attributes: posix_spawnattr_t?
        #else
        var actions = posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        #endif
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
        // The threads of this library take no signals; the program is to be ended by one.
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK))
        var process: pid_t = 0
        var arguments = [strdup("/bin/sh"), strdup("-c"), strdup(command), nil]
        defer { for argument in arguments { free(argument) } }
        #if canImport(Darwin)
        let variables = _NSGetEnviron().pointee
        #else
        let variables = environ
        #endif
        return posix_spawn(&process, "/bin/sh", &actions, &attributes, &arguments, variables) == 0 ? process : nil
    }

    /// - Returns: All that comes; `nil` if it does not end in time, or is too much.
    private static func read(_ descriptor: CInt, until deadline: ContinuousClock.Instant) -> [UInt8]? {
        var output: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 4096)
        while output.count <= outputLimit {
            let rest = ContinuousClock.now.duration(to: deadline) / .milliseconds(1)
            guard rest > 0 else { return nil }
            var state = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&state, 1, CInt(min(rest, 60_000).rounded(.up))) > 0 else { continue }
            let count = Platform.read(descriptor, &part, part.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return count == 0 ? output : nil }
            output += part.prefix(count)
        }
        return nil
    }
}
#endif
