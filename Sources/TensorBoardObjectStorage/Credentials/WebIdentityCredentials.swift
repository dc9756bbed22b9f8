#if ObjectStorage
import Platform
import SystemPackage

/// A role for a token that the platform writes to a file, as Kubernetes does for AWS's "roles for service accounts".
///
/// https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
struct WebIdentityCredentials: CredentialsSource {
    var environment: EnvironmentReader
    var region: String
    var client: HTTPClient

    func load() throws(CredentialsError) -> Credentials? {
        let (file, role) = (environment("AWS_WEB_IDENTITY_TOKEN_FILE"), environment("AWS_ROLE_ARN"))
        guard let file, let role else {
            // AWS_ROLE_ARN alone is set by other means of getting credentials too.
            guard file == nil else {
                throw CredentialsError(
                    message: "AWS_WEB_IDENTITY_TOKEN_FILE is set without AWS_ROLE_ARN; set both or none"
                )
            }
            return nil
        }
        return try load(role: role, tokenFile: file, session: environment("AWS_ROLE_SESSION_NAME"))
    }

    /// Asks for the keys of a role.
    func load(role: String, tokenFile: String, session: String?) throws(CredentialsError) -> Credentials {
        guard let token = SmallFile.read(FilePath(tokenFile), limit: 1 << 16), !token.isEmpty else {
            throw CredentialsError(
                message: "the web identity's token file \(tokenFile) cannot be read; check AWS_WEB_IDENTITY_TOKEN_FILE",
                isTemporary: true
            )
        }
        let form = [
            ("Action", "AssumeRoleWithWebIdentity"), ("Version", "2011-06-15"), ("RoleArn", role),
            ("RoleSessionName", session ?? "swift-tensorboard-\(getpid())"),
            ("WebIdentityToken", String(decoding: token, as: UTF8.self).trimmed),
        ].map { "\($0.0)=\(PercentEncoding.encode($0.1))" }.joined(separator: "&")
        let suffix = region.hasPrefix("cn-") ? "amazonaws.com.cn" : "amazonaws.com"
        let endpoint =
            environment("AWS_ENDPOINT_URL_STS") ?? environment("AWS_ENDPOINT_URL")
            ?? "https://sts.\(region).\(suffix)"
        let request = HTTPRequest(
            method: .post,
            url: endpoint.hasSuffix("/") ? endpoint : endpoint + "/",
            headers: [("Content-Type", "application/x-www-form-urlencoded")],
            body: Array(form.utf8)
        )
        let answer: HTTPResponse
        do throws(HTTPError) {
            answer = try client.perform(request)
        } catch {
            throw CredentialsError(
                message:
                    "the security token service at \(endpoint) cannot be reached: \(error.message); check AWS_REGION "
                    + "and the network",
                isTemporary: true
            )
        }
        let document = try? XMLElement(parsing: answer.body)
        guard answer.isSuccess, let found = document?.first("Credentials"), let key = found.text(of: "AccessKeyId"),
            let secret = found.text(of: "SecretAccessKey")
        else {
            let reason = document?.first("Error").flatMap { $0.text(of: "Code") } ?? "no credentials"
            throw CredentialsError(
                message:
                    "the security token service at \(endpoint) refuses the role \(role) (\(answer.status) \(reason)); "
                    + "check the role's trust policy",
                isTemporary: answer.status >= 500 || answer.status == 429
            )
        }
        return Credentials(
            accessKey: Secret(key),
            secretKey: Secret(secret),
            sessionToken: found.text(of: "SessionToken").map(Secret.init),
            expiration: found.text(of: "Expiration").flatMap(InternetTime.iso8601)
        )
    }
}
#endif
