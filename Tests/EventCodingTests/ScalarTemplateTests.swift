import FuzzTargets
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
            var template = ScalarTemplate(tag: tag, step: step, encoder: &encoder)
            let wallTime = Double.random(in: -2e9...2e9, using: &generator)
            let value = Float(bitPattern: .random(in: 0 ... .max, using: &generator))

            let event = Event(wallTime: wallTime, step: step, what: .summary([.scalar(tag, value)]))
            let byteCount = encoder.prepare(event)
            var packed = [UInt8](repeating: 0, count: byteCount)
            packed.withUnsafeMutableBytes { encoder.pack(into: $0) }
            // The second time, the numbers of the first are there.
            for firstValue in [value, 0.5] {
                _ = template.withEvent(wallTime: 1, step: step, value: firstValue) { _ in }
                var patched: [UInt8] = []
                #expect(template.withEvent(wallTime: wallTime, step: step, value: value) { patched = Array($0) })
                #expect(patched == packed)
                // No byte stands for an empty tag, and two for the length of a summary from 128 bytes on.
                let isScalar = EventOutline(scalar: patched) != nil
                #expect(isScalar == (1...118).contains(tag.utf8.count))
            }
        }
    }

    @Test func aTemplateFitsTheStepsOfOneLength() {
        var encoder = EventEncoder()
        var template = ScalarTemplate(tag: "x", step: 100, encoder: &encoder)
        func fits(wallTime: Double = 1, step: Int) -> Bool {
            var isGiven = false
            let fits = template.withEvent(wallTime: wallTime, step: step, value: 1) { _ in isGiven = true }
            #expect(isGiven == fits)
            return fits
        }
        #expect(fits(step: 1))
        #expect(fits(step: 127))
        #expect(!fits(step: 0))
        #expect(!fits(step: 128))
        #expect(!fits(step: -1))
        #expect(!fits(wallTime: 0, step: 100))
    }
}
