import Platform

/// What another program prints, for what only that program knows.
enum CommandOutput {
    /// Runs a program that the search path finds, and returns what it prints on standard output.
    ///
    /// - Parameters:
    ///   - arguments: The name of the program and its arguments.
    ///   - timeout: The longest time that it may take, in milliseconds; it is killed then.
    /// - Returns: The text; `nil` if there is no such program, it fails or takes too long.
    static func of(_ arguments: [String], timeout: CInt = 2_000) -> String? {
        guard let program = RunningProgram(arguments) else { return nil }
        let deadline = ContinuousClock.now + .milliseconds(Int(timeout))
        var output: [UInt8] = []
        while true {
            let remaining = (deadline - ContinuousClock.now) / .milliseconds(1)
            guard remaining > 0 else { return nil }
            guard program.waitForOutput(milliseconds: CInt(remaining.rounded(.up))) else { continue }
            guard let more = program.read() else { break }
            output += more
        }
        return program.end() == 0 ? String(decoding: output, as: UTF8.self) : nil
    }
}

/// A program that runs beside this one, whose standard output is read; killed with the object.
final class RunningProgram {
    private var process: pid_t = 0
    private var output: CInt = -1

    /// Starts a program that the search path finds, without input and with its messages discarded; `nil` if it cannot be
    /// started.
    init?(_ arguments: [String]) {
        var ends: [CInt] = [-1, -1]
        guard pipe(&ends) == 0 else { return nil }
        output = ends[0]
        // The pipe must not stay open in this and other programs that are started meanwhile.
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        #if canImport(Darwin)
        var actions: posix_spawn_file_actions_t?
        #else
        var actions = posix_spawn_file_actions_t()
        #endif
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO)
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
        // A thread of ours takes no signals, which the program would inherit: it is to end when nobody reads what it prints.
        #if canImport(Darwin)
        var attributes: posix_spawnattr_t?
        #else
        var attributes = posix_spawnattr_t()
        #endif
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var (none, defaults) = (sigset_t(), sigset_t())
        sigemptyset(&none)
        sigemptyset(&defaults)
        sigaddset(&defaults, SIGPIPE)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &defaults)
        posix_spawnattr_setflags(&attributes, CShort(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
        var pointers = arguments.map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        let problem = posix_spawnp(&process, arguments.first ?? "", &actions, &attributes, &pointers, environ)
        close(ends[1])
        guard problem == 0 else {
            process = 0
            return nil
        }
    }

    deinit {
        if process > 0 {
            kill(process, SIGKILL)
            _ = end()
        }
        if output >= 0 { close(output) }
    }

    /// Waits until there is something to read, or the program's output has ended.
    func waitForOutput(milliseconds: CInt) -> Bool {
        var request = pollfd(fd: output, events: CShort(POLLIN), revents: 0)
        return poll(&request, 1, milliseconds) > 0
    }

    /// What is there to read; `nil` at the end.
    func read() -> [UInt8]? {
        let bytes = [UInt8](unsafeUninitializedCapacity: 64 << 10) { buffer, count in
            #if canImport(Glibc)
            count = max(0, Glibc.read(output, buffer.baseAddress, buffer.count))
            #elseif canImport(Musl)
            count = max(0, Musl.read(output, buffer.baseAddress, buffer.count))
            #else
            count = max(0, Darwin.read(output, buffer.baseAddress, buffer.count))
            #endif
        }
        return bytes.isEmpty ? nil : bytes
    }

    /// Waits for the end, and returns the exit status; not 0 if there is none.
    func end() -> CInt {
        guard process > 0 else { return -1 }
        var status: CInt = -1
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        process = 0
        return status
    }
}
