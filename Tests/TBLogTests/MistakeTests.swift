import TestSupport
import Testing

/// What the commands say of mistyped arguments, and of their version.
struct MistakeTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    @Test(arguments: [
        ("tblog inpsect logs", "unknown command 'inpsect'; did you mean 'inspect'?"),
        ("tblog help exprot", "unknown command 'exprot'; did you mean 'export'?"),
        ("tblog zzz", "unknown command 'zzz'; see 'tblog help'."),
        ("train galery", "unknown command 'galery'; did you mean 'gallery'?"),
        ("tblog inspect logs --tga x", "unknown option '--tga'; did you mean '--tag'?"),
        ("tblog inspect logs --zzz", "unknown option '--zzz'; see 'tblog help inspect'."),
        ("tblog inspect", "<paths> is missing; see 'tblog help inspect'."),
        ("tblog average logs", "--output is missing; see 'tblog help average'."),
        ("tblog trim logs --output", "--output needs a value, <output>; see 'tblog help trim'."),
        (
            "tblog trim logs -o out --drop abc",
            "--drop abc: give a range of steps such as 100...200, 100... or ...200, or one step."
        ),
        ("tblog tail logs --lines abc", "--lines abc: give a number."),
        ("tblog tail logs --lines 1.5", "--lines 1.5: give a whole number."),
        ("tblog inspect logs --run (", "--run (: not a regular expression; give one such as 'loss|accuracy'."),
        ("tblog diff logs", "Name two runs, or two directories of runs; there is 1 path."),
        ("train xor --steps 99999999999999999999", "--steps 99999999999999999999: give a number of fewer digits."),
        ("train xor --model zzz", "--model zzz: choose one of logistic, network."),
        ("train xor --seed -1", "--seed -1: give a whole number from 0 on."),
        ("train gallery --steps -1", "--steps -1 must be at least 1."),
        ("train xor logs", "unexpected argument 'logs'; see 'train help xor'."),
        ("train xor --steps 0", "--steps 0 must be at least 1."),
        ("tblog \u{1b}[2J", "unknown command '\u{fffd}[2J'; see 'tblog help'."),
    ])
    func aMistakeIsToldWithWhatToDo(line: String, message: String) async throws {
        let words = line.split(separator: " ").map(String.init)
        let result = try await ExecutedCommand(words[0], Array(words.dropFirst()), directory: directory.url)
        #expect(result.errors == "Error: \(message)\n")
        #expect(result.output.isEmpty)
        #expect(result.status == 64)
    }

    @Test(arguments: ["tblog", "tblog inspect", "tblog export", "tblog average", "train", "train xor", "train gallery"])
    func everyCommandTellsItsVersion(line: String) async throws {
        let words = line.split(separator: " ").map(String.init)
        let result = try await ExecutedCommand(words[0], words.dropFirst() + ["--version"], directory: directory.url)
        #expect(result.status == 0)
        #expect(result.output.wholeMatch(of: #/(tblog|train) \d+\.\d+\.\d+(-\w+)?\n/#)?.1 == words[0][...])
    }
}
