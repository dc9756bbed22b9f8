#if ObjectStorage
import EventFiles
import Testing

@testable import TensorBoardObjectStorage

@Suite struct ObjectLocationTests {
    @Test(arguments: [
        ("s3://bucket", "bucket", "", ""), ("s3://bucket/", "bucket", "", ""),
        ("s3://bucket/logs/run1", "bucket", "logs/run1", "logs/run1/"),
        ("s3://bucket//logs/", "bucket", "logs", "logs/"),
        ("S3://My_Bucket.1/a?b=c #é", "My_Bucket.1", "a?b=c #é", "a?b=c #é/"),
    ])
    func isReadFromAnAddress(_ text: String, _ bucket: String, _ key: String, _ prefix: String) throws {
        let location = try ObjectLocation(text)
        #expect((location.bucket, location.key, location.prefix) == (bucket, key, prefix))
        #expect(try ObjectLocation(location.description) == location)
    }

    @Test(arguments: [
        ("s3://", "names no bucket"), ("s3:///key", "names no bucket"), ("s3://a b/key", "a name that no store allows"),
        ("gs://bucket/key", "the scheme gs, which is not supported; use s3://"),
        ("logs/run1", "is no address in a store"),
    ])
    func aMistakeIsExplained(_ text: String, _ reason: String) {
        let error = #expect(throws: TensorBoardError.self) { try ObjectLocation(text) }
        #expect(error?.code == .invalidOption)
        #expect(error?.message.contains(reason) == true)
        #expect(error?.message.hasPrefix("'\(text)'") == true)
    }

    @Test(arguments: ["s3://KEY:SECRET@bucket/logs", "s3://KEY:SEC/RET@bucket/logs", "s3://SECRET@bucket"])
    func credentialsInAnAddressAreNotRepeated(_ text: String) {
        let error = #expect(throws: TensorBoardError.self) { try ObjectLocation(text) }
        #expect(error?.description.contains("give credentials and endpoint apart") == true)
        #expect(error?.description.contains("SEC") == false)
    }
}
#endif
