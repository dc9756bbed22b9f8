#if ObjectStorage
/// Where a service answers: scheme, host, port and what stands before each path.
struct Endpoint: Sendable, Hashable {
    var isSecure: Bool
    /// A name or an address; one of version 6 in brackets.
    var host: String
    /// `nil` for the scheme's own.
    var port: Int?
    /// What stands before each path, without a slash at the end.
    var basePath = ""

    /// Reads an address like `https://minio.example.com:9000`.
    ///
    /// - Throws: ``HTTPError`` with the reason.
    init(parsing text: String) throws(HTTPError) {
        func fail(_ reason: String) -> HTTPError { HTTPError(kind: .invalid, message: reason) }
        let rest: Substring
        switch text.lowercased() {
        case let lower where lower.hasPrefix("https://"): (isSecure, rest) = (true, text.dropFirst(8))
        case let lower where lower.hasPrefix("http://"): (isSecure, rest) = (false, text.dropFirst(7))
        default: throw fail("it begins with neither https:// nor http://")
        }
        var authority = rest.prefix { $0 != "/" }
        basePath = String(rest.dropFirst(authority.count))
        while basePath.hasSuffix("/") { basePath.removeLast() }
        guard !authority.contains("@") else { throw fail("it holds a user's name; give credentials apart") }
        if let colon = authority.lastIndex(of: ":"), !authority[colon...].contains("]") {
            guard let number = Int(authority[authority.index(after: colon)...]), 1...65_535 ~= number else {
                throw fail("its port is no number from 1 to 65535")
            }
            port = number == (isSecure ? 443 : 80) ? nil : number
            authority = authority[..<colon]
        }
        let isPlain = authority.utf8.allSatisfy { $0 > UInt8(ascii: " ") && $0 < 0x7F && $0 != UInt8(ascii: "?") }
        guard !authority.isEmpty, isPlain else { throw fail("it names no host") }
        host = String(authority)
    }

    init(secureHost host: String) {
        isSecure = true
        self.host = host
    }

    /// An address as errors may show it: with `…` for a user's name and password.
    static func withoutUser(_ text: String) -> String {
        guard let end = text.lastIndex(of: "@") else { return text }
        let begin = text.firstRange(of: "://")?.upperBound ?? text.startIndex
        return begin < end ? "\(text[..<begin])…\(text[end...])" : text
    }

    /// What the header `Host` says.
    var authority: String { port.map { "\(host):\($0)" } ?? host }

    /// The address of a path on this service.
    func url(_ path: String, query: String) -> String {
        "\(isSecure ? "https" : "http")://\(authority)\(path)\(query.isEmpty ? "" : "?\(query)")"
    }
}
#endif
