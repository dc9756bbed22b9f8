import Foundation
import Testing

/// The built executable, run as a user runs it.
struct TrainCommand {
    let status: Int32
    let output: String
    let errors: String

    init(arguments: [String], directory: URL) async throws {
        let process = Process()
        // Tests and executables are built into one directory.
        let products = try #require(CommandLine.arguments.first.map { URL(filePath: $0).deletingLastPathComponent() })
        process.executableURL = products.appending(path: "train")
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
}
