import Foundation
import TensorBoard
import Testing

private let code = "let fence = \"```\"\n\nif a < b && c { *p = _q_ }\n````\n# end"
private let cells = [
    ["a|b", "*x* _y_ **z**"], ["<b>bold</b>", "&amp; `c`"], ["# heading", "1. one\n\n- two"], ["🧪 ü", ""],
]

private struct Configuration: Encodable {
    var rate = 0.1
    var optimizer = ["name": "<adam>", "schedule": "a|b"]
    var layers = [64, 32]
    var note: String?
}

extension HardCases {
    static func writeTexts(in directory: URL) throws {
        try write("texts", in: directory) { writer in
            writer.text("table", table: cells, header: ["a|*b*", "<i>"], step: 0)
            writer.text("headless", table: [["1", "2"]], step: 0)
            writer.text("code", code: code, language: "swift", step: 0)
            writer.text("configuration", encoding: Configuration(), step: 0)
            writer.text("nul", "a\0b ü", step: 0)
            writer.text("empty", "", step: 0)
            writer.text("html", "<i>x</i> ![p](http://example.com/p.png) [j](javascript:alert) *e*", step: 0)
            writer.text("long", String(repeating: "word ", count: 1_000_000), step: 0)
        }
    }
}

extension ConformanceTests.WriterConformanceTests {
    private func text(_ tag: String, _ loader: Loader) async throws -> String {
        let points = try await Served.by(loader).texts(run: "texts", tag: tag)
        #expect(points.count == 1)
        return try #require(points.first).text
    }

    /// The texts between the tags of an element, with the entities of HTML undone.
    private func contents(_ element: String, _ html: String) -> [String] {
        html.components(separatedBy: "<\(element)>").dropFirst().map { part in
            let content = part.components(separatedBy: "</\(element)>")[0]
            return [("<br>", "\n"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")].reduce(content) {
                $0.replacingOccurrences(of: $1.0, with: $1.1)
            }
        }
    }

    @Test(arguments: Loader.available)
    func cellsOfATableAreShownAsTheyAre(loader: Loader) async throws {
        let html = try await text("table", loader)
        #expect(contents("th", html) == ["a|*b*", "<i>"])
        #expect(contents("td", html) == cells.flatMap(\.self))
        let headless = try await text("headless", loader)
        #expect(contents("td", headless) == ["1", "2"])
        #expect(!headless.contains("<th"))
    }

    @Test(arguments: Loader.available)
    func codeIsShownAsItIs(loader: Loader) async throws {
        #expect(contents("code", try await text("code", loader)) == [code + "\n"])
    }

    @Test(arguments: Loader.available)
    func anEncodableValueIsATableOfKeysAndValues(loader: Loader) async throws {
        let html = try await text("configuration", loader)
        #expect(contents("th", html) == ["key", "value"])
        #expect(
            contents("td", html) == [
                "rate", "0.1", "optimizer.name", "<adam>", "optimizer.schedule", "a|b", "layers", "[64, 32]",
            ]
        )
    }

    /// What the documentation of `text` says is lost.
    @Test(arguments: Loader.available)
    func otherHTMLIsShownAsItIsWrittenAndNULIsLost(loader: Loader) async throws {
        let html = try await text("html", loader)
        #expect(html.contains("&lt;i&gt;x&lt;/i&gt;"))
        #expect(!html.contains("javascript"))
        #expect(html.contains("<em>e</em>"))
        #expect(try await text("nul", loader).contains("ab ü"))
    }

    @Test(arguments: Loader.available)
    func emptyAndLongTextsArrive(loader: Loader) async throws {
        #expect(try await text("empty", loader).isEmpty)
        #expect(try await text("long", loader).utf8.count >= 4_999_999)
    }
}
