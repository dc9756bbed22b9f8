#if ObjectStorage
import EventFiles
import Testing

@testable import TensorBoardObjectStorage

@Suite struct StoreSettingsTests {
    private func url(
        _ bucket: String,
        _ variables: [String: String] = [:],
        _ change: (inout StoreOptions) -> Void = { _ in }
    )
        throws -> String
    {
        var options = StoreOptions(environment: variables)
        change(&options)
        let settings = try StoreSettings(options)
        let (endpoint, prefix) = settings.place(of: bucket, region: settings.region)
        return endpoint.url(prefix + "/key", query: "")
    }

    @Test func awsIsAddressedByTheHostsName() throws {
        #expect(try url("b") == "https://b.s3.us-east-1.amazonaws.com/key")
        #expect(try url("b", ["AWS_DEFAULT_REGION": "eu-west-1"]) == "https://b.s3.eu-west-1.amazonaws.com/key")
        #expect(try url("b", ["AWS_REGION": "cn-north-1"]) == "https://b.s3.cn-north-1.amazonaws.com.cn/key")
        // The certificate covers one level of names.
        #expect(try url("b.c") == "https://s3.us-east-1.amazonaws.com/b.c/key")
        #expect(try url("b") { $0.addressing = .path } == "https://s3.us-east-1.amazonaws.com/b/key")
    }

    @Test func anEndpointOfOnesOwnIsAddressedByThePath() throws {
        #expect(try url("b", ["AWS_ENDPOINT_URL": "http://h:9000/base/"]) == "http://h:9000/base/b/key")
        #expect(try url("b", ["AWS_ENDPOINT_URL_S3": "https://h:443", "AWS_ENDPOINT_URL": "x"]) == "https://h/b/key")
        #expect(try url("b", ["S3_ENDPOINT": "h:9000"]) == "https://h:9000/b/key")
        #expect(try url("b", ["S3_ENDPOINT": "h:9000", "S3_USE_HTTPS": "0"]) == "http://h:9000/b/key")
        #expect(
            try url("b", ["AWS_ENDPOINT_URL_S3": "http://x"]) { $0.endpoint = "https://[::1]:9" }
                == "https://[::1]:9/b/key"
        )
        #expect(
            try url("b") {
                $0.endpoint = "https://h"
                $0.addressing = .virtualHost
            } == "https://b.h/key"
        )
    }

    @Test(arguments: [
        "h:9000", "ftp://h", "https://", "https://h:0", "https://h:99999", "https://u:secret-p@h", "http://a b",
    ])
    func anAddressThatIsNoneIsExplained(_ endpoint: String) {
        let error = #expect(throws: TensorBoardError.self) { try url("b") { $0.endpoint = endpoint } }
        #expect(error?.code == .invalidOption)
        #expect(error?.message.contains("give one like https://host:9000") == true)
    }

    @Test(arguments: ["https://user:SECRET@h:9000", "https://user:SEC/RET@h", "user:SECRET@h"])
    func aPasswordInAnAddressIsNotRepeated(_ endpoint: String) {
        let error = #expect(throws: TensorBoardError.self) { try url("b") { $0.endpoint = endpoint } }
        #expect(error?.description.contains("…@h") == true)
        #expect(error?.description.contains("SEC") == false)
    }

    @Test func aRegionThatIsNoneIsExplained() {
        let error = #expect(throws: TensorBoardError.self) { try url("b", ["AWS_REGION": "eu/evil.example"]) }
        #expect(error?.message.contains("is no region") == true)
    }
}
#endif
