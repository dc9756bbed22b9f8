#if ObjectStorage
import Synchronization

/// Sends requests and waits for their answers, on the thread that asks.
///
/// Connections stay open for the next request. Any number of threads may ask at once.
final class HTTPClient: Sendable {
    struct Options: Sendable {
        /// The longest time to wait for a connection.
        var connectTimeout = Duration.seconds(10)
        /// The longest time in which nothing at all comes or goes.
        var stallTimeout = Duration.seconds(30)
        /// The proxy's address; `nil` for what the variables `https_proxy`, `http_proxy` and `no_proxy` say.
        var proxy: String?
        /// Whether to go past every proxy.
        var isDirect = false
        /// A file of certificate authorities in PEM to trust in place of the system's.
        var certificateAuthority: String?
    }

    private let options: Options
    /// Those that no thread has; the most recently used one, whose connection is the likeliest to be open, is the last.
    private let idle = Mutex<[CurlHandle]>([])
    private let requests = Atomic(0)

    init(_ options: Options = Options()) {
        self.options = options
    }

    /// How many requests were sent so far.
    var requestCount: Int { requests.load(ordering: .relaxed) }

    /// Sends a request and waits for the answer, whatever its status.
    ///
    /// - Throws: ``HTTPError`` if there is none.
    func perform(_ request: HTTPRequest) throws(HTTPError) -> HTTPResponse {
        let lent = idle.withLock { $0.popLast() }
        let handle = if let lent { lent } else { try CurlHandle() }
        // A thread at work keeps its handle to itself, so there are never more than there were threads.
        defer { idle.withLock { $0.append(handle) } }
        requests.add(1, ordering: .relaxed)
        return try handle.perform(request, options)
    }
}
#endif
