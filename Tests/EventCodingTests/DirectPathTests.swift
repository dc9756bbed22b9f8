import FuzzTargets
import TestSupport
import Testing

/// The outer layers of an event as they are walked, against protobuf-c.
struct DirectPathTests {
    /// A message of fields in any order, unknown ones between them, each known one at most once.
    private func event(_ generator: inout some RandomNumberGenerator) -> [UInt8] {
        var fields: [(inout WireBytes) -> Void] = []
        let step = Int(Int64(bitPattern: generator.next()) >> Int64.random(in: 0...63, using: &generator))
        let wallTime = Double(bitPattern: generator.next())
        if Bool.random(using: &generator) { fields.append { $0.double(1, wallTime) } }
        if Bool.random(using: &generator) { fields.append { $0.varint(2, step) } }
        if Bool.random(using: &generator) { fields.append { $0.text(100, "unknown") } }
        if Bool.random(using: &generator) { fields.append { $0.message(10) { $0.text(1, "w") } } }
        let kind = Int.random(in: 0...6, using: &generator)
        let values = (0..<Int.random(in: 0...4, using: &generator)).map { _ in value(&generator) }
        switch kind {
        case 0: fields.append { $0.text(3, "v") }
        case 1: fields.append { $0.bytes(4, [1]) }
        case 2: fields.append { $0.message(7) { $0.varint(1, 1) } }
        default: fields.append { $0.message(5) { for value in values { $0.bytes(1, value) } } }
        }
        return message(fields, &generator)
    }

    private func value(_ generator: inout some RandomNumberGenerator) -> [UInt8] {
        var fields: [(inout WireBytes) -> Void] = []
        let tag = String(repeating: "tä", count: Int.random(in: 0...40, using: &generator))
        let bits = UInt32.random(in: .min ... .max, using: &generator)
        if Bool.random(using: &generator) { fields.append { $0.text(1, tag) } }
        if Bool.random(using: &generator) { fields.append { $0.message(9) { $0.text(2, "title") } } }
        if Bool.random(using: &generator) { fields.append { $0.varint(33, -1) } }
        switch Int.random(in: 0...4, using: &generator) {
        case 0: fields.append { $0.message(8) { $0.varint(1, 1) } }
        case 1: fields.append { $0.message(5) { $0.double(1, 1) } }
        case 2: break
        default: fields.append { $0.float(2, Float(bitPattern: bits)) }
        }
        return message(fields, &generator)
    }

    private func message(
        _ fields: [(inout WireBytes) -> Void],
        _ generator: inout some RandomNumberGenerator
    ) -> [UInt8] {
        WireBytes { bytes in
            for field in fields.shuffled(using: &generator) { field(&bytes) }
        }.bytes
    }

    @Test func wellFormedEventsAreReadAsProtobufReadsThem() {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<5000 {
            let bytes = event(&generator)
            let outline = EventOutline(walking: bytes)
            #expect(outline != nil)
            #expect(outline == EventOutline(unpacking: bytes), "\(bytes)")
        }
    }

    @Test func damagedScalarsAreReadAlikeOrRefused() throws {
        var generator = SystemRandomNumberGenerator()
        let scalar = WireBytes { bytes in
            bytes.double(1, 1.5)
            bytes.varint(2, 300)
            bytes.message(5) {
                $0.message(1) { value in
                    value.text(1, "loss")
                    value.float(2, 0.5)
                }
            }
        }.bytes
        #expect(EventOutline(scalar: scalar) == EventOutline(unpacking: scalar))
        for place in scalar.indices {
            for byte in UInt8.min ... .max {
                var bytes = scalar
                bytes[place] = byte
                try FuzzTarget.events.check(bytes)
            }
            try FuzzTarget.events.check(Array(scalar[..<place]))
            var longer = scalar
            longer.insert(.random(in: .min ... .max, using: &generator), at: place)
            try FuzzTarget.events.check(longer)
        }
    }

    @Test func damagedEventsAreReadAlikeOrRefused() throws {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<20_000 {
            var bytes = event(&generator)
            guard !bytes.isEmpty else { continue }
            for _ in 0..<Int.random(in: 1...2, using: &generator) {
                let place = Int.random(in: bytes.indices, using: &generator)
                bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
            }
            try FuzzTarget.events.check(bytes)
        }
    }
}
