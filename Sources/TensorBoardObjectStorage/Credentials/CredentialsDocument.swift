#if ObjectStorage
#if canImport(FoundationEssentials)
import FoundationEssentials
#else
// Where the system brings it, and there is no smaller one.
import Foundation
#endif

/// Credentials as JSON, as a container's endpoint, an instance's metadata and a `credential_process` give them.
struct CredentialsDocument: Decodable {
    private enum CodingKeys: String, CodingKey {
        case accessKey = "AccessKeyId"
        case secretKey = "SecretAccessKey"
        case token = "Token"
        case sessionToken = "SessionToken"
        case expiration = "Expiration"
        case code = "Code"
        case message = "Message"
    }

    private let accessKey: String?
    private let secretKey: String?
    private let token: String?
    private let sessionToken: String?
    private let expiration: String?
    private let code: String?
    private let message: String?

    /// Reads a document.
    ///
    /// - Parameters:
    ///   - bytes: UTF-8.
    ///   - source: Who gave it, for the message.
    /// - Returns: What it holds.
    /// - Throws: ``CredentialsError`` if it holds no keys.
    static func credentials(_ bytes: [UInt8], from source: String) throws(CredentialsError) -> Credentials {
        let document: CredentialsDocument
        do {
            document = try JSONDecoder().decode(CredentialsDocument.self, from: Data(bytes))
        } catch {
            // Not what the decoder says, which may repeat what it read.
            throw CredentialsError(message: "\(source) did not answer with credentials in JSON; check it")
        }
        guard let accessKey = document.accessKey, let secretKey = document.secretKey else {
            let reason = [document.code, document.message].compactMap { $0 }.joined(separator: ": ")
            let said = reason.isEmpty ? "" : " (\(reason))"
            throw CredentialsError(message: "\(source) answered without keys\(said); check its configuration")
        }
        return Credentials(
            accessKey: Secret(accessKey),
            secretKey: Secret(secretKey),
            sessionToken: (document.token ?? document.sessionToken).map(Secret.init),
            expiration: document.expiration.flatMap(InternetTime.iso8601)
        )
    }
}
#endif
