#if ObjectStorage
import EventFiles
import Synchronization

/// Sends requests for one bucket: signed, and mended by what the answers tell.
final class S3Connection: Sendable {
    /// Clocks that differ by less are no reason for a refusal, in seconds; AWS allows a quarter of an hour.
    private static let smallestSkew = 300.0

    /// What answers have taught about the store.
    private struct Knowledge {
        var region: String
        /// How far the store's clock is ahead of ours, in seconds.
        var clockOffset = 0.0
    }

    /// How an answer can be mended, each once for a request.
    private enum Correction: Hashable {
        case clock, region, credentials
    }

    private let bucket: String
    private let settings: StoreSettings
    private let client: HTTPClient
    private let chain: CredentialsChain
    private let clock: @Sendable () -> Double
    private let knowledge: Mutex<Knowledge>

    /// - Throws: `TensorBoardError` with the code `invalidOption`.
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

    /// Sends a request, and once more for each thing that its answer shows how to mend.
    ///
    /// - Returns: The answer, whatever its status, and who asked.
    func perform(_ request: S3Request) throws(ObjectStoreError) -> (HTTPResponse, Credentials) {
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

    private func send(_ request: S3Request, _ credentials: Credentials) throws(ObjectStoreError) -> HTTPResponse {
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

/// A request for the bucket or an object in it.
struct S3Request {
    private static let emptyHash = SecureHash.sha256([]).hexadecimal

    var method: HTTPRequest.Method
    var key: String?
    /// How an error begins.
    var action: String
    var headers: [(name: String, value: String)]
    var query: [(name: String, value: String)] = []
    var body: [UInt8]
    var bodyHash = Self.emptyHash
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
