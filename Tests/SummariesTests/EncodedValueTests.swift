import Foundation
import Summaries
import Testing

struct EncodedValueTests {
    private enum Activation: String, Encodable { case relu }

    private struct Optimizer: Encodable {
        var name = "adam"
        var momentum: Float = 0.9
        var schedule: [Int]? = [10, 20]
    }

    private struct Configuration: Encodable {
        var zeta = 0.5
        var steps = 100
        var seed = UInt64.max
        var shuffles = true
        var note: String?
        var optimizer = Optimizer()
        var activation = Activation.relu
        var layers = [[64, 32], [1]]
        var empty: [String] = []
        var mixed: [Optimizer] = [Optimizer(name: "a", momentum: 1, schedule: nil)]
        var rates = ["b": 0.2, "a": 0.1]
    }

    private class Base: Encodable {
        var x = 1
        init() {}
    }

    private final class Derived: Base {
        var y = 2

        enum Keys: String, CodingKey { case y }

        override func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Keys.self)
            try container.encode(y, forKey: .y)
            try super.encode(to: container.superEncoder())
        }
    }

    @Test func nestedKeysAreDottedAndKindsAreKept() throws {
        let pairs = try EncodedValue.pairs(of: Configuration())
        let expected: KeyValuePairs<String, HyperparameterValue> = [
            "zeta": 0.5, "steps": 100, "seed": "18446744073709551615", "shuffles": true, "optimizer.name": "adam",
            "optimizer.momentum": 0.9, "optimizer.schedule": "[10, 20]", "activation": "relu",
            "layers": "[[64, 32], [1]]", "empty": "[]", "mixed": "[{name: a, momentum: 1}]", "rates.a": 0.1,
            "rates.b": 0.2,
        ]
        #expect(pairs.map(\.key) == expected.map(\.key))
        #expect(pairs.map(\.value) == expected.map(\.value))
    }

    private struct Provenance: Encodable {
        var began = Date(timeIntervalSince1970: 1_795_858_245)
        var beforeEpochs = Date(timeIntervalSince1970: -62_135_596_800.25)
        var leapDay = Date(timeIntervalSince1970: 951_825_600.5)
        var never: Date? = nil
        var page = URL(string: "https://example.org/a%20b?c=1#d")
        var identifier = UUID(uuidString: "E621E1F8-C36C-495A-93FC-0C247A3E6E5F")
        var price = Decimal(string: "0.1")
        var key = Data([0, 0xFF, 0x10, 0x20])
        var noKey = Data()
        var dates = [Date(timeIntervalSinceReferenceDate: 0)]
        var pages = ["home": URL(string: "file:///tmp")]
        var nested = ["key": ["inner": Data([1])]]
        var numbers = [Decimal(12_345_678_901_234_567_890 as UInt64)]
    }

    @Test func foundationsValuesMeanWhatTheySay() throws {
        let pairs = try EncodedValue.pairs(of: Provenance())
        let expected: KeyValuePairs<String, HyperparameterValue> = [
            "began": "2026-11-28T09:30:45Z", "beforeEpochs": "0000-12-31T23:59:59.750Z",
            "leapDay": "2000-02-29T12:00:00.500Z", "page": "https://example.org/a%20b?c=1#d",
            "identifier": "E621E1F8-C36C-495A-93FC-0C247A3E6E5F", "price": "0.1", "key": "AP8QIA==", "noKey": "",
            "dates": "[2001-01-01T00:00:00Z]", "pages.home": "file:///tmp", "nested.key.inner": "AQ==",
            "numbers": "[12345678901234567890]",
        ]
        #expect(pairs.map(\.key) == expected.map(\.key))
        #expect(pairs.map(\.value) == expected.map(\.value))
    }

    @Test func datesAndBytesAreThoseOfFoundation() throws {
        // From 1653 on: what lies before 1582 it takes for dates of the Julian calendar.
        let formatter = ISO8601DateFormatter()
        for number in 0..<400 {
            let date = Date(timeIntervalSince1970: Double(number) * 123_456_789 - 1e10)
            let bytes = Data((0..<number % 7).map { UInt8(truncatingIfNeeded: number &* 31 &+ $0 &* 77) })
            let pairs = try EncodedValue.pairs(of: ["bytes": bytes.base64EncodedString()])
            #expect(try EncodedValue.pairs(of: ["bytes": bytes]).map(\.value) == pairs.map(\.value))
            #expect(try EncodedValue.pairs(of: ["a": date]).first?.value == .string(formatter.string(from: date)))
        }
    }

    @Test func aDictionaryIsSorted() throws {
        let names = (0..<20).map { "key\($0)" }
        let pairs = try EncodedValue.pairs(of: Dictionary(uniqueKeysWithValues: names.map { ($0, 1) }))
        #expect(pairs.map(\.key) == names.sorted())
    }

    @Test func aClassHasTheKeysOfTheClassItInherits() throws {
        let pairs = try EncodedValue.pairs(of: Derived())
        #expect(pairs.map(\.key) == ["y", "super.x"])
        #expect(pairs.map(\.value) == [2, 1])
    }

    @Test func nilInADictionaryIsLeftOut() throws {
        let pairs = try EncodedValue.pairs(of: ["a": nil, "b": 1] as [String: Int?])
        #expect(pairs.map(\.key) == ["b"])
        #expect(try EncodedValue.pairs(of: ["a": [1, nil]]).map(\.value) == ["[1, nil]"])
    }

    @Test func aValueWithoutKeysIsAnError() {
        #expect(throws: EncodingError.self) { try EncodedValue.pairs(of: 3) }
        #expect(throws: EncodingError.self) { try EncodedValue.pairs(of: [1, 2]) }
        #expect(throws: EncodingError.self) { try EncodedValue.pairs(of: Int?.none) }
    }

    @Test func aFloatBecomesTheDoubleThatReadsLikeIt() {
        #expect(HyperparameterValue(Float(0.1)) == .number(0.1))
        #expect(HyperparameterValue(Float.infinity) == .number(.infinity))
        #expect(HyperparameterValue(Int64.max).description == "9223372036854775807")
        #expect(HyperparameterValue(1 << 53).description == "9007199254740992")
        #expect(HyperparameterValue.number(1e300).description == "1e+300")
        #expect(HyperparameterValue.number(.nan).description == "nan")
    }
}
