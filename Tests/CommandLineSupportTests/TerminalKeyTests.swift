import Testing

@testable import CommandLineSupport

struct TerminalKeyTests {
    @Test(arguments: [
        ("q", [TerminalKey.character("q")]), ("\u{3}", [.control("c")]), ("\u{1b}[A\u{1b}[B", [.up, .down]),
        ("\u{1b}OC", [.right]), ("\u{1b}[5~\u{1b}[6~", [.pageUp, .pageDown]), ("\t\r\n", [.tab, .enter, .enter]),
        ("\u{7f}", [.backspace]), ("é😀", [.character("é"), .character("😀")]), ("\u{1b}[200~x", [.character("x")]),
        ("\u{1b}[1;5Ax", [.up, .character("x")]), ("\u{1b}\u{1b}[D", [.escape, .left]),
    ])
    func bytesAreKeysHoweverTheyArrive(text: String, keys: [TerminalKey]) {
        var whole = TerminalKeyParser()
        #expect(whole.keys(in: Array(text.utf8)) == keys)
        var parts = TerminalKeyParser()
        #expect(text.utf8.flatMap { parts.keys(in: [$0]) } == keys)
    }

    @Test
    func escapeIsAKeyWhenNothingFollows() {
        var parser = TerminalKeyParser()
        #expect(parser.keys(in: [0x1b]).isEmpty)
        #expect(parser.keys(in: []) == [.escape])
        #expect(parser.keys(in: []).isEmpty)
    }

    @Test
    func endlessSequencesAndBadBytesEnd() {
        var parser = TerminalKeyParser()
        var keys: [TerminalKey] = []
        for byte in [0x1b, 0x5b] + [UInt8](repeating: 0x30, count: 100) + [0xff, 0xfe, 0x71] {
            keys += parser.keys(in: [byte])
        }
        keys += parser.keys(in: []) + parser.keys(in: Array("q".utf8))
        #expect(keys.last == .character("q"))
    }

    @Test
    func onlyChangedLinesAreWritten() {
        #expect(TerminalScreen.update(from: ["a", "b"], to: ["a", "b"], erasesAll: false).isEmpty)
        #expect(
            TerminalScreen.update(from: ["a", "b", "c"], to: ["a", "x"], erasesAll: false)
                == "\u{1b}[?2026h\u{1b}[2;1H\u{1b}[Kx\u{1b}[3;1H\u{1b}[K\u{1b}[?2026l"
        )
        #expect(
            TerminalScreen.update(from: ["a"], to: ["a"], erasesAll: true).contains("\u{1b}[2J\u{1b}[1;1H\u{1b}[Ka")
        )
    }
}
