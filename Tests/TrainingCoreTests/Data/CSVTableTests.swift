import Summaries
import Testing
import TrainingCore

struct CSVTableTests {
    @Test func quotedFieldsHoldSeparatorsLineBreaksAndMarks() throws {
        let table = try CSVTable("name,text\r\na,\"1,5\"\r\n\r\n\"b\"\"c\",\"two\nlines\"", hasHeader: true)
        #expect(table.columnNames == ["name", "text"])
        #expect(table.rows == [["a", "1,5"], ["b\"c", "two\nlines"]])
        #expect(try table.column(named: "text") == 1)
        #expect(throws: TrainingError.self) { try table.column(named: "size") }
    }

    @Test func numbersComeWithOrWithoutHeaderAndMark() throws {
        let table = try CSVTable("\u{FEFF}1;2.5;7\n -3 ;4e1;8\n", hasHeader: false, separator: ";")
        #expect(try table.numbers(inColumns: 0..<2) == [[1, 2.5], [-3, 40]])
        #expect(try table.integers(inColumn: 2) == [7, 8])
        #expect(table.columnNames == nil)
    }

    @Test(arguments: ["", "\n", "\r\n\n", "\u{FEFF}"])
    func aTableMayBeEmpty(_ text: String) throws {
        let table = try CSVTable(text, hasHeader: true)
        #expect(table.rows.isEmpty)
        #expect(try table.numbers(inColumns: [0]).shape == [0, 1])
    }

    @Test func missingNumbersAreTreatedAsAsked() throws {
        let table = try CSVTable("1,\nNaN,NA\n", hasHeader: false)
        #expect(throws: TrainingError.self) { try table.numbers(inColumns: 0..<2) }
        #expect(try table.numbers(inColumns: 0..<2, missing: .replace(with: -1)) == [[1, -1], [-1, -1]])
        let kept = try table.numbers(inColumns: 0..<2, missing: .keep).floats ?? []
        #expect(kept.map(\.isNaN) == [false, true, true, true])
    }

    @Test(arguments: [
        ("1,2\n3\n", "line 2 has 1 columns, but the table has 2: write a field for each column in every line"),
        ("a\n1,\"2\n\n", "line 2, column 2: the quotation mark is never closed; add one at the end of the field"),
        ("\"1\"2\n", "line 1, column 1: there is text behind the closing quotation mark; double a mark that is text"),
        (
            "1\n\n2\"\n",
            "line 3, column 1: a quotation mark stands inside the field; put the whole field in marks"
        ),
    ])
    func mistakesInTheTextAreNamedByLineAndColumn(_ text: String, _ message: String) {
        #expect {
            try CSVTable(text, hasHeader: false)
        } throws: {
            ($0 as? TrainingError)?.code == .invalidData && "\($0)" == message
        }
    }

    @Test func fieldsThatAreNoNumbersAreNamedByLineColumnAndHeader() throws {
        let table = try CSVTable("a,\"b\nb\"\n1,x\n2,inf\n", hasHeader: true)
        #expect {
            try table.numbers(inColumns: [0, 1])
        } throws: { error in
            "\(error)" == "line 3, column 2 ('b\nb'): 'x' must be a finite number"
        }
        #expect(throws: TrainingError.self) { try table.integers(inColumn: 1) }
        #expect(throws: TrainingError.self) { try table.numbers(inColumns: [2]) }
        #expect(throws: TrainingError.self) { try CSVTable("1", hasHeader: false, separator: "\"") }
        #expect(throws: TrainingError.self) { try CSVTable("1", hasHeader: false, separator: "·") }
    }
}
