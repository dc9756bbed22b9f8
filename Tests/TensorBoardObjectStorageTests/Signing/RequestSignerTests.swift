#if ObjectStorage
import Testing

@testable import TensorBoardObjectStorage

/// The values that AWS publishes: https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html, and its
/// Signature Version 4 test suite.
@Suite struct RequestSignerTests {
    private static let documented = Credentials(
        accessKey: Secret("AKIAIOSFODNN7EXAMPLE"),
        secretKey: Secret("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
    )
    private static let suite = Credentials(
        accessKey: Secret("AKIDEXAMPLE"),
        secretKey: Secret("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")
    )
    private static let emptyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

    struct Example: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var method = HTTPRequest.Method.get
        var path = "/"
        var query: [(name: String, value: String)] = []
        var headers: [(name: String, value: String)] = []
        var bodyHash = RequestSignerTests.emptyHash
        var signature: String
    }

    @Test(arguments: [
        Example(
            testDescription: "a range of an object",
            path: "/test.txt",
            headers: [("Range", "bytes=0-9")],
            signature: "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"
        ),
        Example(
            testDescription: "an object that is stored",
            method: .put,
            path: "/test%24file.text",
            headers: [("Date", "Fri, 24 May 2013 00:00:00 GMT"), ("x-amz-storage-class", "REDUCED_REDUNDANCY")],
            bodyHash: SecureHash.sha256(Array("Welcome to Amazon S3.".utf8)).hexadecimal,
            signature: "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"
        ),
        Example(
            testDescription: "a query without a value",
            query: [("lifecycle", "")],
            signature: "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"
        ),
        Example(
            testDescription: "a listing with an unsorted query",
            query: [("prefix", "J"), ("max-keys", "2")],
            signature: "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"
        ),
    ])
    func signsAsTheDocumentationDoes(_ example: Example) {
        let headers = RequestSigner(region: "us-east-1").headers(
            signing: .init(
                method: example.method,
                authority: "examplebucket.s3.amazonaws.com",
                path: example.path,
                query: example.query,
                headers: example.headers + [("x-amz-content-sha256", example.bodyHash)],
                bodyHash: example.bodyHash
            ),
            Self.documented,
            time: 1_369_353_600
        )
        #expect(headers.last?.name == "Authorization")
        #expect(headers.last?.value.hasSuffix("Signature=\(example.signature)") == true)
    }

    @Test(arguments: [
        Example(
            testDescription: "get-vanilla",
            signature: "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"
        ),
        Example(
            testDescription: "post-vanilla",
            method: .post,
            signature: "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"
        ),
        Example(
            testDescription: "get-vanilla-query-order-key-case",
            query: [("Param2", "value2"), ("Param1", "value1")],
            signature: "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500"
        ),
        Example(
            testDescription: "get-unreserved",
            path: "/"
                + PercentEncoding.encode("-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"),
            signature: "07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f"
        ),
        Example(
            testDescription: "get-utf8",
            path: PercentEncoding.encode("/ሴ", keepsSlashes: true),
            signature: "8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85"
        ),
    ])
    func signsAsTheTestSuiteDoes(_ example: Example) {
        var signer = RequestSigner(region: "us-east-1")
        signer.service = "service"
        let headers = signer.headers(
            signing: .init(
                method: example.method,
                authority: "example.amazonaws.com",
                path: example.path,
                query: example.query,
                bodyHash: example.bodyHash
            ),
            Self.suite,
            time: 1_440_938_160
        )
        let credential = "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, "
        #expect(
            headers.last?.value == credential + "SignedHeaders=host;x-amz-date, Signature=\(example.signature)"
        )
    }

    @Test func hashesAsTheStandardsSay() {
        #expect(SecureHash.sha256([]).hexadecimal == Self.emptyHash)
        // RFC 4231, test case 2.
        let code = SecureHash.hmac("what do ya want for nothing?", key: Array("Jefe".utf8))
        #expect(code.hexadecimal == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
    }

    @Test(arguments: [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")])
    func encodesBase64AsRFC4648Does(_ text: String, _ encoded: String) {
        #expect(Array(text.utf8).base64 == encoded)
    }

    @Test func decodesWhatItEncodes() {
        let text = "lr=0.1, wd+1 é?/a#1%25&//ሴ"
        #expect(PercentEncoding.decode(PercentEncoding.encode(text)) == text)
        #expect(PercentEncoding.decode("a+b%2B") == "a b+")
        #expect(PercentEncoding.decode("%zz") == nil)
        #expect(PercentEncoding.decode("%FF") == nil)
        #expect(PercentEncoding.decode("abc%2") == nil)
    }
}
#endif
