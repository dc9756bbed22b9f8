import Foundation
import TestSupport

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// A stock TensorBoard that serves a log directory.
struct StockTensorBoard: Sendable {
    let loader: Loader
    let logDirectory: URL
    /// Ends with a slash.
    let address: String
    private let log: ServerLog

    /// Starts a server, waits until it answers with the loader that was asked for, and ends it after `body`.
    ///
    /// - Parameters:
    ///   - logDirectory: What to serve.
    ///   - loader: How to read it.
    ///   - address: What `--logdir` says in place of the directory.
    ///   - arguments: Further ones of TensorBoard.
    ///   - environment: Variables that are added to those of the tests.
    ///   - keepsAll: Whether every step of every series is kept; by default TensorBoard keeps a sample.
    ///   - body: Is given the server.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws, or a failure when the server does not start.
    static func serving<Value>(
        _ logDirectory: URL,
        loader: Loader,
        address: String? = nil,
        arguments: [String] = [],
        environment: [String: String] = [:],
        keepsAll: Bool = true,
        _ body: (StockTensorBoard) async throws -> Value
    ) async throws -> Value {
        try await withTemporaryDirectory { directory in
            let log = ServerLog(file: directory.appendingPathComponent("log"))
            try Data().write(to: log.file)
            let printed = try FileHandle(forWritingTo: log.file)
            // The server ends when this pipe closes, so it does not even outlive a test process that is killed.
            let lifeline = Pipe()
            let process = Process()
            process.executableURL = try StockPython.executable()
            process.arguments = [
                StockPython.script("serve.py"),
                "--logdir", address ?? logDirectory.path,
                "--host", "localhost",
                "--port", "0",
                "--reload_interval", "1",
                loader.option,
            ]
            process.arguments? += arguments
            if keepsAll {
                let samples = "scalars=1000000,histograms=1000000,images=1000000,audio=1000000"
                process.arguments? += ["--samples_per_plugin", samples]
            }
            var environment = environment
            if loader == .ours {
                environment["TENSORBOARD_DATA_SERVER_BINARY"] =
                    ExecutedCommand.location(of: "tensorboard-data-server").path
            }
            process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
            process.standardInput = lifeline
            process.standardOutput = printed
            process.standardError = printed
            try process.run()

            let outcome: Result<Value, any Error>
            do {
                let address = try await poll("TensorBoard to start: \(log.text)") {
                    guard process.isRunning else { throw ConformanceFailure("TensorBoard ended: \(log.text)") }
                    return log.address
                }
                let server = StockTensorBoard(
                    loader: loader,
                    logDirectory: logDirectory,
                    address: address,
                    log: log
                )
                try await server.checkLoader()
                outcome = .success(try await body(server))
            } catch {
                outcome = .failure(error)
            }

            try? lifeline.fileHandleForWriting.close()
            process.waitUntilExit()
            return try outcome.get()
        }
    }

    /// Lines of the server's log that a healthy server does not print.
    var unexpectedLogLines: [String] { log.unexpectedLines }

    /// Fetches a path, for example `data/runs`.
    func get(_ path: String, _ query: KeyValuePairs<String, String> = [:]) async throws -> Data {
        let form = Self.encodeForm(query.map { ($0.key, $0.value) })
        return try await send(try request(form.isEmpty ? path : "\(path)?\(form)")).data
    }

    /// Fetches a file by a query that the server made, with the type that the server says it has.
    func file(_ path: String, query: String) async throws -> ServedFile {
        try await send(try request("\(path)?\(query)"))
    }

    /// Sends a form to a path.
    func post(_ path: String, _ form: [(String, String)]) async throws -> Data {
        var request = try request(path)
        request.httpMethod = "POST"
        request.setValue("application/x-www-form-urlencoded", forHTTPHeaderField: "Content-Type")
        request.httpBody = Data(Self.encodeForm(form).utf8)
        return try await send(request).data
    }

    private func checkLoader() async throws {
        let provider = try await dataProvider()
        guard provider.hasPrefix(loader.dataProvider) else {
            throw ConformanceFailure("The \(loader) loader was asked for, but the data comes from \(provider).")
        }
    }

    private func request(_ path: String) throws -> URLRequest {
        guard let url = URL(string: address + path) else { throw ConformanceFailure("\(path) is no path of a URL.") }
        return URLRequest(url: url)
    }

    private func send(_ request: URLRequest) async throws -> ServedFile {
        let (data, response) = try await URLSession.shared.data(for: request)
        let answer = response as? HTTPURLResponse
        let status = answer?.statusCode ?? 0
        guard status == 200 else {
            let text = String(decoding: data, as: UTF8.self)
            throw ConformanceFailure("\(request.url?.absoluteString ?? "") answers \(status): \(text)")
        }
        return ServedFile(data: data, contentType: answer?.value(forHTTPHeaderField: "Content-Type"))
    }

    /// Escapes all but what never needs it, because tags may hold any character.
    private static func encodeForm(_ fields: [(String, String)]) -> String {
        let plain = CharacterSet(charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
        let escape = { (text: String) in text.addingPercentEncoding(withAllowedCharacters: plain) ?? text }
        return fields.map { "\(escape($0))=\(escape($1))" }.joined(separator: "&")
    }
}
