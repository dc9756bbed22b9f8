#if ObjectStorage
/// Who asks a store.
///
/// Nothing of it shows in text or a debugger's view of the type.
struct Credentials: Sendable, Hashable {
    var accessKey: Secret
    var secretKey: Secret
    /// Goes with keys that expire.
    var sessionToken: Secret?
    /// When they stop to be good, in seconds since 1970-01-01 UTC; `nil` for never.
    var expiration: Double?

    /// The text without any of the secrets, should a server have repeated one.
    func removed(from text: String) -> String {
        var text = text
        for secret in [accessKey, secretKey, sessionToken] {
            guard let value = secret?.value, !value.isEmpty else { continue }
            text = text.replacing(value, with: "…")
        }
        return text
    }
}

/// A text that must not appear anywhere.
struct Secret: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    let value: String

    init(_ value: String) { self.value = value }

    var description: String { "…" }
    var debugDescription: String { description }
    var customMirror: Mirror { Mirror(self, children: []) }
}

/// A place where credentials may be found.
protocol CredentialsSource: Sendable {
    /// - Returns: The credentials; `nil` if there are none of this kind here, so that the next source is asked.
    /// - Throws: ``CredentialsError`` if there should be some, and they cannot be had.
    func load() throws(CredentialsError) -> Credentials?
}

/// Why credentials that are configured cannot be had.
struct CredentialsError: Error, Sendable, Hashable {
    /// A sentence that names the source and says what to do.
    var message: String
    /// Whether it may work later.
    var isTemporary = false
}

/// Reads a variable of the environment; one that is empty counts as not set.
typealias EnvironmentReader = @Sendable (String) -> String?

/// `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and `AWS_SESSION_TOKEN`.
struct EnvironmentCredentials: CredentialsSource {
    var environment: EnvironmentReader

    func load() throws(CredentialsError) -> Credentials? {
        let (key, secret) = (environment("AWS_ACCESS_KEY_ID"), environment("AWS_SECRET_ACCESS_KEY"))
        guard let key, let secret else {
            guard key == nil, secret == nil else {
                let missing = key == nil ? "AWS_ACCESS_KEY_ID" : "AWS_SECRET_ACCESS_KEY"
                throw CredentialsError(message: "of the pair of keys in the environment, \(missing) is missing; set it")
            }
            return nil
        }
        return Credentials(
            accessKey: Secret(key),
            secretKey: Secret(secret),
            sessionToken: environment("AWS_SESSION_TOKEN").map(Secret.init)
        )
    }
}
#endif
