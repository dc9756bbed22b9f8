import Foundation
import SystemPackage
import TensorBoard
import TensorBoardLogs
import TestSupport
import Testing

#if ObjectStorage
/// The commands with addresses in a real S3 server.
@Suite(.enabled(if: ObjectServer.isInstalled), .timeLimit(.minutes(5)))
struct StoredLogsTests {
    private let runs: TestRuns
    private let server: ObjectServer
    private let bucket: String

    init() async throws {
        runs = try TestRuns()
        server = try await ObjectServer.shared()
        bucket = try await server.makeBucket()
    }

    private var environment: [String: String] {
        server.environment.merging(["XDG_CACHE_HOME": runs.directory.appending("cache").string]) { $1 }
    }

    private func tblog(_ arguments: String...) async throws -> ExecutedCommand {
        try await ExecutedCommand("tblog", arguments, directory: runs.directory.url, environment: environment)
    }

    /// Logs a run of several files and stores them below `logs`.
    private func store(_ run: String, sessions: Range<Int> = 0..<3) async throws {
        for session in sessions {
            let path = runs.directory.path.pushing(FilePath(run))
            try withSummaryWriter(logDirectory: path, options: .init(existingRun: .append)) { writer in
                for step in session * 10..<session * 10 + 10 { writer.scalar("cost", Float(step), step: step) }
            }
        }
        let files = try LoggedRun(runs.directory.path.pushing(FilePath(run))).files
        for file in files[sessions] {
            try await server.put(file.contents(), at: "logs/\(run)/\(file.lastComponent?.string ?? "")", in: bucket)
        }
    }

    @Test func everyCommandTakesAnAddress() async throws {
        try await store("run1")
        try await store("a?b #é")
        let address = "s3://\(bucket)/logs"
        let inspected = try await tblog("inspect", address, "--json")
        #expect(inspected.status == 0, "\(inspected.errors)")
        #expect(inspected.output.contains("\"run1\"") && inspected.output.contains("\"a?b #é\""))
        let verified = try await tblog("verify", "\(address)/run1")
        #expect(verified.output == "runs: 1, files: 3, events: 34, faults: none\n")
        let exported = try await tblog("export", "s3://\(bucket)", "--run", "run1", "--output", "table.csv")
        #expect(exported.status == 0, "\(exported.errors)")
        let table = try String(contentsOf: runs.directory.url.appending(path: "table.csv"), encoding: .utf8)
        #expect(table.split(whereSeparator: \.isNewline).count == 31)
        let same = try await tblog("diff", "\(address)/run1", "run1")
        #expect(same.status == 0 && same.output.hasSuffix(": equal\n"), "\(same.output)\(same.errors)")
        // One event file, with a slash where none is needed.
        let file = try LoggedRun(runs.directory.appending("run1")).files[1].lastComponent?.string ?? ""
        #expect(try await tblog("tail", "\(address)/run1/\(file)", "--lines", "1", "--no-follow").output.contains("19"))
    }

    @Test func aRunIsCalledAsItsAddressIs() async throws {
        try await store("run1")
        let address = "s3://\(bucket)/logs/run1"
        #expect(try await tblog("inspect", address).output.hasPrefix("run1  3 files"))
        #expect(try await tblog("diff", address, "run1").output == "\(address): equal\n")
    }

    @Test func ranksInAStoreAreAggregated() async throws {
        for rank in 0..<3 { try await store("rank-000\(rank)") }
        let address = "s3://\(bucket)/logs"
        let whole = try await tblog("aggregate", address, "--into", "whole")
        #expect(whole.status == 0, "\(whole.errors)")
        #expect(whole.output.contains("The aggregate of 3 ranks is in whole"))

        // One that joins while the command follows the store.
        let live = runs.directory.appending("live")
        let file = try #require(try LoggedRun(runs.directory.appending("rank-0000")).files.first)
        let (server, bucket, bytes) = (server, bucket, try file.contents())
        let stored = Task {
            while !live.exists { try await Task.sleep(for: .milliseconds(20)) }
            try await server.put(bytes, at: "logs/rank-0003/\(file.lastComponent?.string ?? "")", in: bucket)
        }
        let followed = try await KilledCommand.run(
            "tblog",
            ["aggregate", address, "--into", "live", "--follow", "--interval", "0.1"],
            directory: runs.directory.url,
            environment: environment,
            signal: SIGKILL
        ) {
            guard let scalars = try? LoggedRun(live).load().scalars else { return false }
            return scalars["cost/ranks"]?.values.contains(4) == true
        }
        try await stored.value
        #expect(followed.wasRunning, "\(followed.errors)")
    }

    @Test func mirrorCopiesWhatIsNewAndTellsIt() async throws {
        try await store("run1")
        let first = try await tblog("mirror", "s3://\(bucket)/logs", "copy")
        #expect(first.output.hasPrefix("copy: event files: 3, fetched: 3 ("), "\(first.errors)")
        let second = try await tblog("mirror", "s3://\(bucket)/logs", "copy", "--json")
        #expect(second.output.contains("\"fetched_bytes\": 0") || second.output.contains("\"fetched_bytes\":0"))
        #expect(try await tblog("diff", "copy/run1", "run1").status == 0)
    }

    @Test func mirrorFollows() async throws {
        try await store("run1")
        let directory = runs.directory
        let (server, bucket) = (server, bucket)
        let late = "events.out.tfevents.0000000001.late"
        let copy = directory.appending("copy/run1")
        let stored = Task {
            while copy.entries.filter({ $0.contains("tfevents") }).count < 3 {
                try await Task.sleep(for: .milliseconds(20))
            }
            try await server.put([], at: "logs/run1/\(late)", in: bucket)
        }
        let ended = try await KilledCommand.run(
            "tblog",
            ["mirror", "s3://\(bucket)/logs", "copy", "--follow", "--interval", "1"],
            directory: directory.url,
            environment: environment,
            signal: SIGKILL
        ) { copy.entries.contains(late) }
        try await stored.value
        #expect(ended.wasRunning)
        #expect(ended.errors == "")
    }

    @Test func mergeStoresARunOfManyObjectsAsOne() async throws {
        try await store("run1")
        let merged = try await tblog(
            "merge",
            "s3://\(bucket)/logs/run1",
            "--into",
            "s3://\(bucket)/merged/run1",
            "--json"
        )
        #expect(merged.status == 0, "\(merged.errors)")
        #expect(merged.output.contains("s3://\(bucket)/merged/run1/events.out.tfevents."))
        let verified = try await tblog("verify", "s3://\(bucket)/merged")
        #expect(verified.output == "runs: 1, files: 1, events: 32, faults: none\n")
        #expect(try await tblog("diff", "s3://\(bucket)/merged/run1", "run1").status == 0)
        // Another run's copy would be shown as one with it.
        try await store("run2")
        let again = try await tblog("merge", "s3://\(bucket)/logs/run2", "--into", "s3://\(bucket)/merged/run1")
        #expect(again.status == 1)
        #expect(again.errors.contains("there are event files at s3://\(bucket)/merged/run1 already"))
        // Several runs lie below the output by bucket and path, without the scheme.
        let local = try await tblog("merge", "s3://\(bucket)/logs/run1", "s3://\(bucket)/logs/run2", "--into", "local")
        #expect(local.status == 0, "\(local.errors)")
        #expect(local.output.contains("local/\(bucket)/logs/run1: ") || local.output.contains("local/logs/run1: "))
        #expect(!local.output.contains("s3:"))
    }

    @Test(arguments: [
        ["repair", "ADDRESS"], ["merge", "ADDRESS", "--replace"], ["trim", "ADDRESS", "--replace", "--drop", "1"],
    ])
    func nothingInAStoreIsReplaced(words: [String]) async throws {
        let arguments = words.map { $0 == "ADDRESS" ? "s3://\(bucket)/logs" : $0 }
        let result = try await ExecutedCommand(
            "tblog",
            arguments,
            directory: runs.directory.url,
            environment: environment
        )
        #expect(result.status == 64)
        #expect(result.errors.contains("s3://\(bucket)/logs lies in a store, where nothing is re"))
    }

    @Test func whatCannotBeStoredIsNotWrittenBesideIt() async throws {
        try await store("run1")
        for words in [["export", "logs", "--output"], ["report", "logs", "--output"], ["mirror", "s3://b/logs"]] {
            let arguments = words.map { $0 == "logs" ? "run1" : $0 } + ["s3://\(bucket)/x.html"]
            let result = try await ExecutedCommand(
                "tblog",
                arguments,
                directory: runs.directory.url,
                environment: environment
            )
            #expect(result.status == 1)
            #expect(result.errors.contains("a path is needed in place of 's3://\(bucket)/x.html'"), "\(result.errors)")
        }
        #expect(!runs.directory.appending("s3:").exists)
    }

    @Test func mistakesAreExplained() async throws {
        let empty = try await tblog("inspect", "s3://\(bucket)/nothing")
        #expect(empty.errors == "Error: there are no event files in s3://\(bucket)/nothing; check the path.\n")
        let noBucket = try await tblog("inspect", "s3://no-such-bucket-at-all/logs")
        #expect(noBucket.errors.contains("NoSuchBucket") && noBucket.errors.contains("make the bucket"))
        #expect(try await tblog("inspect", "gs://bucket/logs").errors.contains("use s3:// with the endpoint"))
        let away = try await ExecutedCommand(
            "tblog",
            ["inspect", "s3://\(bucket)/logs"],
            directory: runs.directory.url,
            environment: environment.merging(["AWS_ENDPOINT_URL_S3": "http://127.0.0.1:1"]) { $1 }
        )
        #expect(away.status == 1)
        #expect(away.errors.contains("127.0.0.1:1 gives no answer"))
        for result in [empty, noBucket, away] { #expect(!result.errors.contains(ObjectServer.secretKey)) }
    }
}
#else
struct StoredLogsTests {
    @Test(arguments: ["inspect s3://bucket/logs", "mirror s3://bucket/logs copy", "diff a s3://bucket/logs"])
    func anAddressIsToldToNeedTheTrait(line: String) async throws {
        let directory = try TemporaryDirectory()
        try withSummaryWriter(logDirectory: directory.appending("a")) { $0.scalar("x", 1, step: 0) }
        let words = line.split(separator: " ").map(String.init)
        let result = try await ExecutedCommand("tblog", words, directory: directory.url)
        #expect(result.status != 0)
        #expect(
            result.errors.contains("'s3://bucket/logs' lies in a store, which this tblog cannot read; build it with")
        )
    }
}
#endif
