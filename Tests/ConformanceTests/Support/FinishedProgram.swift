import Foundation

/// A program that ran to its end, and what it printed.
struct FinishedProgram: Sendable {
    let status: Int32
    let output: Data
    let errors: String

    /// Runs a program and waits for its end.
    ///
    /// Streams are files, because a full pipe stops the program that writes to it.
    static func run(_ executable: URL, _ arguments: [String], input: Data = Data()) async throws -> FinishedProgram {
        try await withTemporaryDirectory { directory in
            let files = (
                input: directory.appendingPathComponent("input"),
                output: directory.appendingPathComponent("output"),
                errors: directory.appendingPathComponent("errors")
            )
            try input.write(to: files.input)
            try Data().write(to: files.output)
            try Data().write(to: files.errors)

            let process = Process()
            process.executableURL = executable
            process.arguments = arguments
            process.standardInput = try FileHandle(forReadingFrom: files.input)
            process.standardOutput = try FileHandle(forWritingTo: files.output)
            process.standardError = try FileHandle(forWritingTo: files.errors)
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                process.terminationHandler = { _ in continuation.resume() }
                do {
                    try process.run()
                } catch {
                    process.terminationHandler = nil
                    continuation.resume(throwing: error)
                }
            }
            return FinishedProgram(
                status: process.terminationStatus,
                output: try Data(contentsOf: files.output),
                errors: String(decoding: try Data(contentsOf: files.errors), as: UTF8.self)
            )
        }
    }
}
