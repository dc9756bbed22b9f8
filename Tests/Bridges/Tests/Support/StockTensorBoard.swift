import Foundation

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// What went wrong in a test's surroundings.
public struct TestFailure: Error, CustomStringConvertible {
    /// What went wrong, in a sentence.
    public let description: String

    /// Creates a failure.
    public init(_ description: String) { self.description = description }
}

/// A stock TensorBoard that serves a log directory, as in the main package's conformance tests.
public struct StockTensorBoard: Sendable {
    /// How TensorBoard reads event files: its data server, or Python.
    public enum Loader: String, CaseIterable, Sendable {
        case fast
        case slow

        /// The loaders that this machine has: the data server comes ready-made for x86-64 only.
        public static var available: [Loader] {
            #if arch(x86_64)
            allCases
            #else
            [.slow]
            #endif
        }
    }

    /// A value of a series.
    public struct Point: Equatable, Sendable {
        /// The position on the horizontal axis.
        public let step: Int
        /// The value; of a histogram, the number of its values.
        public let value: Double
    }

    /// Ends with a slash.
    public let address: String

    /// Starts a server, waits until it answers, and ends it after `body`.
    public static func serving<Value>(
        _ logDirectory: URL,
        loader: Loader,
        _ body: (StockTensorBoard) async throws -> Value
    ) async throws -> Value {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../../..").standardizedFileURL
        let python = root.appendingPathComponent(".venv/bin/python")
        guard FileManager.default.isExecutableFile(atPath: python.path) else {
            throw TestFailure("The stock TensorBoard is missing: run scripts/setup first.")
        }
        return try await withTemporaryDirectory { directory in
            let log = directory.appendingPathComponent("log")
            try Data().write(to: log)
            let printed = try FileHandle(forWritingTo: log)
            // The server ends when this pipe closes, so it does not outlive a test process that is killed.
            let lifeline = Pipe()
            let process = Process()
            process.executableURL = python
            process.arguments = [
                root.appendingPathComponent("Tests/ConformanceTests/Python/serve.py").path,
                "--logdir", logDirectory.path, "--host", "localhost", "--port", "0", "--reload_interval", "1",
                "--load_fast=\(loader == .fast)",
            ]
            process.standardInput = lifeline
            process.standardOutput = printed
            process.standardError = printed
            try process.run()
            defer {
                try? lifeline.fileHandleForWriting.close()
                process.waitUntilExit()
            }
            let address = try await poll("TensorBoard to start") {
                let text = String(decoding: try Data(contentsOf: log), as: UTF8.self)
                guard process.isRunning else { throw TestFailure("TensorBoard ended: \(text)") }
                let line = text.split(separator: "\n").first { $0.contains(" at http") }
                return line?.split(separator: " ").first { $0.hasPrefix("http") && $0.hasSuffix("/") }.map(String.init)
            }
            return try await body(StockTensorBoard(address: address))
        }
    }

    /// The tags of a dashboard, once it has those that are waited for.
    public func tags(_ dashboard: String, run: String, having expected: Set<String>) async throws -> Set<String> {
        try await poll("\(expected) in \(dashboard)") {
            let answer = try await json("data/plugin/\(dashboard)/tags", [:])
            let described = (answer as? [String: Any])?[run]
            // The Text dashboard lists them; others describe them.
            let tags = Set((described as? [String]) ?? (described as? [String: Any]).map { Array($0.keys) } ?? [])
            return expected.isSubset(of: tags) ? tags : nil
        }
    }

    /// A series of scalars.
    public func scalars(run: String, tag: String) async throws -> [Point] {
        let rows = try await json("data/plugin/scalars/scalars", ["run": run, "tag": tag]) as? [[Any]] ?? []
        return rows.compactMap { row in
            guard row.count == 3, let step = row[1] as? Int else { return nil }
            // TensorBoard sends what is not finite as a text.
            let value = (row[2] as? Double) ?? (row[2] as? String).flatMap(Double.init)
            return value.map { Point(step: step, value: $0) }
        }
    }

    /// How many values the histogram of each step has.
    public func histogramCounts(run: String, tag: String) async throws -> [Point] {
        let rows = try await json("data/plugin/histograms/histograms", ["run": run, "tag": tag]) as? [[Any]] ?? []
        return rows.compactMap { row in
            guard row.count == 3, let step = row[1] as? Int, let buckets = row[2] as? [[Double]] else { return nil }
            return Point(step: step, value: buckets.reduce(0) { $0 + ($1.last ?? 0) })
        }
    }

    /// The texts of a tag as HTML, by step.
    public func texts(run: String, tag: String) async throws -> [(step: Int, html: String)] {
        let rows = try await json("data/plugin/text/text", ["run": run, "tag": tag]) as? [[String: Any]] ?? []
        return rows.compactMap { row in
            guard let step = row["step"] as? Int, let text = row["text"] as? String else { return nil }
            return (step, text)
        }
    }

    /// What the HParams dashboard says of the sessions of all runs, for example `STATUS_SUCCESS`.
    public func hyperparameterStatuses() async throws -> [String] {
        let statuses = ["UNKNOWN", "SUCCESS", "FAILURE", "RUNNING"].map { "\"STATUS_\($0)\"" }.joined(separator: ",")
        let request = "{\"allowedStatuses\":[\(statuses)],\"startIndex\":0,\"sliceSize\":1000}"
        return try await poll("the sessions") {
            let answer = try await json("data/plugin/hparams/session_groups", ["request": request]) as? [String: Any]
            let groups = answer?["sessionGroups"] as? [[String: Any]] ?? []
            let sessions = groups.flatMap { $0["sessions"] as? [[String: Any]] ?? [] }
            return sessions.isEmpty ? nil : sessions.compactMap { $0["status"] as? String }
        }
    }

    private func json(_ path: String, _ query: [String: String]) async throws -> Any {
        guard var components = URLComponents(string: address + path) else { throw TestFailure("\(path) is no path") }
        if !query.isEmpty {
            let plain = CharacterSet.alphanumerics.union(CharacterSet(charactersIn: "-._~"))
            components.percentEncodedQuery = query.map { key, value in
                "\(key)=\(value.addingPercentEncoding(withAllowedCharacters: plain) ?? value)"
            }.joined(separator: "&")
        }
        guard let url = components.url else { throw TestFailure("\(path) is no path") }
        var request = URLRequest(url: url)
        request.timeoutInterval = 30
        let (data, response) = try await URLSession.shared.data(for: request)
        let status = (response as? HTTPURLResponse)?.statusCode ?? 0
        guard status == 200 else { throw TestFailure("\(url) answers \(status)") }
        return try JSONSerialization.jsonObject(with: data, options: .fragmentsAllowed)
    }
}

/// Asks again and again until there is an answer.
///
/// - Throws: What `question` throws, or a failure after two minutes.
public func poll<Answer>(
    _ expectation: @autoclosure () -> String,
    _ question: () async throws -> Answer?
) async throws -> Answer {
    let deadline = ContinuousClock.now + .seconds(120)
    while true {
        if let answer = try await question() { return answer }
        guard ContinuousClock.now < deadline else { throw TestFailure("Waited too long for \(expectation())") }
        try await Task.sleep(for: .milliseconds(100))
    }
}

/// A directory that is gone after `body`.
public func withTemporaryDirectory<Result>(_ body: (URL) async throws -> Result) async throws -> Result {
    let directory = FileManager.default.temporaryDirectory.appendingPathComponent("bridges-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    return try await body(directory)
}
