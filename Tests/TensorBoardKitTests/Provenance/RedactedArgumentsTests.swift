import Testing

@testable import TensorBoardKit

private func redacted(_ arguments: String...) -> [String] { RedactedArguments(arguments).arguments }

@Suite struct RedactedArgumentsTests {
    private static let secret = "S3cr3tValue"

    @Test(arguments: [
        "--api-key", "--apikey", "--key", "--token", "--access_token", "--secret", "--client-secret", "--password",
        "--passwd", "--db-passwd", "--passphrase", "--credential", "--credentials", "--authToken", "--auth", "-p",
        "-token", "--aws.secretAccessKey", "--bearer", "--cookie", "--private-key", "--pat", "--sas", "-u", "token",
        "set-password", "apikey", "--jwt", "--PASSWORD", "--session-key",
        "--pass", "--db-pass", "--pw", "--creds", "--cred", "--oauth", "Basic", "--smtp_pass",
    ])
    func theValueAfterASecretNameIsRemoved(name: String) {
        #expect(redacted("train", name, Self.secret, "--rate", "0.1") == ["train", name, "***", "--rate", "0.1"])
    }

    @Test(arguments: [
        "--token=", "--api_key=", "PASSWORD=", "AWS_SECRET_ACCESS_KEY=", "model.hub.token=", "--set=token=",
        "Authorization: ", "Authorization: Bearer ", "X-Api-Key: ", "token:", "--header=Cookie: ", "{\"apiKey\": \"",
        "https://example.org/x?token=", "https://example.org/x?a=1&api_key=", "--opts=a=1,secret=", "-p", "-p=",
        "Server=db;Password=", "https://example.org/x?sig=1&access_token=",
        "DB_PASS=", "https://blob.example.org/c?sv=2020&sig=", "{\"db\": {\"password\" : \"", "{\"pw\":\"",
        "--user=me:",
        "password = ", "--password ", "Bearer ", "Basic ", "mysql -p", "curl -u me:", "curl --user me:",
        "sh -c 'login --pass ",
    ])
    func theValueOfAnAssignmentIsRemoved(name: String) {
        let arguments = redacted("train", name + Self.secret, "--rate", "0.1")
        #expect(!arguments.joined().contains(Self.secret), "\(arguments)")
        #expect(arguments[2...] == ["--rate", "0.1"])
    }

    @Test(arguments: [
        "https://me:S3cr3tValue@example.org/x", "https://S3cr3tValue@example.org",
        "git+ssh://me:S3cr3tValue@example.org:22",
        "--url=postgres://user:S3cr3tValue@db/name?x=1", "a,https://u:S3cr3tValue@h", "redis://:S3cr3tValue@h:1/0",
        "https://u:S3cr3t/S3cr3tValue@h/x", "x://a@S3cr3tValue@h",
    ])
    func theUserInformationOfAURLIsRemoved(url: String) {
        let argument = redacted(url)[0]
        #expect(!argument.contains("S3cr3t"), "\(argument)")
        #expect(argument.contains("***"))
    }

    @Test(arguments: [
        "user:S3cr3tValue@host:5432", "--db=user:S3cr3tValue@host/db", "//u:S3cr3tValue@h/share", "u:S3cr3t@S3cr3t@h",
        "--db=u:S3cr3t=S3cr3t@h", "http:\\/\\/u:S3cr3tValue@h", "psql u:S3cr3tValue@h now",
    ])
    func thePasswordBeforeAHostIsRemovedWithoutAScheme(argument: String) {
        let argument = redacted(argument)[0]
        #expect(!argument.contains("S3cr3t"), "\(argument)")
        #expect(argument.contains("***@h"))
    }

    @Test(arguments: ["--user", "--proxy-user", "--login"])
    func aLoginIsRemovedWhereItHasAPassword(name: String) {
        #expect(redacted(name, "me:\(Self.secret)", "x") == [name, "***", "x"])
        #expect(redacted(name, "me", "x") == [name, "me", "x"])
    }

    @Test(arguments: SecretPrefixes.all)
    func aKnownTokenIsRemovedWhereverItStands(prefix: String) {
        let token = prefix + "a1B2c3D4e5F6g7H8"
        for text in [token, "x=\(token)", "\"\(token)\"", "https://h/\(token)/x", "run:\(token)", "a \(token) b"] {
            let argument = redacted("train", text)[1]
            #expect(!argument.contains("a1B2c3D4"), "\(text) became \(argument)")
        }
    }

    @Test(arguments: [
        "AKIA", "ASIA", "ghp_", "gho_", "ghs_", "github_pat_", "glpat-", "xoxb-", "sk-", "hf_", "AIza", "ya29.", "eyJ",
        "npm_", "pypi-",
    ])
    func theListHasTheWellKnownPrefixes(prefix: String) {
        #expect(SecretPrefixes.all.contains(prefix))
    }

    @Test func whatIsNoSecretStays() {
        let arguments = [
            "train", "--learning-rate", "0.1", "--data=data/monkeys.csv", "data/keyboard.csv", "--layers", "64,32",
            "sk-learn",
            "--path=/tmp/x", "data/monkeys.csv", "--url", "https://example.org:8080/a?b=1", "a=b", "12:30",
            "--patience", "3", "--spin=1",
            "--compat", "x", "--authors=me", "--no-cache", "--pinned-memory",
            "git@github.com:me/repo", "me@host", "--compass", "3", "--passes=2", "--preset", "basic", "fast",
            "--sigma=2",
            "--user=me", "a note of\nseveral  words",
        ]
        #expect(RedactedArguments(arguments).arguments == arguments)
    }

    @Test func aSecretThatLooksLikeANameDoesNotHideTheNext() {
        #expect(redacted("--use-token", "--api-key", "X1") == ["--use-token", "***", "***"])
        #expect(redacted("--token") == ["--token"])
        #expect(redacted("--token=") == ["--token="])
        #expect(redacted("", "é=ü") == ["", "é=ü"])
    }

    @Test func theCommandReadsAsItWasTyped() {
        let text = RedactedArguments(["train", "--name", "it's", "a b", "", "--token", "x"]).description
        #expect(text == "train --name 'it'\\''s' 'a b' '' --token ***")
    }
}
