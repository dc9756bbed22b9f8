#if ObjectStorage
/// A request of HTTP/1.1.
struct HTTPRequest: Sendable {
    enum Method: String, Sendable {
        case get = "GET"
        case head = "HEAD"
        case put = "PUT"
        case post = "POST"
        case delete = "DELETE"
    }

    var method: Method
    /// The address, percent-encoded.
    var url: String
    var headers: [(name: String, value: String)] = []
    var body: [UInt8] = []
    /// The largest body of an answer that is taken into memory, in bytes.
    var answerLimit = 1 << 20
}

/// The answer to a request.
struct HTTPResponse: Sendable {
    var status: Int
    /// By names in lower case.
    var headers: [String: String]
    var body: [UInt8]

    var isSuccess: Bool { 200...299 ~= status }
}

/// Why there is no answer.
struct HTTPError: Error, Sendable, Hashable {
    enum Kind: Sendable, Hashable {
        /// No connection, a connection that broke, or a time limit.
        case connection
        /// The server could not show that it is who it should be.
        case certificate
        /// The answer is larger than the limit.
        case tooLarge
        /// The address or an option makes no sense.
        case invalid
    }

    var kind: Kind
    /// What libcurl says, without a point at the end.
    var message: String
}
#endif
