package import Foundation

/// An executable of this package that a signal ends while it runs.
package enum KilledCommand {
    /// Starts an executable, waits until it has done something, and sends it a signal.
    ///
    /// - Parameters:
    ///   - name: The executable.
    ///   - arguments: What follows its name.
    ///   - directory: Where it runs.
    ///   - environment: Variables that are added to those of the tests.
    ///   - signal: The signal.
    ///   - isDue: Whether to send it; asked some hundred times a second.
    /// - Returns: Whether the signal came while it ran, and how it ended.
    /// - Throws: What the system says when it cannot be run, and when it is not due within a minute.
    package static func run(
        _ name: String,
        _ arguments: [String],
        directory: URL,
        environment: [String: String] = [:],
        signal: Int32,
        when isDue: @escaping @Sendable () -> Bool
    ) async throws -> (wasRunning: Bool, status: Int32, errors: String) {
        let process = Process()
        process.executableURL = ExecutedCommand.location(of: name)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.currentDirectoryURL = directory
        process.standardOutput = FileHandle.nullDevice
        let errors = directory.appending(path: "stderr.txt")
        try Data().write(to: errors)
        process.standardError = try FileHandle(forWritingTo: errors)
        let (ends, end) = AsyncStream.makeStream(of: Void.self)
        process.terminationHandler = { _ in end.finish() }
        try process.run()
        // A thread of its own: other tests keep those of tasks busy for longer than the executable may run.
        let wasRunning: Bool? = await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                let limit = ContinuousClock.now + .seconds(60)
                while !isDue(), process.isRunning {
                    guard ContinuousClock.now < limit else {
                        process.terminate()
                        return continuation.resume(returning: nil)
                    }
                    Thread.sleep(forTimeInterval: 0.003)
                }
                let wasRunning = process.isRunning
                // A process that has ended has no identifier, and 0 would be all of ours.
                if wasRunning, process.processIdentifier > 0 { kill(process.processIdentifier, signal) }
                continuation.resume(returning: wasRunning)
            }
        }
        for await _ in ends {}
        defer { try? FileManager.default.removeItem(at: errors) }
        guard let wasRunning else {
            throw CocoaError(
                .featureUnsupported,
                userInfo: [NSLocalizedDescriptionKey: "\(name) did not get so far"]
            )
        }
        return (wasRunning, process.terminationStatus, try String(contentsOf: errors, encoding: .utf8))
    }
}
