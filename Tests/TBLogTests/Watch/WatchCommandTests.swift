import Foundation
import TestSupport
import Testing

struct WatchCommandTests {
    let runs: TestRuns

    init() throws { runs = try TestRuns() }

    @Test func withoutATerminalItSaysWhatToUse() async throws {
        try runs.log("logs", "cost", [3, 2, 1])
        let result = try await runs.tblog("watch", "logs")
        #expect(result.status == 1)
        #expect(result.output.isEmpty)
        #expect(
            result.errors == "Error: 'tblog watch' needs a terminal; use 'tblog tail', which prints line by line.\n"
        )
    }

    @Test(arguments: [["--smoothing", "1"], ["--interval", "0"], ["--json", "--ascii"], ["--axis", "up"]])
    func mistakesAreToldInOneLine(arguments: [String]) async throws {
        let result = try await runs.tblog("watch", "logs", arguments[0], arguments[1])
        #expect(result.status != 0 && result.output.isEmpty)
        #expect(result.errors.split(separator: "\n").count == 1)
    }

    #if os(Linux)
    /// Watches the logs in a pseudo terminal of 80 columns and 24 lines until `cost` is on the screen, then does `body`.
    ///
    /// - Parameters:
    ///   - script: What the shell in the terminal does, where `$tblog` is the command.
    ///   - body: Gets the keyboard.
    /// - Returns: Everything that was written to the terminal.
    /// - Throws: What `body` throws, and what the system says when the command cannot be run.
    private func screen(_ script: String, _ body: (FileHandle) throws -> Void) throws -> String {
        let process = Process()
        let (keyboard, screen) = (Pipe(), Pipe())
        process.executableURL = URL(filePath: "/usr/bin/env")
        let tool = ExecutedCommand.location(of: "tblog").path
        let line = "stty cols 80 rows 24; export tblog='\(tool)'; stty -g; \(script); echo \"status $?\"; stty -g"
        process.arguments = ["timeout", "120", "script", "-qfc", line, "/dev/null"]
        process.currentDirectoryURL = runs.directory.url
        process.environment = ProcessInfo.processInfo.environment
            .merging(["SHELL": "/bin/sh", "TERM": "xterm", "NO_COLOR": "1"]) { $1 }
        process.standardInput = keyboard
        process.standardOutput = screen
        try process.run()
        defer { process.terminate() }
        var text = Data()
        var isPressed = false
        while true {
            let data = screen.fileHandleForReading.availableData
            guard !data.isEmpty else { break }
            text += data
            guard !isPressed, text.range(of: Data("run  ".utf8)) != nil else { continue }
            isPressed = true
            try body(keyboard.fileHandleForWriting)
        }
        return String(decoding: text, as: UTF8.self)
    }

    private func expectRestored(_ text: String, status: Int) throws {
        let modes = text.split(whereSeparator: \.isNewline).filter { $0.contains(":") && !$0.contains(" ") }
            .map { $0.split(separator: "\u{1b}").last.map(String.init) ?? "" }
        #expect(modes.count == 2 && modes.first == modes.last, "\(modes)")
        let leaving = "\u{1b}[?7h\u{1b}[?25h\u{1b}[?1049l"
        let parts = text.components(separatedBy: leaving)
        #expect(parts.count == 2)
        #expect(parts[0].contains("\u{1b}[?1049h\u{1b}[?25l\u{1b}[?7l"))
        #expect(parts.last?.contains("status \(status)") == true, "\(parts.last ?? "")")
        #expect(parts.last?.contains("\u{1b}") == false)
    }

    @Test(.timeLimit(.minutes(5)), arguments: ["q", "\u{3}"])
    func theTerminalIsRestoredAtTheEnd(key: String) throws {
        try runs.log("logs", "cost", [3, 2, 1])
        let text = try screen("$tblog watch logs") { try $0.write(contentsOf: Data(key.utf8)) }
        #expect(text.contains("cost") && text.contains("q quit"))
        try expectRestored(text, status: 0)
    }

    @Test(.timeLimit(.minutes(5)), arguments: [("TERM", 143), ("HUP", 129), ("SEGV", 139)])
    func theTerminalIsRestoredAfterASignal(signal: String, status: Int) throws {
        try runs.log("logs", "cost", [3, 2, 1])
        let script = "(until [ -e go ]; do sleep 0.05; done; kill -s \(signal) $$) & exec $tblog watch logs"
        let text = try screen("sh -c '\(script)'") { _ in
            try Data().write(to: runs.directory.url.appending(path: "go"))
        }
        try expectRestored(text, status: status)
    }
    #endif
}
