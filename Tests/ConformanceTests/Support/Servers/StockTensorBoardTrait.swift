import Foundation
import Testing

/// Writes a log directory and serves it to all tests of a suite, by one server for each loader.
///
/// A server takes seconds to start, so the tests of a suite share them.
struct StockTensorBoardTrait: SuiteTrait, TestScoping {
    let write: @Sendable (URL) async throws -> Void
    let isLoaded: @Sendable (StockTensorBoard) async throws -> Bool
    let keepsAll: Bool
    let logs: [String]?

    func provideScope(
        for test: Test,
        testCase: Test.Case?,
        performing function: @Sendable @concurrent () async throws -> Void
    ) async throws {
        try await withTemporaryDirectory { directory in
            try await write(directory)
            try await serve(directory, by: Loader.available[...], started: [:]) { servers in
                try await Served.$current.withValue(Served(logDirectory: directory, servers: servers)) {
                    try await function()
                }
                guard let logs else { return }
                for server in servers.values {
                    let lines = server.unexpectedLogLines.filter { line in !logs.contains { line.contains($0) } }
                    #expect(lines == [], "what the server of the \(server.loader) loader prints")
                }
            }
        }
    }

    private func serve(
        _ directory: URL,
        by loaders: ArraySlice<Loader>,
        started: [Loader: StockTensorBoard],
        _ body: ([Loader: StockTensorBoard]) async throws -> Void
    ) async throws {
        guard let loader = loaders.first else {
            for server in started.values {
                // A run that is not loaded yet answers with errors.
                _ = try await poll("the \(server.loader) loader to read everything") {
                    (try? await isLoaded(server)) == true ? true : nil
                }
            }
            return try await body(started)
        }
        try await StockTensorBoard.serving(directory, loader: loader, keepsAll: keepsAll) { server in
            let started = started.merging([loader: server]) { $1 }
            try await serve(directory, by: loaders.dropFirst(), started: started, body)
        }
    }
}

extension Trait where Self == StockTensorBoardTrait {
    /// Serves what `write` writes into an empty log directory, once `isLoaded` says that a server has read all of it.
    ///
    /// At the end, no server may have logged anything unusual but lines that contain one of `logs`; if that is `nil`,
    /// anything. With `keepsAll` the servers keep every point, else as many as they do by default.
    static func stockTensorBoard(
        serving write: @escaping @Sendable (URL) async throws -> Void,
        isLoaded: @escaping @Sendable (StockTensorBoard) async throws -> Bool,
        keepsAll: Bool = true,
        logs: [String]? = []
    ) -> Self {
        StockTensorBoardTrait(write: write, isLoaded: isLoaded, keepsAll: keepsAll, logs: logs)
    }
}
