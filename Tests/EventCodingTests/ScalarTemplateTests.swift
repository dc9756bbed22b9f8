import Summaries
import Testing

@testable import EventCoding

struct ScalarTemplateTests {
    @Test(arguments: 0..<10)
    func aTemplateGivesTheBytesThatPackingGives(_ seed: UInt64) {
        var generator = SystemRandomNumberGenerator()
        var encoder = EventEncoder()
        for _ in 0..<300 {
            let tag = String(
                (0..<Int.random(in: 0...200, using: &generator)).map { _ in "aé🙂/".randomElement() ?? "a" }
            )
            // Every length of a varint is equally likely.
            let step = Int(
                truncatingIfNeeded: UInt64.random(in: 0 ... .max, using: &generator) >> UInt64.random(in: 0...63)
            )
            let template = ScalarTemplate(tag: tag, step: step, encoder: &encoder)
            let wallTime = Double.random(in: -2e9...2e9, using: &generator)
            let value = Float(bitPattern: .random(in: 0 ... .max, using: &generator))
            #expect(template.fits(wallTime: wallTime, step: step))

            let event = Event(wallTime: wallTime, step: step, what: .summary([.scalar(tag, value)]))
            let byteCount = encoder.prepare(event)
            var packed = [UInt8](repeating: 0, count: byteCount)
            packed.withUnsafeMutableBytes { encoder.pack(into: $0) }
            var patched = [UInt8](repeating: 0xAA, count: template.byteCount)
            patched.withUnsafeMutableBytes {
                template.write(wallTime: wallTime, step: step, value: value, to: $0)
            }
            #expect(patched == packed)
        }
    }

    @Test func aTemplateFitsTheStepsOfOneLength() {
        var encoder = EventEncoder()
        let template = ScalarTemplate(tag: "x", step: 100, encoder: &encoder)
        #expect(template.fits(wallTime: 1, step: 1))
        #expect(template.fits(wallTime: 1, step: 127))
        #expect(!template.fits(wallTime: 1, step: 0))
        #expect(!template.fits(wallTime: 1, step: 128))
        #expect(!template.fits(wallTime: 1, step: -1))
        #expect(!template.fits(wallTime: 0, step: 100))
    }
}
