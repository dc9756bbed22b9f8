#if ObjectStorage
import Synchronization
import SystemPackage
import TestSupport
import Testing

@testable import TensorBoardObjectStorage

/// Each source of credentials, by itself and in the chain, against a fake of its service.
@Suite struct CredentialsSourceTests {
    private static let document = """
        {"Code": "Success", "AccessKeyId": "ASIAX", "SecretAccessKey": "s/x", "Token": "t+x",
        "Expiration": "2015-08-30T12:36:00Z", "Type": "AWS-HMAC"}
        """

    private static let expected = Credentials(
        accessKey: Secret("ASIAX"),
        secretKey: Secret("s/x"),
        sessionToken: Secret("t+x"),
        expiration: 1_440_938_160
    )

    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    /// What the whole chain finds in an environment, in which no file of the user and no metadata service is.
    private func found(_ variables: [String: String], profile: String? = nil) throws -> Credentials {
        let defaults = [
            "HOME": directory.path.string, "AWS_EC2_METADATA_DISABLED": "true",
        ]
        var options = StoreOptions(environment: defaults.merging(variables) { $1 })
        options.profile = profile
        options.clock = { 0 }
        return try CredentialsChain(options, region: "eu-central-1", HTTPClient()).credentials()
    }

    private func file(_ name: String, _ text: String) throws -> String {
        let path = directory.appending(name)
        try path.write(Array(text.utf8))
        return path.string
    }

    @Test func theEnvironmentGivesKeys() throws {
        let variables = ["AWS_ACCESS_KEY_ID": "AK", "AWS_SECRET_ACCESS_KEY": "SK", "AWS_SESSION_TOKEN": "ST"]
        let credentials = try found(variables)
        #expect(credentials.accessKey.value == "AK")
        #expect(credentials.secretKey.value == "SK")
        #expect(credentials.sessionToken?.value == "ST")
    }

    @Test func halfAPairOfKeysIsReported() throws {
        let error = #expect(throws: CredentialsError.self) { try found(["AWS_SECRET_ACCESS_KEY": "SK"]) }
        #expect(error?.message.contains("AWS_ACCESS_KEY_ID is missing") == true)
    }

    @Test func noneAreReportedWithWhatToDo() throws {
        let error = #expect(throws: CredentialsError.self) { try found([:]) }
        #expect(error?.message.contains("set AWS_ACCESS_KEY_ID") == true)
    }

    @Test func theCredentialsFileGivesKeysOfAProfile() throws {
        let path = try file(
            "credentials",
            """
            # a comment
            [default]
            aws_access_key_id=A1
            aws_secret_access_key = S1=+/

            [other]
            AWS_ACCESS_KEY_ID = A2
            aws_secret_access_key = S2
            aws_session_token = T2
            s3 =
                aws_access_key_id = nested
            """
        )
        let standard = try found(["AWS_SHARED_CREDENTIALS_FILE": path])
        #expect((standard.accessKey.value, standard.secretKey.value) == ("A1", "S1=+/"))
        let other = try found(["AWS_SHARED_CREDENTIALS_FILE": path, "AWS_PROFILE": "other"])
        #expect((other.accessKey.value, other.sessionToken?.value) == ("A2", "T2"))
        let error = #expect(throws: CredentialsError.self) {
            try found(["AWS_SHARED_CREDENTIALS_FILE": path, "AWS_PROFILE": "none"])
        }
        #expect(error?.message.contains("no profile 'none'") == true)
    }

    @Test func theConfigurationGivesKeysAndRegion() throws {
        let path = try file(
            "config",
            "[profile lab]\nregion = eu-west-3\nendpoint_url = http://lab:9000/\naws_access_key_id = A\naws_secret_access_key = S\n"
        )
        let variables = ["AWS_CONFIG_FILE": path, "AWS_PROFILE": "lab"]
        #expect(try found(variables).accessKey.value == "A")
        let settings = try StoreSettings(StoreOptions(environment: variables))
        #expect(settings.region == "eu-west-3")
        #expect(settings.endpoint?.authority == "lab:9000")
    }

    @Test func aProfileChosenInTheProgramGoesBeforeTheEnvironment() throws {
        let path = try file("credentials", "[p]\naws_access_key_id = FILE\naws_secret_access_key = S\n")
        let variables = [
            "AWS_ACCESS_KEY_ID": "ENV", "AWS_SECRET_ACCESS_KEY": "S", "AWS_SHARED_CREDENTIALS_FILE": path,
        ]
        #expect(try found(variables, profile: "p").accessKey.value == "FILE")
        #expect(try found(variables.merging(["AWS_PROFILE": "p"]) { $1 }).accessKey.value == "ENV")
    }

    /// Going on to the next source would ask with other rights.
    @Test(arguments: [
        "role_arn = r\nsource_profile = other", "role_arn = r\ncredential_source = Ec2InstanceMetadata",
        "role_arn = r\nsource_profile = lab\naws_access_key_id = A\naws_secret_access_key = S", "sso_session = lab",
        "sso_start_url = https://lab.example",
    ])
    func aProfileThatLeadsElsewhereIsExplained(_ settings: String) throws {
        let path = try file("config", "[profile lab]\n\(settings)\n")
        let error = #expect(throws: CredentialsError.self) {
            try found(["AWS_CONFIG_FILE": path, "AWS_PROFILE": "lab"])
        }
        #expect(error?.message.contains("aws configure export-credentials --profile lab") == true)
    }

    @Test func aProcessGivesCredentials() throws {
        let json = try file(
            "process.json",
            #"{"Version": 1, "AccessKeyId": "ASIAX", "SecretAccessKey": "s/x", "SessionToken": "t+x", "Expiration": "2015-08-30T12:36:00Z"}"#
        )
        let path = try file("config", "[default]\ncredential_process = cat '\(json)'\n")
        #expect(try found(["AWS_CONFIG_FILE": path]) == Self.expected)
    }

    @Test(arguments: [
        ("exit 3", "failed"), ("echo '{\"SecretAccessKey\": \"hidden-key\"'", "did not answer with credentials"),
        ("sleep 60", "did not end"), ("echo '{}'", "without keys"),
    ])
    func aProcessThatFailsIsReported(_ command: String, _ reason: String) throws {
        let path = try file("config", "[default]\ncredential_process = \(command)\n")
        let files = ProfileFiles(environment: { ["AWS_CONFIG_FILE": path][$0] }, chosenProfile: nil)
        let webIdentity = WebIdentityCredentials(environment: { _ in nil }, region: "x", client: HTTPClient())
        var source = ProfileCredentials(files: files, webIdentity: webIdentity)
        source.processTimeout = reason == "did not end" ? .milliseconds(200) : .seconds(60)
        let error = #expect(throws: CredentialsError.self) { try source.load() }
        #expect(error?.message.contains(reason) == true)
        #expect(error?.message.contains("hidden-key") == false)
    }

    @Test func aWebIdentityIsExchangedForARole() throws {
        let server = try LoopbackServer { _ in
            .init(
                200,
                """
                <AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
                <AssumeRoleWithWebIdentityResult><Credentials><AccessKeyId>ASIAX</AccessKeyId>
                <SecretAccessKey>s/x</SecretAccessKey><SessionToken>t+x</SessionToken>
                <Expiration>2015-08-30T12:36:00Z</Expiration></Credentials></AssumeRoleWithWebIdentityResult>
                </AssumeRoleWithWebIdentityResponse>
                """
            )
        }
        let token = try file("token", "web.identity=token\n")
        let credentials = try found([
            "AWS_WEB_IDENTITY_TOKEN_FILE": token, "AWS_ROLE_ARN": "arn:aws:iam::1:role/r", "AWS_ROLE_SESSION_NAME": "n",
            "AWS_ENDPOINT_URL_STS": server.address,
        ])
        #expect(credentials == Self.expected)
        let request = try #require(server.requests.first)
        #expect((request.method, request.path) == ("POST", "/"))
        #expect(
            String(decoding: request.body, as: UTF8.self) == "Action=AssumeRoleWithWebIdentity&Version=2011-06-15&"
                + "RoleArn=arn%3Aaws%3Aiam%3A%3A1%3Arole%2Fr&RoleSessionName=n&WebIdentityToken=web.identity%3Dtoken"
        )
    }

    @Test func aRefusedWebIdentityIsReportedWithoutItsToken() throws {
        let server = try LoopbackServer { _ in
            .init(403, "<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>")
        }
        let token = try file("token", "secret.token")
        let error = #expect(throws: CredentialsError.self) {
            try found([
                "AWS_WEB_IDENTITY_TOKEN_FILE": token, "AWS_ROLE_ARN": "role", "AWS_ENDPOINT_URL_STS": server.address,
            ])
        }
        #expect(error?.message.contains("403 AccessDenied") == true)
        #expect(error?.message.contains("secret.token") == false)
        #expect(error?.isTemporary == false)
    }

    @Test func aContainersEndpointGivesCredentials() throws {
        let server = try LoopbackServer { request in
            request.headers["authorization"] == "from file" ? .init(200, Self.document) : .init(401)
        }
        let token = try file("token", "from file\n")
        let variables = [
            "AWS_CONTAINER_CREDENTIALS_FULL_URI": server.address + "/v1/credentials?id=1",
            "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": token, "AWS_CONTAINER_AUTHORIZATION_TOKEN": "from variable",
        ]
        #expect(try found(variables) == Self.expected)
        #expect(server.requests.first?.path == "/v1/credentials?id=1")
        let error = #expect(throws: CredentialsError.self) {
            try found(variables.filter { $0.key != "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE" })
        }
        #expect(error?.message.contains("status 401") == true)
    }

    @Test func aContainersTokenIsNotSentInTheClearToOtherHosts() throws {
        let error = #expect(throws: CredentialsError.self) {
            try found(["AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://example.com/credentials"])
        }
        #expect(error?.message.contains("'example.com' without TLS") == true)
    }

    @Test func anInstancesMetadataGivesCredentials() throws {
        let server = try LoopbackServer { request in
            switch (request.method, request.path, request.headers["x-aws-ec2-metadata-token"]) {
            case ("PUT", "/latest/api/token", _)
            where request.headers["x-aws-ec2-metadata-token-ttl-seconds"] == "21600":
                .init(200, "metadata-token")
            case ("GET", "/latest/meta-data/iam/security-credentials/", "metadata-token"): .init(200, "my-role\n")
            case ("GET", "/latest/meta-data/iam/security-credentials/my-role", "metadata-token"):
                .init(200, Self.document)
            default: .init(401)
            }
        }
        let variables = ["AWS_EC2_METADATA_SERVICE_ENDPOINT": server.address, "AWS_EC2_METADATA_DISABLED": "false"]
        #expect(try found(variables) == Self.expected)
        #expect(server.requests.count == 3)
    }

    @Test func anInstanceWithoutARoleHasNone() throws {
        let server = try LoopbackServer { $0.method == "PUT" ? .init(200, "token") : .init(404) }
        let variables = ["AWS_EC2_METADATA_SERVICE_ENDPOINT": server.address, "AWS_EC2_METADATA_DISABLED": "false"]
        let error = #expect(throws: CredentialsError.self) { try found(variables) }
        #expect(error?.message.contains("there are no credentials") == true)
    }
}
#endif
