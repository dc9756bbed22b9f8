import SystemPackage
import TensorBoardLogs
import TestSupport
import Testing

/// What single writers do otherwise than the rest.
struct PeerQuirkTests {
    private func payloads(_ run: String) throws -> [WireMessage] {
        try Peer.run(run).files.flatMap { try RecordScanner.payloads($0.contents()).map { try WireMessage($0) } }
    }

    private func values(_ run: String) throws -> [WireMessage] {
        try payloads(run).flatMap { try $0.message(5)?.messages(1) ?? [] }
    }

    @Test(arguments: PeerFiles.runs)
    func onlyMXBoardLeavesOutTheVersion(run: String) throws {
        let first = try #require(try Peer.events(run).first)
        #expect(first.content == (run == "mxboard" ? .other : .fileVersion("brain.Event:2")))
        let findings = try Peer.run(run).verify().faults.filter { $0.kind == .version }
        #expect(findings.count == (run == "mxboard" ? 1 : 0))
    }

    @Test(arguments: PeerFiles.runs)
    func writersOfTheTensorFlowProjectSayWhoTheyAre(run: String) throws {
        let writer: String? =
            switch run.prefix(while: { $0 != "-" && $0 != "/" }) {
            case "clu", "tensorflow1", "tensorflow2": "tensorflow.core.util.events_writer"
            // Torch takes TensorBoard's writer.
            case "tensorboard", "torch": "tensorboard.summary.writer.event_file_writer"
            default: nil
            }
        #expect(try Peer.events(run).first?.writer == writer)
    }

    @Test func mxBoardGivesTextsTheNameOfANodeAndNoTag() throws {
        let text = try #require(try values("mxboard").first { $0.has(8) && $0.has(7) })
        #expect(text.text(7) == "note" && !text.has(1))
        let run = try Peer.run("mxboard")
        #expect(run.load().tags["note"]?.kind == .text)
        #expect(run.inspect().findings.filter { $0.tag == "note" }.map(\.loaders) == [[.fast], [.slow]])
    }

    @Test func tensorFlow1PutsAllValuesOfAStepIntoOneEvent() throws {
        let steps = try Peer.events("tensorflow1").filter { if case .summary = $0.content { true } else { false } }
        #expect(steps.count == 5)
        for event in steps {
            guard case .summary(let values) = event.content else { continue }
            #expect(values.map(\.tag) == ["loss", "weights_1", "image/image/0", "sound/audio/0", "note", "tensor"])
        }
    }

    @Test func tensorFlow1GivesMetadataWithTheFirstValueOfATagAlone() throws {
        #expect(try Peer.values("tensorflow1", "note").map { $0.metadata?.pluginName } == ["text", nil, nil, nil, nil])
        var reader = RunReader(try Peer.run("tensorflow1"))
        var kinds: [LoggedKind] = []
        while let event = try reader.next() {
            guard case .summary(let values) = event.content else { continue }
            kinds += values.filter { $0.tag == "note" }.map(\.kind)
        }
        #expect(kinds == Array(repeating: .text, count: 5))
    }

    @Test func tensorFlow1WritesAMetaGraphAndWhatBecameOfTheSession() throws {
        let events = try Peer.events("tensorflow1")
        #expect(events.contains { if case .metaGraph(let bytes) = $0.content { !bytes.isEmpty } else { false } })
        let sessions = events.compactMap { if case .session(let log) = $0.content { log } else { nil } }
        #expect(
            sessions == [
                .init(.start), .init(.checkpoint, checkpointPath: "model-4"), .init(.stop, message: "done"),
            ]
        )
    }

    @Test(arguments: ["tensorflow1", "tensorflow2"])
    func tensorFlowDoesNotSayWhatAPlainTensorIsFor(run: String) throws {
        let (run, tag) = run == "tensorflow1" ? (run, "tensor") : ("tensorflow2-tensors", "unshown")
        let data = try Peer.load(run)
        #expect(data.tags[tag]?.kind == .unshown)
        let tensor =
            run == "tensorflow1" ? TensorValue(shape: [2, 2], elements: .int64([1, 2, 3, 4])) : [1.0]
        #expect(data.contents[tag]?.values.first == .tensor(tensor))
    }

    @Test(arguments: ["clu", "tensorflow2"])
    func tensorFlow2GivesEachClipALabelThatIsEmpty(run: String) throws {
        guard case .tensor(let tensor) = try Peer.values(run, "sound").first?.payload,
            case .string(let strings) = tensor.elements
        else {
            Issue.record("the clip is no tensor")
            return
        }
        #expect(tensor.shape == [1, 2])
        #expect(strings.last == [])
    }

    /// They keep hyperparameters in metadata, with no value or with one that is empty.
    @Test(arguments: [
        ("clu", false), ("tensorflow2", false), ("tensorboardX-hparams/trial", true), ("torch-hparams/trial", true),
    ])
    func hyperparametersHaveNoValueOrAnEmptyOne(run: String, isMetadataAlone: Bool) throws {
        let value = try #require(try Peer.values(run, "_hparams_/session_start_info").first)
        #expect(value.payload == (isMetadataAlone ? .none : .tensor(TensorValue(shape: [0], []))))
    }

    @Test func tensorFlow2GivesTheGroupAndTheTimeOfATrial() throws {
        let content = try Peer.load("tensorflow2").contents["_hparams_/session_start_info"]?.values.first
        guard case .hyperparameters(.sessionStart(_, let group, let time)) = content else {
            Issue.record("no trial is read")
            return
        }
        #expect(group == "trial")
        #expect(time > 1_700_000_000)
    }

    @Test(arguments: ["clu", "tensorboard", "tensorflow2"])
    func newWritersMakeTensorsOfScalarsAndHistograms(run: String) throws {
        #expect(try Peer.values(run, "layer1/loss").first?.payload == .tensor(TensorValue(1)))
        let rows = TensorValue(shape: [3, 3], elements: .double([-1, 0, 2, 0, 1, 2, 1, 2, 2]))
        #expect(try Peer.values(run, "weights").first?.payload == .tensor(rows))
    }

    @Test(arguments: ["tensorboard", "tensorflow2"])
    func descriptionsComeWithTheScalar(run: String) throws {
        #expect(try Peer.load(run).tags["layer1/loss"]?.metadata?.summaryDescription == "Of the *batch*.")
    }
}
