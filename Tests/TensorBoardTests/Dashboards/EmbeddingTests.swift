import Foundation
import TensorBoard
import TestSupport
import Testing

struct EmbeddingTests {
    let directory: TemporaryDirectory

    private static let vectors: [[Float]] = [[0, 1], [0.1, -2.5], [1e-5, 3e20]]

    private var run: FilePath { directory.appending("run") }

    init() throws { directory = try TemporaryDirectory() }

    private func write(_ body: (SummaryWriter) -> Void) throws -> [TensorBoardError] {
        let issues = IssueCollector()
        try withSummaryWriter(logDirectory: run, options: .init(existingRun: .append, onIssue: issues.collect)) {
            body($0)
        }
        return issues.all
    }

    private func text(_ path: String) throws -> String {
        String(decoding: try run.appending(path).contents(), as: UTF8.self)
    }

    private func reason(_ embedding: Embedding) throws -> String? {
        let issues = try write { $0.embedding("x", embedding, step: 7) }
        #expect(issues.allSatisfy { $0.code == .invalidSummary && $0.tag == "x" && $0.step == 7 })
        #expect(!run.appending("projector").exists)
        return issues.first?.message
    }

    @Test func pointsAndLabelsAreTables() throws {
        let issues = try write { $0.embedding("words", Self.vectors, labels: ["one", "t\two\r\n", " "], step: 5) }
        #expect(issues.isEmpty)
        #expect(try text("projector/words/00005/tensors.tsv") == "0.0\t1.0\n0.1\t-2.5\n1e-05\t3e+20\n")
        #expect(try text("projector/words/00005/metadata.tsv") == "one\nt wo  \n-\n")
        #expect(
            try text("projector_config.pbtxt") == """
                embeddings {
                  tensor_name: "words:00005"
                  tensor_shape: 3
                  tensor_shape: 2
                  tensor_path: "projector/words/00005/tensors.tsv"
                  metadata_path: "projector/words/00005/metadata.tsv"
                }

                """
        )
    }

    @Test func severalColumnsHaveNames() throws {
        let columns: KeyValuePairs = ["word": ["a", "", "c"], "count": ["1", "", "3"]]
        _ = try write { $0.embedding("words", Self.vectors, columns: columns, step: 0) }
        #expect(try text("projector/words/00000/metadata.tsv") == "word\tcount\na\t1\n-\t-\nc\t3\n")
    }

    @Test func aLinkIsNotFollowedOutOfTheRun() throws {
        let files = FileManager.default
        let elsewhere = directory.appending("elsewhere")
        for path in [elsewhere, run] {
            try files.createDirectory(atPath: path.string, withIntermediateDirectories: false)
        }
        let link = run.appending("projector").string
        try files.createSymbolicLink(atPath: link, withDestinationPath: elsewhere.string)
        let issues = try write { $0.embedding("words", Self.vectors, step: 5) }
        #expect(issues.map(\.code) == [.embeddingNotSaved])
        #expect(issues.first?.path == run.appending("projector"))
        #expect(elsewhere.entries.isEmpty)
    }

    @Test func everyTagAndStepIsInOneList() throws {
        _ = try write { writer in
            writer.embedding("a", Self.vectors, step: 0)
            writer.embedding("a", Self.vectors, step: 1)
            writer.scope("deep").embedding("a", Embedding(Self.vectors), step: -3)
            // Again, with labels now.
            writer.embedding("a", Self.vectors, labels: ["x", "y", "z"], step: 0)
        }
        let names = try text("projector_config.pbtxt").split(separator: "\n").filter { $0.contains("tensor_name") }
        #expect(
            names == [#"  tensor_name: "a:00001""#, #"  tensor_name: "deep/a:-00003""#, #"  tensor_name: "a:00000""#]
        )
    }

    @Test func entriesOfOthersStayAsTheyAre() throws {
        let others = """
            # mine, with a } and a "
            model_checkpoint_path: "model.ckpt-1"
            embeddings { tensor_name: "b" bookmarks_path: 'x}' }
            embeddings: <
              tensor_name: "a" ":00000"; tensor_path: "other.tsv"
            >
            embeddings {
              tensor_path: "old.tsv"
              tensor_name: "\\303\\251\\n:00000"
            }
            """
        _ = try write { $0.scalar("x", 1, step: 0) }
        try run.appending("projector_config.pbtxt").write(Array(others.utf8))
        let issues = try write { $0.embedding("é\n", Self.vectors, step: 0) }
        #expect(issues.isEmpty)
        let text = try text("projector_config.pbtxt")
        let kept = others.components(before: "embeddings {\n")
        #expect(text.hasPrefix(kept))
        #expect(!text.contains("old.tsv"))
        #expect(text.contains(#"tensor_name: "é\012:00000""#))
    }

    @Test(arguments: ["embeddings {", "embeddings { name: \"x }", "{}", "a: b }", "embeddings { ]", "x"])
    func aListThatCannotBeReadIsLeftAloneAndTold(_ damaged: String) throws {
        _ = try write { $0.scalar("x", 1, step: 0) }
        try run.appending("projector_config.pbtxt").write(Array(damaged.utf8))
        let issues = try write { $0.embedding("words", Self.vectors, step: 2) }
        #expect(issues.map(\.code) == [.embeddingNotSaved])
        #expect(issues.first?.path?.lastComponent?.string == "projector_config.pbtxt")
        #expect(issues.first?.tag == "words")
        #expect(try text("projector_config.pbtxt") == damaged)
    }

    @Test func strangeTagsHaveFilesOfTheirOwnInsideTheRun() throws {
        let tags = [
            "", ".", "..", "a/b", "a_b", "A_b", "../x", "/x", "tfevents", "é", "a\"b\\",
            String(repeating: "x", count: 500),
        ]
        let issues = try write { writer in
            for tag in tags { writer.embedding(tag, Self.vectors, step: 0) }
        }
        #expect(issues.isEmpty)
        let directories = run.appending("projector").entries
        #expect(Set(directories.map { $0.lowercased() }).count == tags.count)
        for name in directories {
            #expect(name.utf8.count < 255)
            // TensorBoard takes any file with this word in its name for an event file.
            #expect(run.appending("projector").appending(name).appending("00000").entries == ["tensors.tsv"])
        }
        #expect(directory.path.entries == ["run"])
    }

    @Test func manyWritersShareTheList() async throws {
        await withTaskGroup(of: Void.self) { group in
            for index in 0..<4 {
                let run = run
                group.addTask {
                    let writer = try? SummaryWriter(
                        logDirectory: run,
                        options: .init(existingRun: .append, concurrentWriters: .allow)
                    )
                    for step in 0..<10 { writer?.embedding("writer\(index)", Self.vectors, step: step) }
                    try? writer?.close()
                }
            }
        }
        let names = try text("projector_config.pbtxt").split(separator: "\n").filter { $0.contains("tensor_name") }
        #expect(Set(names).count == 40)
        #expect(run.entries.allSatisfy { !$0.contains("partial") })
    }

    @Test func aDirectoryThatIsAFileIsTold() throws {
        _ = try write { $0.scalar("x", 1, step: 0) }
        try run.appending("projector").write([])
        let issues = try write { $0.embedding("words", Self.vectors, step: 2) }
        #expect(issues.map(\.code) == [.embeddingNotSaved])
        #expect(issues.first?.errno != nil)
        #expect(!run.appending("projector_config.pbtxt").exists)
    }

    @Test func aClosedWriterCountsItAsDropped() throws {
        let writer = try SummaryWriter(logDirectory: run)
        try writer.close()
        writer.embedding("words", Self.vectors, step: 0)
        #expect(writer.statistics.droppedEvents == 1)
        #expect(!run.appending("projector").exists)
    }

    @Test(
        arguments: [
            (Embedding([[Float]]()), "2 or more points"),
            (Embedding([[1, 2]]), "2 or more points"),
            (Embedding([[1], [2]]), "2 or more points"),
            (Embedding([[1, 2], [3]]), "vector 1 has 1"),
            (Embedding([[1, 2], [3, .nan]]), "number 1 of vector 1"),
            (Embedding([[1, 2], [3, -Float.infinity]]), "number 1 of vector 1"),
            (Embedding([[1, 2], [3, 4]], labels: ["a"]), "1 values for 2 points"),
            (Embedding([[1, 2], [3, 4]], columns: ["a": ["1", "2"], "a": ["1", "2"]]), "two columns"),
            (Embedding([[1, 2], [3, 4]], columns: [" ": ["1", "2"], "a": ["1", "2"]]), "no name"),
        ]
    )
    func whatTheProjectorCannotShowIsRefusedWithTheReason(_ embedding: Embedding, part: String) throws {
        #expect(try reason(embedding)?.contains(part) == true)
    }

    @Test func spritesThatDoNotFitAreRefused() throws {
        let small = try Image([1, 2], height: 1, width: 2, channels: 1)
        let colored = try Image([1, 2, 3], height: 1, width: 1, channels: 3)
        let wide = try Image([UInt8](repeating: 0, count: 8193), height: 1, width: 8193, channels: 1)
        #expect(try reason(Embedding(Self.vectors, sprites: [small]))?.contains("1 sprites for 3") == true)
        #expect(try reason(Embedding(Self.vectors, sprites: [small, small, colored]))?.contains("sprite 2") == true)
        #expect(try reason(Embedding(Self.vectors, sprites: [wide, wide, wide]))?.contains("8192") == true)
    }
}

extension String {
    fileprivate func components(before end: String) -> String {
        var rest = self[...]
        var kept = ""
        while !rest.isEmpty, !rest.hasPrefix(end) { kept.append(rest.removeFirst()) }
        return kept
    }
}
