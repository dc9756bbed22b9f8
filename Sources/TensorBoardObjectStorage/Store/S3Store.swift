#if ObjectStorage
import EventFiles
import Synchronization

/// A bucket of AWS's S3, or of any store that speaks as it does.
final class S3Store: ObjectStore {
    /// The largest part of an object that is read at once, in bytes.
    static let readLimit = 8 << 20
    private static let listingLimit = 1000
    /// Clocks that differ by less are no reason for a refusal, in seconds; AWS allows a quarter of an hour.
    private static let smallestSkew = 300.0

    /// What answers have taught about the store.
    private struct Knowledge {
        var region: String
        /// How far the store's clock is ahead of ours, in seconds.
        var clockOffset = 0.0
        var putForms = PutForm.all[...]
    }

    /// What goes with an object that is stored.
    private struct PutForm {
        /// Whether there is an `If-None-Match: *`.
        ///
        /// MinIO, Ceph, R2 and SeaweedFS keep to it as AWS does; others refuse it, which is noticed, or ignore it, which
        /// is not: then an object of the same name is replaced.
        var isConditional: Bool
        /// Whether there is a SHA-256 that the store verifies and keeps.
        var hasChecksum: Bool

        /// The best first; a store that does not know one of the headers gets the next.
        static let all = [(true, true), (false, true), (true, false), (false, false)].map(PutForm.init)
    }

    /// How an answer can be mended, each once for a request.
    private enum Correction: Hashable {
        case clock, region, credentials
    }

    let bucket: String
    private let settings: StoreSettings
    private let client: HTTPClient
    private let chain: CredentialsChain
    private let clock: @Sendable () -> Double
    private let knowledge: Mutex<Knowledge>

    /// - Throws: `TensorBoardError` with the code `invalidOption`. Nothing is asked of the store yet.
    init(bucket: String, _ options: StoreOptions) throws(TensorBoardError) {
        self.bucket = bucket
        settings = try StoreSettings(options)
        client = HTTPClient(settings.transfer)
        chain = CredentialsChain(options, region: settings.region, client)
        clock = options.clock
        knowledge = Mutex(Knowledge(region: settings.region))
    }

    /// How many requests were sent so far.
    var requestCount: Int { client.requestCount }

    func putIfAbsent(_ bytes: [UInt8], at key: String) throws(ObjectStoreError) -> Bool {
        let digest = SecureHash.sha256(bytes)
        let action = "\(address(key)) cannot be stored"
        while true {
            let forms = knowledge.withLock { $0.putForms }
            let form = forms[forms.startIndex]
            var headers = [("Content-Type", "application/octet-stream")]
            if form.hasChecksum { headers.append(("X-Amz-Checksum-Sha256", digest.base64)) }
            if form.isConditional {
                headers.append(("If-None-Match", "*"))
            } else if try attributes(of: key) != nil {
                return false
            }
            var request = Request(.put, key: key, action: action, headers: headers, body: bytes)
            request.bodyHash = digest.hexadecimal
            let (answer, credentials) = try perform(request)
            if answer.isSuccess { return true }
            if answer.status == 412 { return false }
            let failure = S3Failure(answer)
            guard failure.isNotImplemented, forms.count > 1 else { throw failure.error(action, hiding: credentials) }
            knowledge.withLock { if $0.putForms.startIndex == forms.startIndex { $0.putForms = forms.dropFirst() } }
        }
    }

    func attributes(of key: String) throws(ObjectStoreError) -> ObjectAttributes? {
        let action = "\(address(key)) cannot be looked up"
        let request = Request(.head, key: key, action: action, headers: [("X-Amz-Checksum-Mode", "ENABLED")])
        let (answer, credentials) = try perform(request)
        if answer.status == 404 { return nil }
        guard answer.isSuccess else { throw S3Failure(answer).error(action, hiding: credentials) }
        return ObjectAttributes(
            key: key,
            byteCount: answer.headers["content-length"].flatMap { Int($0) } ?? 0,
            entityTag: S3Listing.entityTag(answer.headers["etag"] ?? ""),
            checksum: answer.headers["x-amz-checksum-sha256"]
        )
    }

    func list(_ prefix: String, after key: String?) throws(ObjectStoreError) -> ObjectPage {
        let action = "the objects of \(address(prefix)) cannot be listed"
        var request = Request(.get, key: nil, action: action)
        request.query = [
            ("list-type", "2"), ("max-keys", "\(Self.listingLimit)"), ("prefix", prefix), ("encoding-type", "url"),
        ]
        if let key { request.query.append(("start-after", key)) }
        // Names of 1,024 bytes, three bytes each when encoded, and what is said of each object.
        request.answerLimit = Self.listingLimit * 4096
        let (answer, credentials) = try perform(request)
        guard answer.isSuccess else { throw S3Failure(answer).error(action, hiding: credentials) }
        guard let page = S3Listing.page(answer.body) else {
            throw ObjectStoreError(
                kind: .temporary,
                description: "\(action), the answer is no listing; check that the endpoint is that of an S3 interface"
            )
        }
        // Asked again and again for the same page, a store would never come to an end.
        if let key, page.objects.contains(where: { $0.key == key }) {
            throw ObjectStoreError(
                kind: .refused,
                description: "\(action), the store ignores 'start-after' of ListObjectsV2; use a store that has it"
            )
        }
        return page
    }

    /// The bytes of an object from an offset on, ``readLimit`` at most; empty if there are no more.
    func read(_ key: String, from offset: Int) throws(ObjectStoreError) -> [UInt8] {
        let action = "\(address(key)) cannot be read"
        let range = "bytes=\(offset)-\(offset + Self.readLimit - 1)"
        var request = Request(.get, key: key, action: action, headers: [("Range", range)])
        // A store without ranges sends the object from its begin on.
        request.answerLimit = max(Self.readLimit, offset + Self.readLimit)
        let (answer, credentials) = try perform(request)
        switch answer.status {
        case 206: return answer.body
        case 416: return []
        case 200: return Array(answer.body.dropFirst(offset).prefix(Self.readLimit))
        default: throw S3Failure(answer).error(action, hiding: credentials)
        }
    }

    func delete(_ key: String) throws(ObjectStoreError) {
        let action = "\(address(key)) cannot be deleted"
        let (answer, credentials) = try perform(Request(.delete, key: key, action: action))
        guard answer.isSuccess || answer.status == 404 else {
            throw S3Failure(answer).error(action, hiding: credentials)
        }
    }

    private func address(_ key: String) -> String { "s3://\(bucket)/\(key)" }
}

// MARK: - Requests

extension S3Store {
    private static let emptyHash = SecureHash.sha256([]).hexadecimal

    /// A request for the bucket or an object in it.
    private struct Request {
        var method: HTTPRequest.Method
        var key: String?
        /// How an error begins.
        var action: String
        var headers: [(name: String, value: String)]
        var query: [(name: String, value: String)] = []
        var body: [UInt8]
        var bodyHash = S3Store.emptyHash
        var answerLimit = 1 << 20

        init(
            _ method: HTTPRequest.Method,
            key: String?,
            action: String,
            headers: [(String, String)] = [],
            body: [UInt8] = []
        ) {
            self.method = method
            self.key = key
            self.action = action
            self.headers = headers.map { (name: $0.0, value: $0.1) }
            self.body = body
        }
    }

    /// Sends a request, and once more for each thing that its answer shows how to mend.
    ///
    /// - Returns: The answer, whatever its status, and who asked.
    private func perform(_ request: Request) throws(ObjectStoreError) -> (HTTPResponse, Credentials) {
        var corrections: Set<Correction> = []
        while true {
            let credentials = try credentials(request.action)
            let sent = clock()
            let answer = try send(request, credentials)
            guard !answer.isSuccess,
                let correction = try correction(for: S3Failure(answer), credentials, sent: sent, request.action),
                corrections.insert(correction).inserted
            else { return (answer, credentials) }
        }
    }

    private func credentials(_ action: String) throws(ObjectStoreError) -> Credentials {
        do throws(CredentialsError) {
            return try chain.credentials()
        } catch {
            throw ObjectStoreError(error, action)
        }
    }

    private func send(_ request: Request, _ credentials: Credentials) throws(ObjectStoreError) -> HTTPResponse {
        let (region, clockOffset) = knowledge.withLock { ($0.region, $0.clockOffset) }
        let (endpoint, pathPrefix) = settings.place(of: bucket, region: region)
        let path = pathPrefix + (request.key.map { "/" + PercentEncoding.encode($0, keepsSlashes: true) } ?? "/")
        let subject = RequestSigner.Subject(
            method: request.method,
            authority: endpoint.authority,
            path: path,
            query: request.query,
            headers: request.headers + [("X-Amz-Content-Sha256", request.bodyHash)],
            bodyHash: request.bodyHash
        )
        let headers = RequestSigner(region: region).headers(signing: subject, credentials, time: clock() + clockOffset)
        let url = endpoint.url(path, query: RequestSigner.canonicalQuery(request.query))
        do throws(HTTPError) {
            return try client.perform(
                HTTPRequest(
                    method: request.method,
                    url: url,
                    headers: headers,
                    body: request.body,
                    answerLimit: request.answerLimit
                )
            )
        } catch {
            throw ObjectStoreError(error, request.action, endpoint)
        }
    }

    /// Learns from an answer what was wrong with a request.
    ///
    /// - Returns: What the next try does differently; `nil` if nothing.
    private func correction(
        for failure: S3Failure,
        _ credentials: Credentials,
        sent: Double,
        _ action: String
    ) throws(ObjectStoreError) -> Correction? {
        if let region = failure.region, StoreSettings.isRegion(region), [301, 307, 400, 403].contains(failure.status),
            knowledge.withLock({ knowledge in
                defer { knowledge.region = region }
                return knowledge.region != region
            })
        {
            return .region
        }
        guard failure.status == 403 || failure.code == "ExpiredToken" else { return nil }
        // The answer to HEAD says no reason.
        if failure.code == "RequestTimeTooSkewed" || failure.code.isEmpty, let serverTime = failure.serverTime {
            let offset = serverTime - sent
            let isNew = knowledge.withLock { knowledge in
                guard abs(offset - knowledge.clockOffset) > Self.smallestSkew else { return false }
                knowledge.clockOffset = offset
                return true
            }
            if isNew { return .clock }
        }
        do throws(CredentialsError) {
            return try chain.renewed(after: credentials) == nil ? nil : .credentials
        } catch {
            throw ObjectStoreError(error, action)
        }
    }
}

extension ObjectStoreError {
    fileprivate init(_ error: CredentialsError, _ action: String) {
        self.init(kind: error.isTemporary ? .temporary : .denied, description: "\(action), \(error.message)")
    }

    fileprivate init(_ error: HTTPError, _ action: String, _ endpoint: Endpoint) {
        let (kind, advice): (Kind, String) =
            switch error.kind {
            case .connection: (.temporary, "check the endpoint and the network, trying again may help")
            case .certificate: (.refused, "check the endpoint, or give the store's certificate authority")
            case .tooLarge: (.refused, "check that the endpoint is that of an S3 interface")
            case .invalid: (.refused, "check the endpoint")
            }
        self.init(
            kind: kind,
            description: "\(action), \(endpoint.authority) gives no answer: \(error.message); \(advice)"
        )
    }
}
#endif
