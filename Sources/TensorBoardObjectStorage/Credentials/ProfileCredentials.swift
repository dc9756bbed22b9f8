#if ObjectStorage
/// Keys, a `credential_process` or a web identity in a profile of the user's files.
struct ProfileCredentials: CredentialsSource {
    /// Settings of profiles whose keys come from a sign-on.
    private static let signOns = ["sso_session", "sso_start_url", "sso_account_id"]

    var files: ProfileFiles
    var webIdentity: WebIdentityCredentials
    var processTimeout = Duration.seconds(60)

    func load() throws(CredentialsError) -> Credentials? {
        let settings = try files.settings()
        // A role goes before the keys with which it would be asked for.
        if let role = settings["role_arn"] {
            guard let file = settings["web_identity_token_file"] else { throw unsupported() }
            return try webIdentity.load(role: role, tokenFile: file, session: settings["role_session_name"])
        }
        if let key = settings["aws_access_key_id"], let secret = settings["aws_secret_access_key"] {
            return Credentials(
                accessKey: Secret(key),
                secretKey: Secret(secret),
                sessionToken: settings["aws_session_token"].map(Secret.init)
            )
        }
        if let command = settings["credential_process"] {
            let output = try CredentialProcess.run(command, timeout: processTimeout, of: name)
            return try CredentialsDocument.credentials(output, from: "the credential_process of \(name)")
        }
        if Self.signOns.contains(where: { settings[$0] != nil }) { throw unsupported() }
        return nil
    }

    private var name: String { "the profile '\(files.profile)'" }

    /// Going on to the next source would ask with other rights than the profile has.
    private func unsupported() -> CredentialsError {
        CredentialsError(
            message:
                "\(name) takes its credentials from another profile or a sign-on, which is not supported; in a profile "
                + "of another name, write credential_process = aws configure export-credentials --profile \(files.profile)"
        )
    }
}
#endif
