import Checkpoints
import Summaries
import SystemPackage
import TestSupport
import Testing

struct CheckpointDirectoryTests {
    private let parent: TemporaryDirectory

    init() throws { parent = try TemporaryDirectory() }

    private func checkpoint(_ step: Int) -> Checkpoint { Checkpoint(step: step, tensors: ["a": 1]) }

    @Test func theNewestStayAndTheLatestIsOfTheHighestStep() throws {
        let directory = CheckpointDirectory(parent.appending("run/checkpoints"), keeping: 2)
        #expect(try directory.entries().isEmpty)
        #expect(try directory.latest() == nil)
        for step in [9, 100, 20] { try directory.save(checkpoint(step)) }
        #expect(try directory.entries().map(\.step) == [20, 100])
        #expect(try directory.latest()?.step == 100)
        try directory.removeAll(above: 20)
        #expect(try directory.entries().map(\.step) == [20])
    }

    @Test func whatIsSavedStaysEvenWhereNewerOnesAre() throws {
        let directory = CheckpointDirectory(parent.path, keeping: 1)
        try directory.save(checkpoint(100))
        let saved = try directory.save(checkpoint(10))
        #expect(saved.path.exists)
        #expect(try Checkpoint(path: saved.path).step == 10)
    }

    @Test func otherFilesAreLeftAlone() throws {
        let names = ["checkpoint-x.tfrecord", "checkpoint-1.tfrecord.old", "checkpoint-007.tfrecord", "note"]
        for name in names { try parent.appending(name).write([1]) }
        let directory = CheckpointDirectory(parent.path, keeping: 1)
        try directory.save(checkpoint(1))
        try directory.save(checkpoint(2))
        #expect(try directory.entries().map(\.step) == [2])
        #expect(parent.path.entries == (names + ["checkpoint-2.tfrecord"]).sorted())
    }

    @Test func aDirectoryThatCannotBeIsNamed() throws {
        try parent.appending("file").write([1])
        let directory = CheckpointDirectory(parent.appending("file"))
        #expect { try directory.entries() } throws: { ($0 as? CheckpointError)?.code == .cannotRead }
        #expect { try directory.save(checkpoint(1)) } throws: { ($0 as? CheckpointError)?.code == .cannotWrite }
        #expect(throws: CheckpointError.self) { try CheckpointDirectory("~nobody/x").entries() }
    }
}
