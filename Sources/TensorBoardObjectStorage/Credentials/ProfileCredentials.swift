#if ObjectStorage
/// Keys, a `credential_process` or a web identity in a profile of the user's files.
struct ProfileCredentials: CredentialsSource {
    var files: ProfileFiles
    var webIdentity: WebIdentityCredentials
    var processTimeout = Duration.seconds(60)

    func load() throws(CredentialsError) -> Credentials? {
        let settings = try files.settings()
        let name = "the profile '\(files.profile)'"
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
        if let role = settings["role_arn"], let file = settings["web_identity_token_file"] {
            return try webIdentity.load(role: role, tokenFile: file, session: settings["role_session_name"])
        }
        guard settings["source_profile"] == nil, settings["sso_session"] == nil, settings["sso_start_url"] == nil else {
            throw CredentialsError(
                message:
                    "\(name) takes its credentials from another profile or a sign-on, which is not supported; give it "
                    + "credential_process = aws configure export-credentials --profile \(files.profile), in a profile of another name"
            )
        }
        return nil
    }
}
#endif
