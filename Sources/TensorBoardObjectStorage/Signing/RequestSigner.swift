#if ObjectStorage
/// Signs requests by AWS's Signature Version 4.
///
/// https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
struct RequestSigner: Sendable {
    /// Where the request goes: the part of the credential's scope behind the date.
    var region: String
    var service = "s3"

    /// What is to be signed.
    struct Subject {
        var method: HTTPRequest.Method
        /// Host and port, as in the header `Host`.
        var authority: String
        /// Percent-encoded, from the first slash on; a service other than S3 would want it normalized.
        var path: String
        var query: [(name: String, value: String)] = []
        /// All that are sent besides `Host`, `X-Amz-Date`, `X-Amz-Security-Token` and `Authorization`.
        var headers: [(name: String, value: String)] = []
        /// The SHA-256 of the body in hexadecimal digits.
        var bodyHash: String
    }

    /// The headers of a request with those that sign it.
    ///
    /// - Parameters:
    ///   - subject: The request.
    ///   - credentials: Who asks.
    ///   - time: Seconds since 1970-01-01 UTC; the server's clock may differ by no more than a quarter of an hour.
    /// - Returns: All that are to be sent; `Authorization` is the last.
    func headers(
        signing subject: Subject,
        _ credentials: Credentials,
        time: Double
    ) -> [(name: String, value: String)] {
        let timestamp = InternetTime.basic(time)
        var headers = [("Host", subject.authority), ("X-Amz-Date", timestamp)] + subject.headers
        if let token = credentials.sessionToken { headers.append(("X-Amz-Security-Token", token.value)) }

        let canonical = headers.map { (name: $0.lowercased(), value: Self.collapsed($1)) }.sorted { $0.name < $1.name }
        let signedNames = canonical.map(\.name).joined(separator: ";")
        let request = [
            subject.method.rawValue, subject.path, Self.canonicalQuery(subject.query),
            canonical.map { "\($0.name):\($0.value)\n" }.joined(), signedNames, subject.bodyHash,
        ].joined(separator: "\n")
        let scope = "\(timestamp.prefix(8))/\(region)/\(service)/aws4_request"
        let digest = SecureHash.sha256(Array(request.utf8)).hexadecimal
        let text = ["AWS4-HMAC-SHA256", timestamp, scope, digest].joined(separator: "\n")

        var key = Array("AWS4\(credentials.secretKey.value)".utf8)
        for part in scope.split(separator: "/") { key = SecureHash.hmac(String(part), key: key) }
        let signature = SecureHash.hmac(text, key: key).hexadecimal
        let credential = "\(credentials.accessKey.value)/\(scope)"
        let authorization =
            "AWS4-HMAC-SHA256 Credential=\(credential), SignedHeaders=\(signedNames), Signature=\(signature)"
        return headers + [("Authorization", authorization)]
    }

    /// The query, encoded and in the order in which it is signed; an address has to have it like this too.
    static func canonicalQuery(_ query: [(name: String, value: String)]) -> String {
        query.map { (PercentEncoding.encode($0.name), PercentEncoding.encode($0.value)) }
            .sorted { $0 < $1 }
            .map { "\($0.0)=\($0.1)" }
            .joined(separator: "&")
    }

    /// A header's value with single spaces.
    private static func collapsed(_ value: String) -> String {
        value.split(separator: " ").joined(separator: " ")
    }
}
#endif
