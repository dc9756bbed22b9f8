import Foundation
import TestSupport
import Testing

/// The program as TensorBoard starts and ends it.
struct ServerCommandTests {
    /// A server that was started as TensorBoard does.
    private final class Server {
        let process = Process()
        let input = Pipe()
        let portFile: URL
        private let ended = AsyncStream<Void>.makeStream()

        init(_ directory: TemporaryDirectory, _ arguments: [String]) throws {
            portFile = directory.url.appending(path: "port")
            process.executableURL = ExecutedCommand.location(of: "tensorboard-data-server")
            process.arguments = arguments + ["--port=0", "--port-file=\(portFile.path)"]
            process.standardInput = input
            process.terminationHandler = { [ended] _ in ended.continuation.finish() }
            try process.run()
        }

        /// The port, once it was written.
        func port() async throws -> Int {
            for _ in 0..<600 {
                if let text = try? String(contentsOf: portFile, encoding: .utf8) {
                    // Whoever looks finds the whole line or nothing.
                    #expect(text.hasSuffix("\n"))
                    return try #require(Int(text.dropLast()))
                }
                try await Task.sleep(for: .milliseconds(50))
            }
            Issue.record("there is no port after 30 seconds")
            return 0
        }

        /// Waits for the end.
        func status() async -> Int32 {
            for await _ in ended.stream {}
            return process.terminationStatus
        }
    }

    private static func startLine(_ directory: TemporaryDirectory) -> [String] {
        [
            "--logdir=\(directory.url.path)", "--reload=5", "--samples-per-plugin=", "--die-after-stdin",
            "--error-file=\(directory.url.path)/error", "--verbose", "--verbose",
        ]
    }

    @Test func theStartLineOfTensorBoardIsUnderstood() async throws {
        let directory = try TemporaryDirectory()
        let server = try Server(directory, Self.startLine(directory) + ["--no-checksum"])
        #expect(try await server.port() > 0)
        try server.input.fileHandleForWriting.close()
        #expect(await server.status() == 0)
    }

    @Test func aSignalEndsItInOrder() async throws {
        let directory = try TemporaryDirectory()
        let server = try Server(
            directory,
            ["--logdir", directory.url.path, "--reload", "once", "--sampling", "uniform"]
        )
        _ = try await server.port()
        server.process.terminate()
        #expect(await server.status() == 0)
    }

    @Test(arguments: [("", "--logdir is empty"), ("gs://bucket/logs", "'gs://bucket/logs' "), ("s3://", "'s3://' ")])
    func aLogDirectoryThatCannotBeUsedIsToldInTheErrorFile(logDirectory: String, beginning: String) async throws {
        let directory = try TemporaryDirectory()
        let file = directory.appending("error")
        let arguments = ["--logdir=\(logDirectory)", "--error-file=\(file)"]
        let run = try await ExecutedCommand("tensorboard-data-server", arguments, directory: directory.url)
        #expect(run.status == 8)
        #expect(run.errors == "")
        #expect(String(decoding: try file.contents(), as: UTF8.self).hasPrefix(beginning))
    }

    @Test func aHostThatIsNotHereEndsWithItsOwnCode() async throws {
        let directory = try TemporaryDirectory()
        let arguments = ["--logdir=.", "--host=no such host"]
        let run = try await ExecutedCommand("tensorboard-data-server", arguments, directory: directory.url)
        #expect(run.status == 9)
        #expect(run.errors.hasPrefix("Error: the host 'no such host' is unknown"))
    }

    @Test(arguments: ["--frob", "--reload=often", "--port=65536", "--samples-per-plugin=scalars", "--sampling=some"])
    func whatItDoesNotUnderstandIsNamed(argument: String) async throws {
        let directory = try TemporaryDirectory()
        let arguments = ["--logdir=.", argument]
        let run = try await ExecutedCommand("tensorboard-data-server", arguments, directory: directory.url)
        #expect(run.status == 64)
        let value = argument.split(separator: "=").last.map(String.init) ?? ""
        #expect(run.errors.contains(value))
        #expect(run.errors.split(separator: "\n").count == 1)
    }
}
