import Foundation
import FoundationXML
import TensorBoard
import TestSupport
import Testing

/// The pages and Markdown of `tblog report`.
struct ReportPageTests {
    let runs: TestRuns

    init() throws { runs = try TestRuns() }

    private func page(_ arguments: String...) async throws -> String {
        let result = try await ExecutedCommand(
            "tblog",
            ["report"] + arguments + ["--output", "-", "--format", "html"],
            directory: runs.directory.url
        )
        #expect(result.status == 0, "\(result.errors)")
        return result.output
    }

    @Test func namesAndTextsAreNoMarkup() async throws {
        let attack = "</title></h3><script>alert(1)</script><img src=x onerror='alert(2)'>\"\u{1}\u{b}&amp;\u{202e}"
        try runs.log("logs/a<script>b") { writer in
            writer.hyperparameters([attack: HyperparameterValue.string(attack)])
            writer.scalar("scalar \(attack)", 1, step: 0)
            writer.text(
                attack,
                "# \(attack)\n\n`\(attack)` **\(attack)**\n\n```\n\(attack)\n```\n- \(attack)\n",
                step: 0
            )
            writer.text("table", "<table><tr><td onclick='alert(3)'>x</td></tr></table>", step: 0)
            writer.text("open", "<table><tr><td>x</table>", step: 0)
        }
        try runs.log("logs/other", "cost", [1])
        let page = try await page("logs", "--title", attack)
        let elements = try Elements(page)
        #expect(Set(elements.names).isDisjoint(with: ["script", "img", "a:script", "iframe", "object"]))
        #expect(elements.attributes.allSatisfy { !$0.key.hasPrefix("on") })
        #expect(elements.names.contains("h4") && elements.names.contains("pre"))
        // It is shown as it was logged.
        #expect(
            elements.text.contains(
                "<script>alert(1)</script><img src=x onerror='alert(2)'>\"\u{fffd}\u{fffd}&amp;\u{fffd}"
            )
        )
        #expect(elements.text.contains("<td onclick='alert(3)'>x</td>"))
    }

    @Test func nothingIsFetched() async throws {
        let picture = try Image([0, 1] as [Float], height: 1, width: 2, channels: 1)
        try runs.log("logs") { writer in
            writer.image("picture", picture, step: 0)
            writer.text(
                "links",
                "[a](http://example.com) ![b](https://example.com/b.png) <http://example.com>",
                step: 0
            )
            writer.scalar("https://example.com", 1, step: 0)
        }
        let elements = try Elements(await page("logs"))
        let links = elements.attributes.filter { ["src", "href", "xlink:href", "action", "data"].contains($0.key) }
        #expect(links.contains { $0.value.hasPrefix("data:image/png;base64,") })
        #expect(links.allSatisfy { $0.value.hasPrefix("data:image/png;base64,") || $0.value.hasPrefix("#") })
        #expect(!elements.styles.contains("url("))
        #expect(!elements.styles.contains("@import"))
    }

    @Test func tablesHaveTheValues() async throws {
        for (name, rate, values) in [("a", 0.1, [4, 2, 3]), ("b", 1, [4, 1, 0.5])] as [(String, Double, [Float])] {
            try runs.log("logs/\(name)") { writer in
                writer.hyperparameters([
                    "rate": HyperparameterValue.number(rate), "seed": .number(7),
                ])
                for (step, value) in values.enumerated() { writer.scalar("cost", value, step: step) }
            }
        }
        let page = try await page("logs")
        let rows = try Elements(page).rows
        #expect(rows.contains(["a", "0.1"]))
        #expect(rows.contains(["b", "1"]))
        #expect(rows.contains(["Run", "Last", "Lowest", "At step", "Mean"]))
        #expect(rows.contains(["a", "3", "2", "1", "3"]))
        #expect(rows.contains(["b", "0.5", "0.5", "2", "1.83333"]))
        #expect(page.components(separatedBy: "seed").count == 2)
        #expect(page.contains("<strong>0.5</strong>"))
        #expect(
            try Elements(await self.page("logs", "--highest-of", "^co")).rows.contains([
                "b", "0.5", "4", "0", "1.83333",
            ])
        )
        #expect(
            page.contains("<html lang=\"en\">") && page.contains("<th scope=\"row\">")
                && page.contains("<th scope=\"col\"")
        )
    }

    @Test func imagesAreBoundedAndThoseLeftOutAreCounted() async throws {
        let picture = try Image([0, 1] as [Float], height: 1, width: 2, channels: 1)
        try runs.log("logs") { writer in
            for tag in 0..<5 {
                for step in 0...1 { writer.images("picture\(tag)", [picture, picture], step: step) }
            }
        }
        let all = try Elements(await page("logs"))
        #expect(all.names.filter { $0 == "img" }.count == 10)
        #expect(all.text.contains("step 1, 1 of 2") && !all.text.contains("step 0"))
        let few = try Elements(await page("logs", "--images", "3"))
        #expect(few.names.filter { $0 == "img" }.count == 3)
        #expect(few.text.contains("7 images are left out"))
    }

    @Test func textsAreBounded() async throws {
        try runs.log("logs") { writer in
            writer.text("long", String(repeating: "word ", count: 100_000), step: 0)
        }
        let page = try await page("logs")
        #expect(page.utf8.count < 60_000)
        #expect(page.contains("The text is cut off"))
    }

    @Test func aTableOfTheWriterIsATable() async throws {
        try runs.log("logs") { writer in
            writer.text("table", table: [["1 < 2", "a\nb"]], header: ["first", "second"], step: 0)
        }
        let elements = try Elements(await page("logs"))
        #expect(elements.rows.contains(["first", "second"]))
        #expect(elements.rows.contains(["1 < 2", "ab"]))
    }

    @Test func textsAreMarkdown() async throws {
        let text =
            "# Head\r\n\r\n**bold** and *em*, 2 * 3 * 4\n- one\n- `two`\n\n| a | b |\n|---|:-:|\n| 1 | 2 |\n\n```\n*raw*\n```\n"
        try runs.log("logs") { $0.text("notes", text, step: 0) }
        let page = try await page("logs")
        for part in [
            "<h4>Head</h4>", "<strong>bold</strong> and <em>em</em>, 2 * 3 * 4", "<li><code>two</code></li>",
            "<th scope=\"col\">a</th>", "<td>2</td>", "<pre><code>*raw*\n</code></pre>",
        ] {
            #expect(page.contains(part), "\(part)")
        }
        #expect(try Elements(page).rows == [["a", "b"], ["1", "2"]])
    }

    @Test func histogramsAndRunsWithoutScalarsAreShown() async throws {
        try runs.log("logs/a") { $0.histogram("weights", [1, 2, 2, 3] as [Float], step: 4) }
        try runs.log("logs/b") { $0.text("notes", "only a text", step: 0) }
        let elements = try Elements(await page("logs"))
        #expect(elements.names.filter { $0 == "figure" }.count == 1)
        #expect(elements.text.contains("Distribution of weights at step 4."))
        #expect(elements.text.contains("only a text"))
        #expect(!elements.text.contains("Scalars"))
    }

    @Test func manyPointsMakeASmallPage() async throws {
        try runs.log("logs") { writer in
            for step in 0..<100_000 { writer.scalar("noise", Float.random(in: 0...1), step: step) }
            writer.scalar("noise", .nan, step: 100_000)
        }
        let page = try await page("logs", "--smoothing", "0.6")
        #expect(page.utf8.count < 200_000)
        #expect(page.contains("1 point is not finite"))
        _ = try Elements(page)
    }

    @Test func markdownIsTablesThatStandAlone() async throws {
        try runs.log("logs/a|b", "loss`|<b>", [1, 2, .nan, 0])
        try runs.log("logs/c @user #1", "loss`|<b>", [1])
        let result = try await runs.tblog("report", "logs", "--output", "report.md", "--title", "<img src=x> #12")
        #expect(result.status == 0)
        let text = String(decoding: try runs.directory.appending("report.md").contents(), as: UTF8.self)
        let lines = text.split(separator: "\n")
        #expect(lines[0] == "# \\<img src=x\\> \\#<!-- -->12")
        #expect(lines.contains("## loss\\`\\|\\<b\\>"))
        #expect(lines.contains("| run | last | lowest | at step | mean | curve |"))
        #expect(lines.contains("| `a\\|b` | 0 | **0** | 3 | 1 | ▅█✕▁ |"))
        #expect(lines.contains("| `c @user #1` | 1 | 1 | 0 | 1 | ▁ |"))
    }
}

/// The elements of a page, which is XML; reading throws where it is not.
final class Elements: NSObject, XMLParserDelegate {
    private(set) var names: [String] = []
    private(set) var attributes: [(key: String, value: String)] = []
    /// The text outside of the style sheets.
    private(set) var text = ""
    private(set) var styles = ""
    /// The cells of each row of each table.
    private(set) var rows: [[String]] = []
    private var path: [String] = []

    init(_ page: String) throws {
        super.init()
        let parser = XMLParser(data: Data(page.utf8))
        parser.delegate = self
        if !parser.parse() { throw try #require(parser.parserError) }
    }

    func parser(
        _ parser: XMLParser,
        didStartElement name: String,
        namespaceURI: String?,
        qualifiedName: String?,
        attributes: [String: String]
    ) {
        names.append(name)
        self.attributes += attributes.map { ($0.key, $0.value) }
        path.append(name)
        if name == "tr" { rows.append([]) }
        if name == "th" || name == "td" { rows[rows.count - 1].append("") }
    }

    func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
        path.removeLast()
    }

    func parser(_ parser: XMLParser, foundCharacters characters: String) {
        if path.last == "style" {
            styles += characters
        } else {
            text += characters
            guard path.contains("td") || path.contains("th"), let row = rows.last else { return }
            rows[rows.count - 1][row.count - 1] += characters
        }
    }
}
