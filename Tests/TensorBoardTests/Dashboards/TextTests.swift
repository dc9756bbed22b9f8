import TensorBoard
import TestSupport
import Testing

struct TextTests {
    private func markdown(_ value: SummaryValue) throws -> String {
        let tensor = try #require(value.tensor)
        #expect(tensor.shape == [])
        #expect(value.metadata?.pluginName == "text")
        guard case .string(let elements) = tensor.elements else { return "" }
        return String(decoding: try #require(elements.first), as: UTF8.self)
    }

    @Test func cellsAreEscaped() throws {
        let table = try markdown(.text("t", table: [["a|b", "<b>&amp;"], ["x\r\ny\nz", "*"]], header: ["é", ">"]))
        #expect(
            table == """
                <table>
                <thead><tr><th>é</th><th>&gt;</th></tr></thead>
                <tbody>
                <tr><td>a|b</td><td>&lt;b&gt;&amp;amp;</td></tr>
                <tr><td>x<br>y<br>z</td><td>*</td></tr>
                </tbody>
                </table>

                """
        )
    }

    @Test func aTableMayHaveNoHeaderOrNoRows() throws {
        #expect(try !markdown(.text("t", table: [["a"]])).contains("<th"))
        #expect(try !markdown(.text("t", table: [], header: ["a"])).contains("<td"))
    }

    @Test(
        arguments: [
            ([], [], "no columns"), ([[]], [], "no columns"),
            ([["a"], ["b", "c"]], [], "row 1 of the table has 2 cells"),
            ([["a"]], ["x", "y"], "row 0 of the table has 1 cells"),
        ] as [([[String]], [String], String)]
    )
    func aTableThatIsNoRectangleIsInvalid(rows: [[String]], header: [String], reason: String) {
        guard case .invalid(let said) = SummaryValue.text("t", table: rows, header: header).payload else {
            Issue.record("the table is not refused")
            return
        }
        #expect(said.contains(reason))
    }

    @Test func aFenceIsLongerThanAnyInTheCode() throws {
        #expect(try markdown(.text("t", code: "a")) == "```\na\n```\n")
        #expect(try markdown(.text("t", code: "a\n", language: "swift")) == "```swift\na\n```\n")
        #expect(try markdown(.text("t", code: "````\n``", language: "c++ x`")) == "`````c++x\n````\n``\n`````\n")
        #expect(try markdown(.text("t", code: "")) == "```\n\n```\n")
    }

    @Test func anEncodableValueIsATable() throws {
        struct Configuration: Encodable {
            var rate = 0.1
            var layers = [2, 1]
        }
        let table = try markdown(.text("t", encoding: Configuration()))
        #expect(table.contains("<tr><td>rate</td><td>0.1</td></tr>\n<tr><td>layers</td><td>[2, 1]</td></tr>"))
    }

    @Test func whatCannotBeEncodedIsInvalid() {
        guard case .invalid(let reason) = SummaryValue.text("t", encoding: 7).payload else {
            Issue.record("a number is taken for a table")
            return
        }
        #expect(reason.contains("has no keys"))
    }

    @Test func everySinkAndStepTakesEveryForm() {
        let sink = InMemorySummarySink()
        sink.text("a", "b", step: 0)
        sink.text("a", code: "b", step: 0)
        sink.text("a", table: [["b"]], step: 0)
        sink.text("a", encoding: ["b": 1], step: 0)
        sink.step(0) { step in
            step.text("a", "b")
            step.text("a", code: "b")
            step.text("a", table: [["b"]])
            step.text("a", encoding: ["b": 1])
        }
        #expect(sink.entries.prefix(4).map { $0.values[0] } == sink.entries[4].values)
    }

    @Test func aLongTextIsSavedAsItIs() throws {
        let directory = try TemporaryDirectory()
        let text = String(repeating: "ü\0\n", count: 1_000_000)
        let writer = try SummaryWriter(logDirectory: directory.path)
        writer.text("t", text, step: 0)
        try writer.close()
        let value = try #require(try writer.eventFile.loggedEvents()[0].values.first)
        #expect(try value.message(8)?.bytes(8) == [Array(text.utf8)])
    }
}
