import Testing

@testable import DataServer

/// The names of blobs in URLs.
struct BlobKeyTests {
    @Test(arguments: ["", "a", "a b/c", "\u{e9}", "with\0NUL", String(repeating: "x", count: 1000)])
    func aKeyLeadsBack(tag: String) throws {
        let key = BlobKey(run: "run 1/ü", tag: tag, step: -3, index: 2)
        let text = key.text
        #expect(text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") })
        #expect(BlobKey(text: text) == key)
    }

    @Test(arguments: [
        "", "A", "AAAA", "!!!!", "run/tag", "AAAAAAAAAAAAAAAAAAAAAAAAAAAA\u{e9}", "////////////////////////////",
    ])
    func nonsenseIsNoKey(text: String) {
        #expect(BlobKey(text: text) == nil)
    }
}
