import Foundation
import TensorBoard
import Testing

/// Everything that the dashboards of a server show, as JSON by question.
enum Answers {
    /// The questions to which our data server leads to another answer than TensorBoard's own, with both answers.
    static func differences(
        _ directory: URL,
        fewest: Int = 100,
        isLoaded: @escaping @Sendable (StockTensorBoard) async throws -> Bool
    ) async throws -> [String: [String?]] {
        async let ours = serving(directory, .ours, isLoaded)
        async let theirs = serving(directory, .fast, isLoaded)
        return compare(try await ours, try await theirs, fewest: fewest)
    }

    /// The same, of two servers at work.
    ///
    /// - Parameters:
    ///   - ours: The one with our data server.
    ///   - theirs: The one with TensorBoard's own.
    ///   - moment: Tells this moment from others; a run of that name is written to see that all before it was read.
    ///   - fewest: The fewest answers that are expected.
    /// - Returns: The questions with both answers.
    /// - Throws: `ConformanceFailure` if a server does not answer.
    static func differences(
        _ ours: StockTensorBoard,
        _ theirs: StockTensorBoard,
        at moment: String,
        fewest: Int = 100
    ) async throws -> [String: [String?]] {
        for server in [ours, theirs] {
            _ = try await poll("the \(server.loader) loader to begin") { try await server.runs().isEmpty ? nil : true }
        }
        try HardCases.write(moment, in: ours.logDirectory) { _ in }
        for server in [ours, theirs] {
            _ = try await poll("the \(server.loader) loader to read everything") {
                try await server.tags(dashboard: "scalars")[moment]
            }
        }
        async let our = all(ours)
        async let their = all(theirs)
        return compare(try await our, try await their, fewest: fewest)
    }

    private static func compare(
        _ ours: [String: String],
        _ theirs: [String: String],
        fewest: Int
    ) -> [String: [String?]] {
        // A crawl that finds nothing proves nothing.
        #expect(theirs.count >= fewest)
        return Set(ours.keys).union(theirs.keys).reduce(into: [:]) { differences, question in
            if ours[question] != theirs[question] { differences[question] = [ours[question], theirs[question]] }
        }
    }

    private static func serving(
        _ directory: URL,
        _ loader: Loader,
        _ isLoaded: @Sendable (StockTensorBoard) async throws -> Bool
    ) async throws -> [String: String] {
        try await StockTensorBoard.serving(directory, loader: loader) { server in
            _ = try await poll("\(loader) to read everything") { (try? await isLoaded(server)) == true ? true : nil }
            return try await all(server)
        }
    }

    private static func all(_ server: StockTensorBoard) async throws -> [String: String] {
        let json = try await StockPython.run([StockPython.script("dashboards.py"), server.address])
        let answers = try JSONSerialization.jsonObject(with: json) as? [String: Any] ?? [:]
        return try answers.mapValues { answer in
            let data = try JSONSerialization.data(withJSONObject: answer, options: [.sortedKeys, .fragmentsAllowed])
            return String(decoding: data, as: UTF8.self)
        }
    }
}
