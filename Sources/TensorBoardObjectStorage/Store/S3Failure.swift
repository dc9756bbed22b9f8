#if ObjectStorage
/// What an answer says that is not the one hoped for.
struct S3Failure {
    let status: Int
    /// S3's name of the error; empty where a store gives none, as in the answer to HEAD.
    let code: String
    let message: String
    /// Where the bucket is, if the store says so.
    let region: String?
    /// The server's clock, in seconds since 1970-01-01 UTC.
    let serverTime: Double?

    init(_ answer: HTTPResponse) {
        let document = (try? XMLElement(parsing: answer.body))?.first("Error")
        status = answer.status
        code = document?.text(of: "Code") ?? ""
        message = document?.text(of: "Message") ?? ""
        region = answer.headers["x-amz-bucket-region"] ?? document?.text(of: "Region")
        serverTime = answer.headers["date"].flatMap(InternetTime.header)
    }

    /// Whether the store does not know a header that was sent.
    var isNotImplemented: Bool { status == 501 || (status == 400 && code.hasSuffix("NotImplemented")) }

    private var kind: ObjectStoreError.Kind {
        switch (status, code) {
        case (400, "ExpiredToken"), (400, "InvalidToken"), (400, "TokenRefreshRequired"): .denied
        // The body arrived damaged or not at all.
        case (400, "BadDigest"), (400, "RequestTimeout"), (400, "IncompleteBody"),
            (400, "XAmzContentSHA256Mismatch"), (400, "XAmzContentChecksumMismatch"):
            .temporary
        case (401, _), (403, _): .denied
        case (404, _): .notFound
        // Another request for the same name is being worked on.
        case (408, _), (409, _), (425, _), (429, _): .temporary
        case (500..., _) where !isNotImplemented: .temporary
        default: .refused
        }
    }

    private var advice: String {
        switch (kind, code) {
        case (_, "NoSuchBucket"): "make the bucket, or correct its name"
        case (_, "RequestTimeTooSkewed"): "set the clock of this machine"
        case (.denied, "SignatureDoesNotMatch"): "check the secret key, and that no proxy changes requests"
        case (.denied, "InvalidAccessKeyId"): "check the credentials and the endpoint that they are for"
        case (.denied, "ExpiredToken"), (.denied, "InvalidToken"), (.denied, "TokenRefreshRequired"):
            "get new credentials"
        case (.denied, _): "check the credentials and what they are allowed to do there"
        case (.temporary, _): "trying again may help"
        case (.notFound, _): "check the address"
        case (.refused, _) where status == 301 || status == 307: "check the region and the endpoint"
        case (.refused, _): "check the endpoint, and whether the store has this part of the S3 interface"
        }
    }

    /// The failure as an error.
    ///
    /// - Parameters:
    ///   - action: What was asked for, for example "s3://bucket/key cannot be read".
    ///   - credentials: What must not be repeated.
    /// - Returns: What was asked for, what the store said, and what to do.
    func error(_ action: String, hiding credentials: Credentials) -> ObjectStoreError {
        let reason = [code, message].filter { !$0.isEmpty }.joined(separator: ": ")
        let said = "status \(status)\(reason.isEmpty ? "" : ", \(reason)")"
        return ObjectStoreError(
            kind: kind,
            description: "\(action), the store answers with \(credentials.removed(from: said)); \(advice)"
        )
    }
}
#endif
