import Foundation

/// What the tests of a suite with the trait `.stockTensorBoard` look at.
struct Served: Sendable {
    @TaskLocal static var current: Served?

    let logDirectory: URL
    let servers: [Loader: StockTensorBoard]

    /// The server with the loader, of the suite that runs.
    static func by(_ loader: Loader) throws -> StockTensorBoard {
        guard let server = current?.servers[loader] else {
            throw ConformanceFailure("No server runs: give the suite the trait .stockTensorBoard.")
        }
        return server
    }
}
