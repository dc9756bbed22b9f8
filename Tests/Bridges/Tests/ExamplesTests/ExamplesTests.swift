import BridgeTestSupport
import Foundation
import Testing

/// Where the programs of `Examples` have logged; `scripts/test` runs them and says so.
private let exampleLogs = ProcessInfo.processInfo.environment["EXAMPLE_LOGS"]

@Suite(.timeLimit(.minutes(3)), .enabled(if: exampleLogs != nil, "scripts/test runs the examples first"))
struct ExamplesTests {
    private let directory = URL(fileURLWithPath: exampleLogs ?? "/")

    @Test(arguments: StockTensorBoard.Loader.available)
    func tensorBoardShowsTheExamples(_ loader: StockTensorBoard.Loader) async throws {
        try await StockTensorBoard.serving(directory, loader: loader) { server in
            for (run, dashboard, tag) in [
                ("training_loop", "scalars", "loss"), ("training_loop", "histograms", "errors"),
                ("fine_tuning", "scalars", "loss/validation"), ("fine_tuning", "text", "checkpoints"),
                ("epidemic", "scalars", "people/ill"), ("epidemic", "images", "grid"),
                ("epidemic", "histograms", "infected_by_each"),
                ("training_kit", "scalars", "best/loss"), ("training_kit", "text", "run/information"),
            ] { _ = try await server.tags(dashboard, run: run, having: [tag]) }
            let losses = try await server.scalars(run: "training_loop", tag: "loss").map(\.value)
            #expect(losses.count == 200 && losses.last.map { losses[0] > 10 * $0 } == true)
            // Xcode's toolchain cannot differentiate.
            #if os(Linux)
            _ = try await server.tags("images", run: "differentiation", having: ["curve"])
            _ = try await server.tags("scalars", run: "differentiation", having: ["gradients/slope"])
            let fitted = try await server.scalars(run: "differentiation", tag: "loss").map(\.value)
            #expect(fitted.count == 300 && fitted.last.map { fitted[0] > 10 * $0 } == true)
            #endif
        }
    }

    /// Takes Hummingbird, whose build takes minutes: `scripts/test --with-examples`.
    @Test(.enabled(if: exampleLogs.map { FileManager.default.fileExists(atPath: "\($0)/hummingbird") } ?? false))
    func tensorBoardShowsTheMetricsOfAServer() async throws {
        let route = "http.request.method=GET,http.response.status_code=200,http.route=/hello/{name}"
            .replacingOccurrences(of: "{name}", with: #"\{name\}"#)
        try await StockTensorBoard.serving(directory, loader: .slow) { server in
            let requests = "hb/requests/{\(route)}"
            let duration = "http/server/request/duration/{\(route)}"
            _ = try await server.tags(
                "scalars",
                run: "hummingbird",
                having: [requests, "http/server/active_requests/{http.request.method=GET}"]
            )
            #expect(try await server.scalars(run: "hummingbird", tag: requests).last?.value == 54)
            _ = try await server.tags("histograms", run: "hummingbird", having: [duration])
            let count = try await server.histogramCounts(run: "hummingbird", tag: duration).reduce(0) { $0 + $1.value }
            #expect(count.rounded() == 54)
            _ = try await server.tags("text", run: "hummingbird", having: ["log"])
        }
    }
}
