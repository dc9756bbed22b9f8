import CommandLineSupport
import Testing

struct TerminalTests {
    struct ColorCase: Sendable {
        var isTerminal: Bool
        var environment: [String: String]
        var expected: Bool
    }

    @Test(arguments: [
        ColorCase(isTerminal: true, environment: [:], expected: true),
        ColorCase(isTerminal: false, environment: [:], expected: false),
        ColorCase(isTerminal: true, environment: ["TERM": "dumb"], expected: false),
        ColorCase(isTerminal: true, environment: ["TERM": "xterm"], expected: true),
        ColorCase(isTerminal: true, environment: ["NO_COLOR": "1"], expected: false),
        ColorCase(isTerminal: true, environment: ["NO_COLOR": ""], expected: true),
        ColorCase(isTerminal: false, environment: ["FORCE_COLOR": "1"], expected: true),
        ColorCase(isTerminal: false, environment: ["FORCE_COLOR": "1", "NO_COLOR": "1"], expected: true),
        ColorCase(isTerminal: false, environment: ["FORCE_COLOR": "3", "TERM": "dumb"], expected: true),
        ColorCase(isTerminal: true, environment: ["FORCE_COLOR": "0"], expected: false),
        ColorCase(isTerminal: true, environment: ["FORCE_COLOR": "", "NO_COLOR": "1"], expected: false),
    ])
    func decidesOnColorByTheEnvironment(_ example: ColorCase) {
        let decision = Terminal.allowsColor(isTerminal: example.isTerminal) { example.environment[$0] }
        #expect(decision == example.expected)
    }

    @Test
    func stylesOnlyWhereStylesMayBeUsed() {
        let test = TestTerminal()
        #expect(test.terminal(allowsColor: true).styled("cost", .bold) == "\u{1b}[1mcost\u{1b}[0m")
        #expect(test.terminal(allowsColor: true).styled("", .red) == "")
        #expect(test.terminal(allowsColor: false).styled("cost", .bold) == "cost")
    }

    @Test
    func hasAWidthThatCanBeFilled() {
        #expect(TestTerminal(width: 0).terminal().width == 1)
        #expect(TestTerminal(width: .max).terminal().width == 1000)
    }

    @Test(arguments: ["a\u{1b}[2J", "a\nb", "\u{202e}txt.exe", "\u{2066}a", "\u{85}"])
    func namesCommandNothing(name: String) {
        let hidden = name.unicodeScalars.filter { $0.value > 0x7F || $0.value < 0x20 }
        #expect(name.printable.unicodeScalars.filter { $0 == "\u{fffd}" }.count == hidden.count)
        #expect(name.printable.unicodeScalars.count == name.unicodeScalars.count)
    }

    @Test(arguments: [
        ([:], false), (["LANG": "C"], true), (["LANG": "en_US.UTF-8"], false), (["LANG": "de_DE.utf8"], false),
        (["LC_ALL": "POSIX", "LANG": "en_US.UTF-8"], true),
        (["LC_ALL": "", "LC_CTYPE": "C.UTF-8", "LANG": "C"], false),
    ])
    func drawsInASCIIWhereTheLocaleIsNotUTF8(environment: [String: String], isASCII: Bool) {
        #expect(Terminal.isASCII { environment[$0] } == isASCII)
    }

    @Test
    func linesKnowTheirWidthAndKeepTheirStyles() {
        var line = StyledLine("a名", .bold)
        line.append("\u{1b}[2J b  ", .red)
        let terminal = TestTerminal().terminal(allowsColor: true)
        #expect(line.width == line.plain.displayWidth)
        #expect(line.prefix(width: 2).padded(to: 4).text(for: terminal) == "\u{1b}[1ma\u{1b}[0m   ")
        #expect(line.trimmed.plain == "a名\u{fffd}[2J b")
        #expect(StyledLine("  ").trimmed.width == 0)
        #expect("logs/名前/run1".shortened(to: 7) == "…/run1")
    }
}
