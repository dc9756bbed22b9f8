#if ObjectStorage
import SystemPackage

/// The keys of a task's role, from an endpoint beside the container: ECS, EKS Pod Identity, CloudShell.
///
/// https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html
struct ContainerCredentials: CredentialsSource {
    /// Hosts that may be asked without TLS, beside loopback addresses: they are links of this machine.
    private static let plainHosts: Set = ["169.254.170.2", "169.254.170.23", "[fd00:ec2::23]", "localhost", "[::1]"]

    var environment: EnvironmentReader
    /// Asks without a proxy.
    var client: HTTPClient

    func load() throws(CredentialsError) -> Credentials? {
        guard let url = try url() else { return nil }
        var headers: [(name: String, value: String)] = []
        if let token = try token() { headers.append(("Authorization", token)) }
        let name = "the container's endpoint for credentials"
        let answer: HTTPResponse
        do throws(HTTPError) {
            answer = try client.perform(HTTPRequest(method: .get, url: url, headers: headers))
        } catch {
            throw CredentialsError(
                message: "\(name) cannot be reached: \(error.message); check AWS_CONTAINER_CREDENTIALS_FULL_URI",
                isTemporary: true
            )
        }
        guard answer.isSuccess else {
            throw CredentialsError(
                message: "\(name) answered with status \(answer.status); check the role of the task",
                isTemporary: answer.status >= 500 || answer.status == 429
            )
        }
        return try CredentialsDocument.credentials(answer.body, from: name)
    }

    private func url() throws(CredentialsError) -> String? {
        if let path = environment("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI") { return "http://169.254.170.2\(path)" }
        guard let url = environment("AWS_CONTAINER_CREDENTIALS_FULL_URI") else { return nil }
        let endpoint = try? Endpoint(parsing: url)
        let host = endpoint?.host ?? ""
        guard let endpoint, endpoint.isSecure || Self.plainHosts.contains(host) || host.hasPrefix("127.") else {
            throw CredentialsError(
                message:
                    "AWS_CONTAINER_CREDENTIALS_FULL_URI leads to '\(host)' without TLS; use https, or a loopback address"
            )
        }
        return url
    }

    private func token() throws(CredentialsError) -> String? {
        guard let file = environment("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE") else {
            return environment("AWS_CONTAINER_AUTHORIZATION_TOKEN")
        }
        guard let bytes = SmallFile.read(FilePath(file), limit: 1 << 16) else {
            throw CredentialsError(
                message: "the file of AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE, \(file), cannot be read; check it",
                isTemporary: true
            )
        }
        return String(decoding: bytes, as: UTF8.self).trimmed
    }
}
#endif
