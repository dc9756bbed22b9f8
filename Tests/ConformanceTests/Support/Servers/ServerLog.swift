import Foundation

/// What a TensorBoard server prints.
struct ServerLog: Sendable {
    let file: URL

    var text: String { String(decoding: (try? Data(contentsOf: file)) ?? Data(), as: UTF8.self) }

    /// The address in the line that a server prints when it listens.
    var address: String? {
        guard
            let line = lines.first(where: { $0.hasPrefix("TensorBoard ") && $0.contains(" at http") }),
            let address = line.split(separator: " ").first(where: { $0.hasPrefix("http") && $0.hasSuffix("/") })
        else { return nil }
        return String(address)
    }

    /// Lines that a healthy server does not print.
    var unexpectedLines: [String] {
        lines.filter { line in
            !Self.harmless.contains { line.hasPrefix($0) }
        }
    }

    private var lines: [String] { text.split(separator: "\n").map(String.init) }

    private static let harmless = [
        "TensorFlow installation not found - running with reduced feature set.",
        "TensorBoard 2.21.0 at http://",
        "TensorBoard caught SIGTERM; exiting...",
    ]
}
