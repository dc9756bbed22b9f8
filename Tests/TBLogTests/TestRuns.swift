import TensorBoard
import TensorBoardLogs
import TestSupport

/// Runs in a directory, and the command that looks at them.
struct TestRuns {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    /// Runs `tblog` in the directory.
    func tblog(_ arguments: String...) async throws -> ExecutedCommand {
        try await ExecutedCommand("tblog", arguments, directory: directory.url)
    }

    /// Logs a run whose clock goes on by a second with every event.
    func log(_ run: String, _ body: (SummaryWriter) throws -> Void) throws {
        let clock = TestClock()
        try withSummaryWriter(
            logDirectory: directory.path.pushing(FilePath(run)),
            options: .init(existingRun: .append, clock: { clock.tick() })
        ) { try body($0) }
    }

    /// Logs a scalar at steps from 0 on.
    func log(_ run: String, _ tag: String, _ values: [Float]) throws {
        try log(run) { writer in
            for (step, value) in values.enumerated() { writer.scalar(tag, value, step: step) }
        }
    }

    /// Spoils the last record of a run.
    func damage(_ run: String) throws {
        let file = try LoggedRun(directory.path.pushing(FilePath(run))).files[0]
        var bytes = try file.contents()
        bytes[bytes.count - 5] ^= 0xFF
        try file.write(bytes)
    }
}
