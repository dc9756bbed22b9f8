import CommandLineSupport
import Testing

struct TextTableTests {
    @Test
    func alignsColumnsAndLeavesNoSpacesAtTheEnd() {
        var table = TextTable(columns: [.left("run"), .right("cost"), .left("note")])
        table.append(["run1", "0.5", ""])
        table.append(["a longer run", "12.25", "diverged"])
        #expect(
            table.description == """
                run            cost  note
                ------------  -----  --------
                run1            0.5
                a longer run  12.25  diverged
                """
        )
    }

    @Test
    func showsTitlesWithoutRows() {
        #expect(TextTable(columns: [.left("run"), .right("cost")]).description == "run  cost\n---  ----")
    }

    @Test
    func countsWideCharactersTwice() {
        var table = TextTable(columns: [.left("名前"), .right("値")])
        table.append(["実行", "1"])
        table.append(["x", "10"])
        #expect(table.description == "名前  値\n----  --\n実行   1\nx     10")
    }

    @Test
    func takesTheCommandsOutOfNamesFromFiles() {
        var table = TextTable(columns: [.left("tag")])
        table.append(["a\nb\u{1b}[2Jc\td"])
        #expect(table.description == "tag\n----------\na\u{fffd}b\u{fffd}[2Jc\u{fffd}d")
    }

    @Test(arguments: [
        ("", 0), ("cost", 4), ("é", 1), ("e\u{301}", 1), ("\u{301}", 0), ("日本語", 6), ("한국", 4), ("Ａ", 2),
        ("👍", 2), ("👍🏽", 2), ("👩‍👩‍👧‍👦", 2), ("🇩🇪", 2), ("❤️", 2), ("❤", 1), ("1️⃣", 2), ("α→β", 3), ("\u{200b}", 0),
        ("\u{1b}", 0), ("━", 1), ("\u{20000}", 2),
    ])
    func knowsHowWideTextIs(text: String, width: Int) {
        #expect(text.displayWidth == width)
    }

    @Test
    func columnsThatDoNotFitStandBelow() {
        var table = TextTable(columns: [.left("run"), .right("last"), .right("lowest"), .right("mean")])
        table.append(["run1", "0.5", "0.25", "1.5"])
        #expect(
            table.lines(width: 20).map(\.plain) == [
                "run   last  lowest", "----  ----  ------", "run1   0.5    0.25", "", "run   mean", "----  ----",
                "run1   1.5",
            ]
        )
        #expect(table.lines(width: 24).map(\.plain) == table.description.split(separator: "\n").map(String.init))
    }

    @Test(arguments: [1, 5, 10, 20, 59, 79, 119])
    func noLineIsWiderThanAsked(width: Int) {
        var table = TextTable(columns: [.left("run")] + (0..<8).map { .right("column \($0)") })
        table.append(["logs/a/rather/long/名前/👩‍👩‍👧‍👦/\u{1b}[2J/path"] + (0..<8).map { String(repeating: "値", count: $0 * 9) })
        #expect(table.lines(width: width).allSatisfy { $0.width <= width })
    }
}
