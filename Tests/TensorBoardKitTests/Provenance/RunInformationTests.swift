import TensorBoardLogs
import TensorBoardTesting
import TestSupport
import Testing

@testable import TensorBoardKit

@Suite struct RunInformationTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func git(_ arguments: String...) {
        let identity = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=trunk"]
        _ = CommandOutput.of(["git", "-C", directory.path.string] + identity + arguments)
    }

    private func information(_ arguments: [String] = ["train"]) -> RunInformation {
        RunInformation(arguments: arguments, workingDirectory: directory.path.string, start: 1_700_000_000)
    }

    @Test func gitTellsRevisionBranchAndChanges() throws {
        #expect(information().gitRevision == nil && information().isGitDirty == nil)
        git("init", "--quiet")
        try directory.appending("a").write([1])
        git("add", "a")
        git("commit", "--quiet", "--message", "first")
        let clean = information()
        #expect(clean.gitRevision?.count == 40)
        #expect(clean.gitBranch == "trunk")
        #expect(clean.isGitDirty == false)
        try directory.appending("untracked").write([1])
        #expect(information().isGitDirty == false)
        try directory.appending("a").write([2, 3])
        #expect(information().isGitDirty == true)
        #expect(information().rows().contains { $0[0] == "git revision" && $0[1].hasSuffix("that are not committed") })
    }

    @Test func theCardHasNoSecretAndTellsTheEnd() throws {
        let log = CapturedSummaries()
        let information = information(["train", "--api-key", "S3cr3t", "--rate", "0.1"])
        log.logRunInformation(information).logEnd(to: log, outcome: .failure)
        let texts = log.texts("run/information")
        #expect(texts.steps == [0, 1])
        #expect(!texts.values.joined().contains("S3cr3t"))
        #expect(texts.values[0].contains("<td>train --api-key *** --rate 0.1</td>"))
        #expect(texts.values[0].contains("<td>2023-11-14 22:13:20 UTC</td>"))
        #expect(!texts.values[0].contains("outcome"))
        #expect(texts.values[1].contains("<td>outcome</td><td>failure</td>"))
    }

    @Test func anAppendedSessionHasItsCardBehindTheEarlierOnes() throws {
        for _ in 0..<2 {
            let writer = try SummaryWriter(logDirectory: directory.path, options: .init(existingRun: .append))
            writer.logRunInformation(information()).logEnd(to: writer, outcome: .success)
            try writer.close()
        }
        let run = try LoggedRun(directory.path).load()
        #expect(run.contents["run/information"]?.steps == [0, 1, 2, 3])
    }

    @Test func theEnvironmentIsNeverLogged() {
        let log = CapturedSummaries()
        log.logRunInformation()
        let text = log.texts("run/information").values.joined()
        #expect(text.contains("processors"))
        // The search path is in every environment, and in nothing else.
        let path = CommandOutput.of(["sh", "-c", "printf %s \"$PATH\""])
        #expect(path?.isEmpty == false && !text.contains(path ?? ""))
    }

    @Test func pinnedPackagesAreListed() throws {
        let resolved = """
            {
              "originHash" : "12",
              "pins" : [
                {
                  "identity" : "swift-log",
                  "kind" : "remoteSourceControl",
                  "location" : "https://github.com/apple/swift-log",
                  "state" : {
                    "revision" : "0123456789abcdef0123",
                    "version" : "1.16.2"
                  }
                },
                {
                  "identity" : "b",
                  "state" : {
                    "branch" : "main",
                    "revision" : "0123456789abcdef0123"
                  }
                },
                {
                  "identity" : "c",
                  "state" : {
                    "revision" : "0123456789abcdef0123"
                  }
                }
              ],
              "version" : 3
            }
            """
        try directory.appending("Package.resolved").write(Array(resolved.utf8))
        let names = information().packages.map { "\($0.name) \($0.version)" }
        #expect(names == ["swift-log 1.16.2", "b main", "c 0123456789ab"])
        #expect(ResolvedPackages.packages(in: "nonsense \" \"").isEmpty)
    }

    @Test func aProgramThatFailsHangsOrIsMissingTellsNothing() {
        #expect(CommandOutput.of(["sh", "-c", "printf hello"]) == "hello")
        #expect(CommandOutput.of(["sh", "-c", "printf hello; exit 3"]) == nil)
        #expect(CommandOutput.of(["sh", "-c", "exec sleep 600"], timeout: 50) == nil)
        #expect(CommandOutput.of(["/no/such/program"]) == nil)
        #expect(CommandOutput.of(["sh", "-c", "head -c 300000 /dev/zero"])?.utf8.count == 300_000)
    }
}
