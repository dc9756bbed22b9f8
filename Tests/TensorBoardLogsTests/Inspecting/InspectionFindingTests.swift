import Foundation
import SystemPackage
import TensorBoard
import TensorBoardLogs
import TestSupport
import Testing

/// What `inspect` says about a run, and that it does not say it of others.
struct InspectionFindingTests {
    private typealias Bytes = EventBytes
    private static let text = Bytes.strings("a", [[0x68]], .init("text"))
    private static let clip = Bytes.strings("a", [[0x68]], shape: [1], .init("audio"))
    private static let mixed = "shown wrong or not at all, because the values are of several kinds"
    private static let missing = "fast: points are missing, because the step did not grow 1 time"

    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// The values of the tag `a`, at steps from 0 on unless they are given.
        let values: [[UInt8]]
        var steps = Array(0..<9)
        let findings: [String]

        init(_ name: String, _ values: [UInt8]..., steps: [Int] = Array(0..<9), findings: String...) {
            testDescription = name
            self.values = values
            self.steps = steps
            self.findings = findings
        }
    }

    static let cases = [
        Case("scalars", Bytes.scalar("a"), Bytes.scalar("a")),
        Case("scalar tensors", Bytes.floats("a", [1], .init("scalars")), Bytes.scalar("a")),
        Case(
            "scalars of doubles",
            Bytes.tensor("a", [1], shape: [], plugin: "scalars"),
            findings: "fast: not shown, because the scalars"
        ),
        Case(
            "scalars with an axis",
            Bytes.floats("a", [1], shape: [1], .init("scalars")),
            findings: "fast: not shown, because the scalars"
        ),
        Case("a plain tensor", Bytes.floats("a", [1]), findings: "not shown, because the first value"),
        Case("a plugin", Bytes.floats("a", [1], .init("mine", dataClass: 2)), findings: "shown only if"),
        Case(
            "a plugin without data class",
            Bytes.floats("a", [1], .init("mine")),
            findings: "not shown, because the metadata for the plugin 'mine' lacks"
        ),
        Case(
            "a scalar, then a histogram",
            Bytes.scalar("a"),
            Bytes.histogram("a"),
            findings: "fast: values of another kind",
            "slow: \(mixed)"
        ),
        Case("a text, then a scalar", text, Bytes.scalar("a"), findings: mixed),
        Case("an image, then a clip", Bytes.image("a"), Bytes.audio("a"), findings: mixed),
        Case(
            "old and new histograms",
            Bytes.histogram("a"),
            Bytes.tensor("a", [0, 1, 2], shape: [1, 3], plugin: "histograms")
        ),
        Case("metadata, then scalars", Bytes.nothing("a", .init("scalars")), Bytes.scalar("a")),
        Case(
            "a title",
            Bytes.scalar("a", 1, .init("scalars", title: "title")),
            findings: "fast: title and description"
        ),
        Case("a title with a data class", Bytes.scalar("a", 1, .init("scalars", title: "title", dataClass: 1))),
        Case("old audio", Bytes.audio("a"), findings: "fast: a browser may refuse"),
        Case("new audio", clip),
        Case(
            "a step back",
            Bytes.scalar("a"),
            Bytes.scalar("a"),
            steps: [1, 0],
            findings: missing,
            "slow: old points are shown beside new ones, because"
        ),
        Case(
            "a clip's step once more",
            clip,
            clip,
            steps: [0, 0],
            findings: missing,
            "slow: old points are shown beside new ones or in their place"
        ),
        Case(
            "two hyperparameter records",
            Bytes.hyperparameters(rate: 1),
            Bytes.hyperparameters(rate: 1, time: 2),
            steps: [0, 0]
        ),
        Case(
            "two other hyperparameter records",
            Bytes.hyperparameters(rate: 1),
            Bytes.hyperparameters(rate: 2),
            steps: [0, 0],
            findings: "only the first record counts"
        ),
        Case(
            "a step of more than 32 bits",
            Bytes.hyperparameters(rate: 1),
            Bytes.scalar("a"),
            steps: [0, 1 << 31],
            findings: "the HParams tab fails for all runs"
        ),
        Case(
            "a step of more than 32 bits below zero",
            Bytes.hyperparameters(rate: 1),
            Bytes.scalar("a"),
            steps: [0, -(1 << 31) - 1],
            findings: "the HParams tab fails for all runs"
        ),
        Case(
            "the largest step of 32 bits",
            Bytes.hyperparameters(rate: 1),
            Bytes.scalar("a"),
            steps: [0, 1 << 31 - 1]
        ),
        Case("such a step without hyperparameters", Bytes.scalar("a"), steps: [1 << 31]),
    ]

    @Test(arguments: cases)
    func itIsSaidWhenItMust(_ example: Case) throws {
        let events = zip(example.steps, example.values).map { EventBytes.summary(step: $0, $1) }
        try expect(example.findings, of: events)
    }

    @Test func graphsAndRunMetadataHaveFindingsToo() throws {
        let graphs = ["first", "last"].map { EventBytes.graph(step: 0, EventBytes.graphOfOneNode($0)) }
        try expect(["slow: an old value may be shown in place of the last"], of: graphs)
        try expect([], of: [graphs[0], EventBytes.graph(step: 1, EventBytes.graphOfOneNode("last"))])
        let scalar = EventBytes.summary(step: 1, EventBytes.scalar("a"))
        try expect([Self.mixed], of: [EventBytes.runMetadata(step: 0, "a"), scalar])
        try expect([], of: [EventBytes.runMetadata(step: 0, "b"), scalar])
    }

    @Test func timesAndTextsHaveFindings() throws {
        let scalar = EventBytes.scalar("a")
        try expect(
            ["fast: the file ends for TensorBoard at a time"],
            of: [EventBytes.summary(wallTime: .nan, step: 0, scalar)]
        )
        try expect(
            ["fast: 1 event with an infinite time"],
            of: [EventBytes.summary(wallTime: -.infinity, step: 0, scalar)]
        )
        let name = EventBytes.bytes(1, [0xFF]) + [2 << 3 | 5, 0, 0, 0, 0]
        try expect(
            ["fast: the file ends for TensorBoard at a text", "slow: no run is loaded any more"],
            of: [EventBytes.summary(step: 0, name)]
        )
    }

    @Test func filesThatWereWrittenAtOneTimeAreFound() throws {
        for (begin, isSaid) in [(50.0, true), (99.5, false), (101, false)] {
            let directory = try TemporaryDirectory()
            for (name, times) in [("tfevents.1", [0, 100]), ("tfevents.2", [begin, 200])] {
                let events = times.enumerated().map { step, time in
                    EventBytes.summary(wallTime: time, step: step, EventBytes.scalar(name))
                }
                try directory.path.writeRecords(name, [EventBytes.version(wallTime: times[0])] + events)
            }
            let findings = try LoggedRun(directory.path).inspect().findings
            #expect(findings.contains { $0.message.contains("at the same time") } == isSaid)
        }
    }

    @Test func runsThatDescribeOtherColumnsAreFound() throws {
        func inspect(_ columns: String?) throws -> RunInspection {
            let directory = try TemporaryDirectory()
            if let columns {
                let experiment = HyperparameterExperiment(
                    hyperparameters: [.init(columns, domain: .number)],
                    metrics: [.init("cost")]
                )
                try experiment.write(to: directory.path)
            } else {
                try directory.path.writeRecords("tfevents.1", [EventBytes.version()])
            }
            return try LoggedRun(directory.path).inspect()
        }
        let inspections = try [inspect("rate"), inspect("rate"), inspect(nil)]
        #expect(inspections.allSatisfy { $0.findings(among: inspections).isEmpty })
        let others = try inspections + [inspect("depth")]
        #expect(others.map { $0.findings(among: others).count } == [1, 1, 0, 1])
        #expect(others[0].findings(among: others)[0].message.contains("those of one run count"))
    }

    @Test func aLargeStepBelowATrialIsFound() throws {
        let directory = try TemporaryDirectory()
        let large = EventBytes.summary(step: 1 << 31, EventBytes.scalar("a"))
        let trial = EventBytes.summary(step: 0, EventBytes.hyperparameters(rate: 1))
        for (run, event) in [("trial", trial), ("trial/train", large), ("trials", large)] {
            let path = directory.path.pushing(FilePath(run))
            try FileManager.default.createDirectory(atPath: path.string, withIntermediateDirectories: true)
            try path.writeRecords("tfevents.1", [EventBytes.version(), event])
        }
        let inspections = try LogDirectory(directory.path).runs().map { $0.inspect() }
        #expect(inspections.map(\.run.name) == ["trial", "trial/train", "trials"])
        #expect(inspections.flatMap { $0.findings }.isEmpty)
        #expect(inspections.map { $0.findings(among: inspections).count } == [0, 1, 0])
    }

    private func expect(
        _ expected: [String],
        of events: [[UInt8]],
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let directory = try TemporaryDirectory()
        try directory.path.writeRecords("events.out.tfevents.1", [EventBytes.version()] + events)
        let found = try LoggedRun(directory.path).inspect().findings.map { finding in
            (finding.loaders.count == 1 ? "\(finding.loaders.first?.rawValue ?? ""): " : "") + finding.message
        }
        #expect(found.count == expected.count, "\(found)", sourceLocation: sourceLocation)
        for (found, expected) in zip(found, expected) {
            #expect(found.hasPrefix(expected), sourceLocation: sourceLocation)
        }
    }
}
