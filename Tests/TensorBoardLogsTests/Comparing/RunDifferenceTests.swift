import TensorBoard
import TensorBoardLogs
import TestSupport
import Testing

struct RunDifferenceTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func data(_ name: String, _ body: (SummaryWriter) throws -> Void) throws -> RunData {
        let path = directory.appending(name)
        try withSummaryWriter(logDirectory: path) { try body($0) }
        return try LoggedRun(path).load()
    }

    private func differences(
        tolerance: Double = 0,
        _ first: (SummaryWriter) throws -> Void,
        _ second: (SummaryWriter) throws -> Void
    ) throws -> [String] {
        try data("first", first).differences(from: data("second", second), tolerance: tolerance).map(\.description)
    }

    private static func everything(_ writer: SummaryWriter) throws {
        writer.hyperparameters(["rate": 0.1])
        writer.scalar("cost", .nan, step: 0)
        writer.histogram("weights", [1 as Float, 2], step: 0)
        writer.text("note", "hello", step: 0)
        writer.image("picture", try Image([0, 1] as [Float], height: 1, width: 2, channels: 1), step: 0)
        writer.precisionRecallCurve("curve", labels: [true, false], predictions: [0.9 as Float, 0.1], step: 0)
        let tensor = TensorValue(shape: [2], elements: .double([.nan, 1]))
        let metadata = SummaryMetadata(pluginName: "mine", dataClass: .tensor)
        writer.add(SummaryValue(tag: "mine", payload: .tensor(tensor), metadata: metadata), step: 0)
    }

    @Test func runsOfOtherTimesAreEqual() throws {
        #expect(try differences(Self.everything, Self.everything).isEmpty)
    }

    @Test func numbersMayBeApartByTheTolerance() throws {
        let first = { (writer: SummaryWriter) in writer.scalar("cost", 1000, step: 0) }
        let second = { (writer: SummaryWriter) in writer.scalar("cost", 1000.5, step: 0) }
        let (a, b) = (try data("first", first), try data("second", second))
        #expect(a.differences(from: b, tolerance: 1e-3).isEmpty)
        #expect(a.differences(from: b, tolerance: 1e-4).map(\.description) == ["cost, step 0: 1000.0 and 1000.5"])
    }

    @Test func anInfinityIsNearNothing() throws {
        let result = try differences(tolerance: 1) {
            $0.scalar("cost", .infinity, step: 0)
        } _: {
            $0.scalar("cost", 1, step: 0)
        }
        #expect(result == ["cost, step 0: inf and 1.0"])
    }

    @Test func tagsKindsAndStepsCount() throws {
        let result = try differences {
            $0.scalar("a", 1, step: 0)
            $0.scalar("c", 1, step: 0)
            $0.scalar("d", 1, step: 0)
            $0.scalar("e", 1, step: 0)
        } _: {
            $0.scalar("b", 1, step: 0)
            $0.text("c", "hello", step: 0)
            $0.scalar("d", 1, step: 1)
            for step in 0..<2 { $0.scalar("e", 1, step: step) }
        }
        #expect(
            result == [
                "a: only the first run has this tag", "b: only the second run has this tag",
                "c: the first run has scalar, the second text", "d, step 0: the second run has step 1 instead",
                "e: the first run has 1 point, the second 2",
            ]
        )
    }

    @Test func ofManyDifferencesTheFirstIsTold() throws {
        let result = try differences { writer in
            for step in 0..<3 { writer.histogram("weights", [Float(step)], step: step) }
        } _: { writer in
            for step in 0..<3 { writer.histogram("weights", [Float(step == 0 ? 0 : 9)], step: step) }
        }
        #expect(result == ["weights, step 1: the values differ, and 1 more of 3 points differ"])
    }
}
