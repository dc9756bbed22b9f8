#if ObjectStorage
import CCurl

/// A transfer handle of libcurl, with the connection that it keeps open from request to request.
// SAFETY: `HTTPClient` lends a handle to one thread at a time.
final class CurlHandle: @unchecked Sendable {
    private static let isInitialized = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    private let handle: UnsafeMutableRawPointer
    private let errorText = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))

    /// - Throws: ``HTTPError`` if there is no memory for it.
    init() throws(HTTPError) {
        guard Self.isInitialized, let handle = curl_easy_init() else {
            throw HTTPError(kind: .invalid, message: "libcurl cannot be initialized")
        }
        self.handle = handle
        errorText.pointee = 0
    }

    deinit {
        curl_easy_cleanup(handle)
        errorText.deallocate()
    }

    /// Sends a request and waits for the answer.
    func perform(_ request: HTTPRequest, _ options: HTTPClient.Options) throws(HTTPError) -> HTTPResponse {
        // Keeps connections, and forgets everything about the request before.
        curl_easy_reset(handle)
        var list: UnsafeMutablePointer<curl_slist>?
        defer { curl_slist_free_all(list) }
        // Without waiting for a "100 Continue" before each body: some stores never send one.
        for (name, value) in request.headers + [("Expect", "")] {
            list = curl_slist_append(list, value.isEmpty ? "\(name):" : "\(name): \(value)")
        }
        set(CURLOPT_HTTPHEADER, list)
        set(options)

        let answer = CurlAnswer(limit: request.answerLimit)
        let context = Unmanaged.passUnretained(answer).toOpaque()
        set(CURLOPT_WRITEDATA, context)
        set(CURLOPT_HEADERDATA, context)
        ccurl_set_receiver(handle, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
            CurlAnswer.receiveBody(UnsafeRawBufferPointer(start: bytes, count: size * count), context)
        }
        ccurl_set_receiver(handle, CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
            CurlAnswer.receiveHeader(UnsafeRawBufferPointer(start: bytes, count: size * count), context)
        }
        errorText.pointee = 0
        let code = withExtendedLifetime(answer) {
            request.body.withUnsafeBytes { body in
                // Strings and lists are copied by libcurl, the body is not.
                if request.method == .put || request.method == .post {
                    ccurl_set_size(handle, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count))
                    set(CURLOPT_POSTFIELDS, body.baseAddress ?? UnsafeRawPointer(errorText))
                }
                request.method == .head
                    ? set(CURLOPT_NOBODY, 1) : set(CURLOPT_CUSTOMREQUEST, request.method.rawValue)
                set(CURLOPT_URL, request.url)
                return curl_easy_perform(handle)
            }
        }
        guard code == CURLE_OK else { throw problem(code, answer) }
        return HTTPResponse(
            status: ccurl_get_long(handle, CURLINFO_RESPONSE_CODE),
            headers: answer.headers,
            body: answer.body
        )
    }

    private func set(_ options: HTTPClient.Options) {
        set(CURLOPT_ERRORBUFFER, errorText)
        // Signals belong to the program.
        set(CURLOPT_NOSIGNAL, 1)
        set(CURLOPT_USERAGENT, "swift-tensorboard")
        set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
        // A name of an object may hold "..", which is no way up.
        set(CURLOPT_PATH_AS_IS, 1)
        set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
        // A redirect would take the signature elsewhere.
        set(CURLOPT_FOLLOWLOCATION, 0)
        set(CURLOPT_TCP_KEEPALIVE, 1)
        set(CURLOPT_CONNECTTIMEOUT_MS, Int(options.connectTimeout / .milliseconds(1)))
        // Of less than a byte a second nothing comes any more.
        set(CURLOPT_LOW_SPEED_LIMIT, 1)
        set(CURLOPT_LOW_SPEED_TIME, max(1, Int(options.stallTimeout / .seconds(1))))
        if options.isDirect { set(CURLOPT_NOPROXY, "*") }
        if let proxy = options.proxy { set(CURLOPT_PROXY, proxy) }
        if let file = options.certificateAuthority { set(CURLOPT_CAINFO, file) }
    }

    private func set(_ option: CURLoption, _ value: Int) { ccurl_set_long(handle, option, value) }
    private func set(_ option: CURLoption, _ value: String) { value.withCString { set(option, $0) } }
    private func set(_ option: CURLoption, _ value: UnsafeRawPointer?) { ccurl_set_pointer(handle, option, value) }

    private func problem(_ code: CURLcode, _ answer: CurlAnswer) -> HTTPError {
        guard !answer.isTooLarge else {
            return HTTPError(kind: .tooLarge, message: "the answer is larger than \(answer.limit) bytes")
        }
        let kind: HTTPError.Kind =
            switch code {
            case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR: .certificate
            case CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL, CURLE_BAD_FUNCTION_ARGUMENT: .invalid
            default: .connection
            }
        let detail = String(cString: errorText)
        return HTTPError(kind: kind, message: detail.isEmpty ? String(cString: curl_easy_strerror(code)) : detail)
    }
}

/// What a server has sent so far.
private final class CurlAnswer {
    let limit: Int
    var headers: [String: String] = [:]
    var body: [UInt8] = []
    var isTooLarge = false

    init(limit: Int) { self.limit = limit }

    private static func from(_ context: UnsafeMutableRawPointer?) -> CurlAnswer? {
        context.map { Unmanaged<CurlAnswer>.fromOpaque($0).takeUnretainedValue() }
    }

    /// - Returns: How many bytes were taken; fewer than there are end the transfer.
    static func receiveBody(_ bytes: UnsafeRawBufferPointer, _ context: UnsafeMutableRawPointer?) -> Int {
        guard let answer = from(context) else { return 0 }
        guard answer.body.count + bytes.count <= answer.limit else {
            answer.isTooLarge = true
            return 0
        }
        answer.body += bytes
        return bytes.count
    }

    static func receiveHeader(_ bytes: UnsafeRawBufferPointer, _ context: UnsafeMutableRawPointer?) -> Int {
        guard let answer = from(context) else { return 0 }
        let line = String(decoding: bytes, as: UTF8.self)
        // Of several answers to a request ("100 Continue") the last one counts.
        if line.hasPrefix("HTTP/") { answer.headers = [:] }
        if let colon = line.firstIndex(of: ":") {
            let value = line[line.index(after: colon)...]
            answer.headers[line[..<colon].lowercased()] = value.trimmed
        }
        return bytes.count
    }
}

extension StringProtocol {
    /// The text without white space at both ends.
    var trimmed: String {
        let rest = drop { $0.isWhitespace }
        guard let last = rest.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(rest[...last])
    }
}
#endif
