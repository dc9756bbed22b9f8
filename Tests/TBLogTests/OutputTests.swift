import Foundation
import TensorBoard
import TensorBoardLogs
import TestSupport
import Testing

/// What leaves the commands, on a terminal, in a spreadsheet and on a full disk.
struct OutputTests {
    let runs: TestRuns

    init() throws { runs = try TestRuns() }

    /// Runs a command line in a shell, in which `tblog` and `train` are functions.
    private func shell(_ line: String) async throws -> (status: Int32, errors: String) {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        let functions = ["tblog", "train"].map { "\($0)() { '\(ExecutedCommand.location(of: $0).path)' \"$@\"; }; " }
        process.arguments = ["-c", functions.joined() + line]
        process.currentDirectoryURL = runs.directory.url
        let home = runs.directory.appending("home").string
        process.environment = ProcessInfo.processInfo.environment.merging(["HOME": home]) { $1 }
        let errors = runs.directory.url.appending(path: "errors.txt")
        try Data().write(to: errors)
        process.standardError = try FileHandle(forWritingTo: errors)
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            process.terminationHandler = { _ in continuation.resume() }
            do { try process.run() } catch { continuation.resume(throwing: error) }
        }
        return (process.terminationStatus, try String(contentsOf: errors, encoding: .utf8))
    }

    @Test func formulasAreGuardedAndNumbersAreNot() async throws {
        try runs.log("logs") { writer in
            for tag in ["=cmd|' /C calc'!A0", "@sum", "-1", "loss"] { writer.scalar(tag, -0.5, step: 0) }
        }
        let lines = try await runs.tblog("export", "logs", "--wide").output.split(separator: "\r\n")
        #expect(lines == ["run,step,-1,'=cmd|' /C calc'!A0,'@sum,loss", ".,0,-0.5,-0.5,-0.5,-0.5"])
    }

    @Test func largeIntegersAreExact() async throws {
        let values = [(1 << 53) + 1, Int.max, Int.min, 5]
        let events = values.enumerated().map { step, value in
            let bytes = withUnsafeBytes(of: Int64(value).littleEndian) { Array($0) }
            let tensor = [1 << 3, 9] + EventBytes.bytes(2, []) + EventBytes.bytes(4, bytes)
            let plugin = EventBytes.bytes(9, EventBytes.bytes(1, EventBytes.bytes(1, Array("scalars".utf8))))
            return EventBytes.summary(step: step, EventBytes.bytes(1, [0x6E]) + plugin + EventBytes.bytes(8, tensor))
        }
        try runs.directory.appending("logs").makeRun([EventBytes.version()] + events)
        for options in [["--wide"], []] {
            let csv = try await ExecutedCommand("tblog", ["export", "logs"] + options, directory: runs.directory.url)
            let json = try await ExecutedCommand(
                "tblog",
                ["export", "logs", "--json"] + options,
                directory: runs.directory.url
            )
            for value in values.dropLast() {
                #expect(csv.output.contains(",\(value)\r\n"))
                #expect(json.output.contains(":\(value)}"))
            }
        }
    }

    #if os(Linux)
    @Test func aTerminalIsNotCommanded() async throws {
        try runs.log("logs") { $0.scalar("a\u{1b}[2Jb", 1, step: 0) }
        let result = try await shell(
            "script -qec \"'\(ExecutedCommand.location(of: "tblog").path)' export logs\" out >/dev/null"
        )
        #expect(result.status == 0)
        let text = String(decoding: try runs.directory.appending("out").contents(), as: UTF8.self)
        #expect(text.contains("a\u{fffd}[2Jb"))
        #expect(!text.contains("\u{1b}[2J"))
    }

    @Test(arguments: [
        "tblog --help", "tblog --version", "tblog help verify", "train --help", "train xor --help",
        "tblog inspect logs", "tblog verify logs", "tblog export logs", "tblog compare logs", "tblog diff logs logs",
        "tblog repair logs", "tblog tail logs --no-follow", "tblog merge logs -o merged",
    ])
    func aFullOutputIsAFailure(command: String) async throws {
        try runs.log("logs", "loss", [1, 2])
        let result = try await shell("\(command) > /dev/full")
        #expect(result.status == 1)
        #expect(result.errors.filter { $0 == "\n" }.count == 1, "\(result.errors)")
    }
    #endif

    @Test func aClosedPipeIsNoError() async throws {
        try runs.log("logs", "loss", [1, 2])
        let result = try await shell("trap '' PIPE; { sleep 0.5; tblog export logs; echo $? >status; } | true; sleep 1")
        #expect(result.errors.isEmpty)
    }

    @Test func theHomeDirectoryIsExpanded() async throws {
        try runs.log("home/logs", "loss", [1, 2])
        #expect(try await shell("tblog inspect '~/logs' >/dev/null").status == 0)
        #expect(try await shell("tblog export '~/logs' --output='~/table.csv'").status == 0)
        #expect(runs.directory.appending("home").appending("table.csv").exists)
        #expect(try await shell("train gallery --steps 2 --quiet --log-directory='~/run' >/dev/null").status == 0)
        #expect(runs.directory.appending("home").appending("run").exists)
        #expect(!runs.directory.appending("~").exists)
    }

    @Test func anotherUsersHomeIsRefusedWithAdvice() throws {
        let hint = "write the whole path"
        func expectRefusal(_ body: () throws -> Void) {
            do {
                try body()
                Issue.record("the path was taken")
            } catch {
                #expect("\(error)".contains(hint))
            }
        }
        expectRefusal { _ = try SummaryWriter(logDirectory: "~root/run") }
        expectRefusal { _ = try LogDirectory("~root/run").runs() }
        expectRefusal { _ = try LoggedRun("~root/run") }
        expectRefusal { _ = try EventFileReader("~root/run") }
        expectRefusal { _ = try RepairedFile(of: "~root/run") }
        #expect("./~/x".filePath == FilePath("./~/x"))
        #expect(FilePath("~/x").filePath == FilePath("~/x"))
    }
}
