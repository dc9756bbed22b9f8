#if ObjectStorage
import Testing

@testable import TensorBoardObjectStorage

@Suite struct InternetTimeTests {
    @Test(arguments: [
        (0.0, "19700101T000000Z"), (1_440_938_160.9, "20150830T123600Z"), (951_782_399.0, "20000228T235959Z"),
        (-1.0, "19691231T235959Z"),
    ])
    func writesTheTimeOfASignature(_ time: Double, _ text: String) {
        #expect(InternetTime.basic(time) == text)
    }

    @Test(arguments: [
        ("2015-08-30T12:36:00Z", 1_440_938_160.0), ("2015-08-30T12:36:00.123Z", 1_440_938_160.0),
        ("2015-08-30T14:36:00+02:00", 1_440_938_160.0), ("2015-08-30T07:06:00-05:30", 1_440_938_160.0),
    ])
    func readsTheTimeOfAnExpiration(_ text: String, _ time: Double) {
        #expect(InternetTime.iso8601(text) == time)
    }

    @Test func readsNoTimeFromOtherText() {
        #expect(InternetTime.iso8601("tomorrow") == nil)
        #expect(InternetTime.iso8601("1-1-1-1-1-1") == nil)
        #expect(InternetTime.header("tomorrow?") == nil)
        #expect(InternetTime.header("Sun, 30 Aug 2015 12:36:00 GMT") == 1_440_938_160)
    }
}
#endif
