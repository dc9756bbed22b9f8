import Foundation
import TensorBoard
import TensorBoardLogs
import TestSupport
import Testing

struct TailCommandTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func tblog(_ arguments: String...) async throws -> ExecutedCommand {
        try await ExecutedCommand("tblog", arguments, directory: directory.url)
    }

    private func log(_ run: String, steps: Range<Int>) throws {
        let path = directory.path.pushing(FilePath(run))
        try withSummaryWriter(logDirectory: path, options: .init(existingRun: .append)) { writer in
            for step in steps {
                writer.scalar("cost", 1 / Float(step + 1), step: step)
                writer.histogram("weights", [Float(step)], step: step)
            }
        }
    }

    @Test func theLastStepsAreOneLineEach() async throws {
        try log("logs", steps: 0..<8)
        let result = try await tblog("tail", "logs", "--lines", "2", "--no-follow")
        #expect(result.status == 0)
        #expect(result.output == "6  cost 0.142857\n7  cost 0.125\n")
        #expect(result.errors.isEmpty)
        let all = try await tblog("tail", "logs", "--lines", "1", "--no-follow", "--all-kinds")
        #expect(all.output == "7  cost 0.125  weights (histogram)\n")
    }

    @Test func severalRunsAreNamedAndTagsLeftOut() async throws {
        for run in ["logs/a", "logs/b"] { try log(run, steps: 0..<2) }
        let result = try await tblog("tail", "logs", "--lines", "1", "--no-follow", "--tag", "^cost$")
        #expect(result.output == "a  1  cost 0.5\nb  1  cost 0.5\n")
        let one = try await tblog("tail", "logs", "--lines", "1", "--no-follow", "--run", "b", "--tag", "cost")
        #expect(one.output == "1  cost 0.5\n")
    }

    @Test func jsonIsAnObjectALine() async throws {
        try withSummaryWriter(logDirectory: directory.appending("logs")) { writer in
            writer.scalar("cost", Float.nan, step: 3)
            writer.text("note\u{1b}", "hello", step: 3)
        }
        let result = try await tblog("tail", "logs", "--no-follow", "--json", "--all-kinds")
        let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
        #expect(object?["step"] as? Int == 3)
        #expect((object?["scalars"] as? [String: Any])?["cost"] as? String == "NaN")
        #expect(object?["others"] as? [String: String] == ["note\u{1b}": "text"])
    }

    @Test func namesFromFilesDoNotCommandTheTerminal() async throws {
        try withSummaryWriter(logDirectory: directory.appending("logs")) { $0.scalar("a\u{1b}[2J", 1, step: 0) }
        let result = try await tblog("tail", "logs", "--no-follow")
        #expect(result.output == "0  a\u{fffd}[2J 1\n")
    }

    /// Follows the logs, and gives what is printed to `body`.
    private func followingLogs(
        _ options: String...,
        settling: Double = 0.05,
        _ body: (_ output: FileHandle, _ errors: FileHandle) throws -> Void
    ) throws {
        let process = Process()
        let (pipe, errors) = (Pipe(), Pipe())
        process.executableURL = ExecutedCommand.location(of: "tblog")
        process.arguments =
            ["tail", directory.appending("logs").string, "--interval", "0.01", "--settle", "\(settling)"] + options
        process.standardOutput = pipe
        process.standardError = errors
        try process.run()
        defer { process.terminate() }
        try body(pipe.fileHandleForReading, errors.fileHandleForReading)
    }

    @Test func aLiveRunIsFollowed() throws {
        let writer = try SummaryWriter(logDirectory: directory.appending("logs"), options: .init(existingRun: .append))
        writer.scalar("cost", 1, step: 0)
        try writer.flush()
        try followingLogs { output, _ in
            #expect(output.availableData == Data("0  cost 1\n".utf8))
            writer.scalar("cost", 2, step: 1)
            try writer.flush()
            #expect(output.availableData == Data("1  cost 2\n".utf8))
        }
        try writer.close()
    }

    @Test func aRunThatBeginsLaterIsFollowedFromItsFirstStep() throws {
        try log("logs/a", steps: 0..<1)
        try followingLogs { output, _ in
            #expect(output.availableData == Data("0  cost 1\n".utf8))
            try withSummaryWriter(logDirectory: directory.path.pushing("logs/b")) { $0.scalar("cost", 2, step: 7) }
            #expect(output.availableData == Data("b  7  cost 2\n".utf8))
        }
    }

    @Test(arguments: [
        (["tail", "nowhere", "--no-follow"], "nowhere"),
        (["tail", "logs", "--run", "z", "--no-follow"], "no run matches"),
        (["tail", "logs", "--settle", "-1"], "--settle"),
        (["tail", "logs", "--tag", "("], "not a regular expression"),
        (["tail", "logs", "--lines", "-1"], "--lines"),
    ])
    func aMistakeIsOneSentence(arguments: [String], hint: String) async throws {
        try log("logs", steps: 0..<1)
        let result = try await ExecutedCommand("tblog", arguments, directory: directory.url)
        #expect(result.status != 0)
        #expect(result.output.isEmpty)
        #expect(result.errors.hasPrefix("Error: "))
        #expect(result.errors.contains(hint))
        #expect(result.errors.filter { $0 == "\n" }.count == 1)
    }

    @Test func aStepIsOneLineHoweverItArrives() throws {
        let writer = try SummaryWriter(logDirectory: directory.appending("logs"), options: .init(existingRun: .append))
        try followingLogs("--json", settling: 3600) { output, _ in
            for tag in ["a", "b", "c"] {
                writer.scalar(tag, 1, step: 0)
                try writer.flush()
                Thread.sleep(forTimeInterval: 0.1)
            }
            writer.scalar("a", 2, step: 1)
            try writer.flush()
            let line = String(decoding: output.availableData, as: UTF8.self)
            #expect(line.contains(#""step":0"#) && line.contains(#"{"a":1.0,"b":1.0,"c":1.0}"#), "\(line)")
            #expect(line.filter { $0 == "\n" }.count == 1)
            // The end of the writer completes its last step.
            try writer.close()
            #expect(String(decoding: output.availableData, as: UTF8.self).contains(#""step":1"#))
        }
    }

    @Test func aStepThatGrowsLaterIsPrintedAgainAsAWhole() throws {
        let writer = try SummaryWriter(logDirectory: directory.appending("logs"), options: .init(existingRun: .append))
        try followingLogs { output, _ in
            for (tag, line) in [("a", "0  a 1\n"), ("b", "0  a 1  b 1\n")] {
                writer.scalar(tag, 1, step: 0)
                try writer.flush()
                #expect(output.availableData == Data(line.utf8))
            }
        }
        try writer.close()
    }

    @Test(arguments: [false, true])
    func aDirectoryWithoutRunsIsWaitedFor(exists: Bool) throws {
        let logs = directory.appending("logs")
        if exists { try FileManager.default.createDirectory(atPath: logs.string, withIntermediateDirectories: true) }
        try followingLogs { output, errors in
            #expect(errors.availableData == Data("waiting for runs in \(logs).\n".utf8))
            try log("logs/a", steps: 0..<1)
            #expect(output.availableData == Data("0  cost 1\n".utf8))
        }
    }

    @Test func theEndOfAWriterIsSaid() throws {
        let writer = try SummaryWriter(logDirectory: directory.appending("logs"), options: .init(existingRun: .append))
        writer.scalar("cost", 1, step: 0)
        try writer.flush()
        try followingLogs { output, errors in
            #expect(output.availableData == Data("0  cost 1\n".utf8))
            #expect(try LoggedRun(directory.appending("logs")).hasWriter)
            try writer.close()
            #expect(String(decoding: errors.availableData, as: UTF8.self).hasSuffix("the writer has ended.\n"))
        }
    }

    @Test(.timeLimit(.minutes(5)))
    func aClosedPipeEndsTheCommandInAQuietRun() async throws {
        try log("logs", steps: 0..<3)
        let shell = Process()
        shell.executableURL = URL(filePath: "/bin/sh")
        let tool = ExecutedCommand.location(of: "tblog").path
        shell.arguments = ["-c", "'\(tool)' tail logs 2>/dev/null | head -n 1 >/dev/null"]
        shell.currentDirectoryURL = directory.url
        await withCheckedContinuation { continuation in
            shell.terminationHandler = { _ in continuation.resume() }
            do { try shell.run() } catch { continuation.resume() }
        }
        #expect(shell.terminationStatus == 0)
    }

    @Test(.timeLimit(.minutes(5)))
    func moreRunsThanDescriptorsAreFollowed() throws {
        for run in 0..<100 {
            try directory.path.appending("logs/\(run)").makeRun([
                EventBytes.version(), EventBytes.summary(step: 0, EventBytes.scalar("a")),
            ])
        }
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(filePath: "/bin/sh")
        let tool = ExecutedCommand.location(of: "tblog").path
        process.arguments = ["-c", "ulimit -n 40; exec '\(tool)' tail logs --interval 0.01 --settle 0"]
        process.currentDirectoryURL = directory.url
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        try process.run()
        defer { process.terminate() }
        var text = ""
        while text.filter({ $0 == "\n" }).count < 100 {
            let data = pipe.fileHandleForReading.availableData
            guard !data.isEmpty else { break }
            text += String(decoding: data, as: UTF8.self)
        }
        #expect(text.filter { $0 == "\n" }.count == 100)
        try directory.path.appending("logs/100").makeRun([
            EventBytes.version(), EventBytes.summary(step: 7, EventBytes.scalar("a")),
        ])
        #expect(pipe.fileHandleForReading.availableData == Data("100  7  a 1\n".utf8))
    }

    @Test(arguments: ["0", "9223372036854775807"])
    func anyNumberOfLinesCanBeAskedFor(lines: String) async throws {
        try log("logs", steps: 0..<3)
        let result = try await tblog("tail", "logs", "--lines", lines, "--no-follow", "--tag", "cost")
        #expect(result.status == 0)
        #expect(result.output.split(separator: "\n").count == (lines == "0" ? 0 : 3))
    }

    @Test func aFaultEndsInFailure() async throws {
        try log("logs", steps: 0..<3)
        let file = try LoggedRun(directory.appending("logs")).files[0]
        var bytes = try file.contents()
        bytes[bytes.count - 5] ^= 0xFF
        try file.write(bytes)
        let result = try await tblog("tail", "logs", "--no-follow", "--tag", "cost")
        #expect(result.status == 1)
        #expect(result.output == "0  cost 1\n1  cost 0.5\n2  cost 0.333333\n")
        #expect(result.errors.contains("its checksum is wrong"))
    }
}
