import Foundation
import Summaries
import Testing

struct JSONTextTests {
    @Test func valuesAreWrittenInTheOrderGiven() {
        let text: JSONText = ["b": [1, -2.5, true], "a": [:], "c": .null]
        #expect(text.description == #"{"b":[1,-2.5,true],"a":{},"c":null}"#)
    }

    @Test(arguments: [
        "", "naïve 🙂", "quote \" and \\", "line\nbreak\u{0}\u{1F}\t", "\u{2028}\u{7F}", "e\u{301}\"\u{301}",
    ])
    func anotherReaderFindsTheSameString(string: String) throws {
        let text = JSONText.array([.string(string)]).description
        #expect(try JSONDecoder().decode([String].self, from: Data(text.utf8)) == [string])
    }

    @Test(arguments: [0.1, 1e300, -5e-300, 1e21, 0, .greatestFiniteMagnitude])
    func anotherReaderFindsTheSameNumber(number: Double) throws {
        let text = JSONText.array([.number(number)]).description
        #expect(try JSONDecoder().decode([Double].self, from: Data(text.utf8)) == [number])
    }

    @Test(arguments: [Double.nan, .infinity, -.infinity])
    func aNumberThatJSONDoesNotKnowIsNull(number: Double) {
        #expect(JSONText.number(number).description == "null")
    }
}
