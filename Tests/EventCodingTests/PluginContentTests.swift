import EventCoding
import TestSupport
import Testing

struct PluginContentTests {
    @Test func audioIsSaidToBeWAV() {
        #expect(PluginContent.audio == [0x10, 11])
    }

    @Test func aCurveSaysItsThresholds() throws {
        #expect(try WireMessage(PluginContent.precisionRecallCurve(thresholdCount: 201)).int(2) == 201)
    }
}
