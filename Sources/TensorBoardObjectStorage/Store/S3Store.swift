#if ObjectStorage
import EventFiles
import Summaries
import Synchronization

/// A bucket of AWS's S3, or of any store that speaks as it does.
final class S3Store: ObjectStore {
    /// The largest part of an object that is read at once, in bytes.
    static let readLimit = 8 << 20
    private static let listingLimit = 1000

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

    let bucket: String
    private let connection: S3Connection
    /// Those that no answer has refused.
    private let putForms = Mutex(PutForm.all[...])

    /// - Throws: `TensorBoardError` with the code `invalidOption`. Nothing is asked of the store yet.
    init(bucket: String, _ options: StoreOptions) throws(TensorBoardError) {
        self.bucket = bucket
        connection = try S3Connection(bucket: bucket, options)
    }

    /// How many requests were sent so far.
    var requestCount: Int { connection.requestCount }

    func putIfAbsent(_ bytes: [UInt8], at key: String) throws(ObjectStoreError) -> Bool {
        let digest = SecureHash.sha256(bytes)
        let action = "\(address(key)) cannot be stored"
        while true {
            let forms = putForms.withLock { $0 }
            let form = forms[forms.startIndex]
            var headers = [("Content-Type", "application/octet-stream")]
            if form.hasChecksum { headers.append(("X-Amz-Checksum-Sha256", digest.base64)) }
            if form.isConditional {
                headers.append(("If-None-Match", "*"))
            } else if try attributes(of: key) != nil {
                return false
            }
            var request = S3Request(.put, key: key, action: action, headers: headers, body: bytes)
            request.bodyHash = digest.hexadecimal
            let (answer, credentials) = try connection.perform(request)
            if answer.isSuccess { return true }
            if answer.status == 412 { return false }
            let failure = S3Failure(answer)
            guard failure.isNotImplemented, forms.count > 1 else { throw failure.error(action, hiding: credentials) }
            putForms.withLock { if $0.startIndex == forms.startIndex { $0 = forms.dropFirst() } }
        }
    }

    func attributes(of key: String) throws(ObjectStoreError) -> ObjectAttributes? {
        let action = "\(address(key)) cannot be looked up"
        let request = S3Request(.head, key: key, action: action, headers: [("X-Amz-Checksum-Mode", "ENABLED")])
        let (answer, credentials) = try connection.perform(request)
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
        var request = S3Request(.get, key: nil, action: action)
        request.query = [
            ("list-type", "2"), ("max-keys", "\(Self.listingLimit)"), ("prefix", prefix), ("encoding-type", "url"),
        ]
        if let key { request.query.append(("start-after", key)) }
        // Names of 1,024 bytes, three bytes each when encoded, and what is said of each object.
        request.answerLimit = Self.listingLimit * 4096
        let (answer, credentials) = try connection.perform(request)
        guard answer.isSuccess else { throw S3Failure(answer).error(action, hiding: credentials) }
        guard let page = S3Listing.page(answer.body) else {
            throw ObjectStoreError(
                kind: .temporary,
                description: "\(action), the answer is no listing; check that the endpoint is that of an S3 interface"
            )
        }
        // Asked again and again for the same page, a store would never come to an end.
        if let key, page.objects.contains(where: { UTF8Key($0.key) == UTF8Key(key) }) {
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
        var request = S3Request(.get, key: key, action: action, headers: [("Range", range)])
        // A store without ranges sends the object from its begin on.
        request.answerLimit = max(Self.readLimit, offset + Self.readLimit)
        let (answer, credentials) = try connection.perform(request)
        switch answer.status {
        case 206: return answer.body
        case 416: return []
        case 200: return Array(answer.body.dropFirst(offset).prefix(Self.readLimit))
        default: throw S3Failure(answer).error(action, hiding: credentials)
        }
    }

    func delete(_ key: String) throws(ObjectStoreError) {
        let action = "\(address(key)) cannot be deleted"
        let (answer, credentials) = try connection.perform(S3Request(.delete, key: key, action: action))
        guard answer.isSuccess || answer.status == 404 else {
            throw S3Failure(answer).error(action, hiding: credentials)
        }
    }

    private func address(_ key: String) -> String { "s3://\(bucket)/\(key)" }
}
#endif
