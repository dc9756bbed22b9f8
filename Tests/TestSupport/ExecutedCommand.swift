package import Foundation

/// A built executable, run as a user runs it.
package struct ExecutedCommand {
    package let status: Int32
    package let output: String
    package let errors: String

    /// Runs an executable of this package to its end.
    ///
    /// - Parameters:
    ///   - name: The executable.
    ///   - arguments: What follows its name.
    ///   - directory: Where it runs.
    ///   - environment: Variables that are added to those of the tests.
    /// - Throws: What the system says when it cannot be run.
    package init(
        _ name: String,
        _ arguments: [String],
        directory: URL,
        environment: [String: String] = [:]
    ) async throws {
        let process = Process()
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.executableURL = Self.location(of: name)
        process.arguments = arguments
        process.currentDirectoryURL = directory
        // Files rather than pipes: a pipe that nobody empties would stop the program.
        let output = directory.appending(path: "stdout.txt")
        let errors = directory.appending(path: "stderr.txt")
        for file in [output, errors] { try Data().write(to: file) }
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: errors)
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            process.terminationHandler = { _ in continuation.resume() }
            do { try process.run() } catch { continuation.resume(throwing: error) }
        }
        status = process.terminationStatus
        self.output = try String(contentsOf: output, encoding: .utf8)
        self.errors = try String(contentsOf: errors, encoding: .utf8)
        for file in [output, errors] { try FileManager.default.removeItem(at: file) }
    }

    /// Where an executable of this package is.
    ///
    /// - Parameter name: The executable.
    /// - Returns: The file.
    package static func location(of name: String) -> URL {
        // Tests and executables are built into one directory.
        URL(filePath: CommandLine.arguments.first ?? "").deletingLastPathComponent().appending(path: name)
    }
}
