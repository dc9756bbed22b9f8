#if ObjectStorage
/// The keys of a virtual machine's role, from its metadata service, version 2.
///
/// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-metadata-security-credentials.html
struct InstanceCredentials: CredentialsSource {
    private static let path = "/latest/meta-data/iam/security-credentials/"

    var environment: EnvironmentReader
    /// Asks without a proxy, and does not wait for long: elsewhere than in EC2 there is no such service.
    var client: HTTPClient

    func load() throws(CredentialsError) -> Credentials? {
        guard environment("AWS_EC2_METADATA_DISABLED")?.lowercased() != "true" else { return nil }
        let isConfigured = environment("AWS_EC2_METADATA_SERVICE_ENDPOINT") != nil
        guard
            let token = ask(.put, "/latest/api/token", [("X-aws-ec2-metadata-token-ttl-seconds", "21600")]),
            token.isSuccess
        else {
            guard isConfigured else { return nil }
            throw CredentialsError(
                message: "no token comes from the address of AWS_EC2_METADATA_SERVICE_ENDPOINT; check it",
                isTemporary: true
            )
        }
        let headers = [(name: "X-aws-ec2-metadata-token", value: String(decoding: token.body, as: UTF8.self).trimmed)]
        // A machine without a role has no such list.
        guard let roles = ask(.get, Self.path, headers), roles.isSuccess,
            let role = String(decoding: roles.body, as: UTF8.self).split(whereSeparator: \.isNewline).first
        else { return nil }
        let name = "the metadata service of this machine"
        guard let answer = ask(.get, Self.path + PercentEncoding.encode(role.trimmed), headers), answer.isSuccess else {
            throw CredentialsError(message: "\(name) gives no keys for the role '\(role)'; check it", isTemporary: true)
        }
        return try CredentialsDocument.credentials(answer.body, from: name)
    }

    private func ask(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ headers: [(name: String, value: String)]
    ) -> HTTPResponse? {
        let endpoint = environment("AWS_EC2_METADATA_SERVICE_ENDPOINT") ?? "http://169.254.169.254"
        let base = endpoint.hasSuffix("/") ? String(endpoint.dropLast()) : endpoint
        return try? client.perform(HTTPRequest(method: method, url: base + path, headers: headers))
    }
}
#endif
