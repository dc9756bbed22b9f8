import Foundation
import TensorBoard
import TestSupport
import Testing

@testable import train

struct GalleryCommandTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func train(_ arguments: String...) async throws -> ExecutedCommand {
        try await ExecutedCommand("train", ["gallery"] + arguments, directory: directory.url)
    }

    private func events(_ run: String) throws -> [WireMessage] {
        let path = directory.path.pushing(FilePath(run))
        let names = path.entries.filter { $0.contains("tfevents") }
        try #require(names.count == 1)
        return try RecordScanner.payloads(path.appending(names[0]).contents()).map { try WireMessage($0) }
    }

    /// The tags of each plugin; scalars need no metadata to be known.
    private func tags(_ events: [WireMessage]) throws -> [String: Set<String>] {
        var tags: [String: Set<String>] = [:]
        for value in try events.compactMap({ try $0.message(5) }).flatMap({ try $0.messages(1) }) {
            let plugin = try value.message(9)?.message(1)?.text(1) ?? (value.has(2) ? "scalars" : nil)
            if let plugin { tags[plugin, default: []].insert(value.text(1)) }
        }
        return tags
    }

    @Test func everyDashboardHasItsTagsOfTheLastRun() async throws {
        let first = try await train("--steps", "1", "--log-directory", "a")
        #expect(first.status == 0)
        #expect(first.output.contains("Accuracy on points never seen: "))
        #expect(try steps("loss/train", events("a")) == [0])

        let result = try await train("--steps", "2", "--quiet", "--log-directory", "a", "--if-exists", "overwrite")
        #expect(result.status == 0)
        #expect(result.errors.isEmpty)
        #expect(result.output.isEmpty)
        let events = try events("a")
        let expected: [String: Set<String>] = [
            "scalars": [
                "loss/train", "loss/validation", "accuracy/train", "accuracy/validation", "certainty/lower",
                "certainty/median", "certainty/upper",
            ],
            "histograms": [
                "hidden1/kernel", "hidden1/bias", "hidden1/activations", "hidden2/kernel", "hidden2/bias",
                "hidden2/activations", "output/kernel", "output/bias", "output/activations", "certainty/validation",
            ],
            "images": [
                "plane/decision", "plane/least certain", "plane/video", "units/hidden2", "kernels/hidden1",
                "kernels/hidden2", "kernels/output", "loss/both", "validation/confusion", "validation/reliability",
                "validation/recall",
            ],
            "audio": ["sound/losses"],
            "text": ["report/arms", "report/hyperparameters", "report/summary", "report/network"],
            "pr_curves": ["validation/orange", "validation/green", "validation/violet"],
            "mesh": [
                "certainty/surface_VERTEX", "certainty/surface_FACE", "certainty/surface_COLOR",
                "units/three of hidden2_VERTEX", "units/three of hidden2_COLOR",
            ],
            "hparams": ["_hparams_/session_start_info", "_hparams_/session_end_info"],
            "custom_scalars": ["custom_scalars__config__"],
            "graph_keras_model": ["classifier"],
        ]
        let found = try tags(events)
        #expect(Set(found.keys) == Set(expected.keys))
        for (plugin, tags) in expected { #expect(found[plugin] == tags) }
        #expect(try steps("loss/train", events) == [0, 1])
        #expect(events.filter { $0.has(4) }.count == 1)
        #expect(try events.compactMap { try $0.message(8)?.text(1) } == ["step2"])
        let list = String(decoding: try directory.path.pushing("a/projector_config.pbtxt").contents(), as: UTF8.self)
        #expect(list.contains("tensor_name: \"hidden2/features:00001\""))
    }

    @Test func aSecondRunIsBesideTheFirst() async throws {
        for _ in 0..<2 {
            #expect(try await train("--steps", "1", "--quiet", "--log-directory", "a").status == 0)
        }
        for run in ["a", "a_1"] { #expect(try steps("loss/train", events(run)) == [0]) }
    }

    /// TensorBoard keeps ten pictures of a tag.
    @Test(arguments: [(1, 1), (2, 1), (10, 1), (11, 2), (271, 30), (Int.max, Int.max / 9 + 1)])
    func noMoreThanTenStepsAreOnShow(steps: Int, interval: Int) {
        #expect(GalleryTraining.exhibitInterval(steps: steps) == interval)
        #expect((steps - 1) / interval + 1 <= 10)
    }

    @Test func wrongOptionsAreRefused() async throws {
        let result = try await train("--steps", "0", "--log-directory", "a")
        #expect(result.status != 0)
        #expect(result.errors.contains("--steps 0 must be at least 1"))
        #expect(directory.path.entries.isEmpty)
    }

    private func steps(_ tag: String, _ events: [WireMessage]) throws -> [Int] {
        try events.filter { try $0.message(5)?.messages(1).contains { $0.text(1) == tag } == true }.map { $0.int(2) }
    }
}
