import CommandLineSupport
import Synchronization
import Testing

struct ProseTests {
    @Test func linesBreakBetweenWordsAndWordsStayWhole() {
        #expect("one two three".wrapped(width: 7) == "one two\nthree")
        #expect("see logs/a/very/long/path now".wrapped(width: 10) == "see\nlogs/a/very/long/path\nnow")
        #expect("\na  b".wrapped(width: 80) == "\na  b")
        #expect("日本 語".wrapped(width: 6) == "日本\n語")
    }

    @Test(arguments: [true, false])
    func onlyAScreenGetsThem(isInteractive: Bool) {
        let shown = Mutex("")
        let terminal = Terminal(
            isInteractive: isInteractive,
            allowsColor: false,
            width: { 12 },
            output: { text in shown.withLock { $0 += text } }
        )
        terminal.writeError("no such run; check the path")
        let expected =
            isInteractive ? "Error: no\nsuch run;\ncheck the\npath.\n" : "Error: no such run; check the path.\n"
        #expect(shown.withLock(\.self) == expected)
    }
}
