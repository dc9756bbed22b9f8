import SystemPackage
import TFRecord
import TensorBoardLogs
import TestSupport
import Testing

/// The table of what TensorBoard's loaders serve, as it was measured.
struct RestartRuleTests {
    /// A record of a file.
    enum Entry: Sendable {
        case version(String)
        case start(Int)
        /// Points of the tag at the steps, with the value of the session.
        case points([Int], tag: String = "x", session: Int = 1)
        case pair(Int)
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var files: [[Entry]]
        var fast: NameDictionary<[Double]>
        var slow: NameDictionary<[Double]>
    }

    /// Values are the steps, plus a half for those of the second session.
    static let cases = [
        Case(
            testDescription: "one step four times",
            files: [[.version("2"), .points([0]), .points([0]), .points([0]), .points([0], session: 2)]],
            fast: ["x": [0.5]],
            slow: ["x": [0, 0, 0, 0.5]]
        ),
        Case(
            testDescription: "a restart without a start",
            files: [[.version("2"), .points([0, 1, 2, 3, 4]), .points([2, 3], session: 2)]],
            fast: ["x": [0, 1, 2.5, 3.5]],
            slow: ["x": [0, 1, 2, 3, 4, 2.5, 3.5]]
        ),
        Case(
            testDescription: "no version",
            files: [[.points([0, 1, 2, 3, 4]), .points([2, 3], session: 2)]],
            fast: ["x": [0, 1, 2.5, 3.5]],
            slow: ["x": [0, 1, 2.5, 3.5]]
        ),
        Case(
            testDescription: "no version and a tag that is behind the others",
            files: [[.points([0, 1, 2, 3, 4]), .points([1], tag: "y"), .points([2, 3], session: 2)]],
            fast: ["x": [0, 1, 2.5, 3.5], "y": [1]],
            slow: ["x": [0, 1, 2, 3, 4, 2.5, 3.5], "y": [1]]
        ),
        Case(
            testDescription: "a version that is none",
            files: [[.version("junk"), .points([0, 1, 2, 3, 4]), .points([2, 3], session: 2)]],
            fast: ["x": [0, 1, 2.5, 3.5]],
            slow: ["x": [0, 1, 2.5, 3.5]]
        ),
        Case(
            testDescription: "only one start",
            files: [[.version("2"), .points([0, 1, 2, 3, 4]), .start(2), .points([2, 3], session: 2)]],
            fast: ["x": [0, 1, 2.5, 3.5]],
            slow: ["x": [0, 1, 2, 3, 4, 2.5, 3.5]]
        ),
        Case(
            testDescription: "two starts and a tag that is not logged again",
            files: [
                [
                    .version("2"), .start(0), .points([0, 1, 2, 3, 4]), .points([0, 1, 2, 3, 4], tag: "y"), .start(2),
                    .points([2, 3], session: 2),
                ]
            ],
            fast: ["x": [0, 1, 2.5, 3.5], "y": [0, 1, 2, 3, 4]],
            slow: ["x": [0, 1, 2.5, 3.5], "y": [0, 1]]
        ),
        Case(
            testDescription: "two files with a start each",
            files: [
                [.version("2"), .start(0), .points([0, 1, 2, 3, 4])],
                [.version("2"), .start(2), .points([2, 3], session: 2)],
            ],
            fast: ["x": [0, 1, 2.5, 3.5]],
            slow: ["x": [0, 1, 2.5, 3.5]]
        ),
        Case(
            testDescription: "a later file with lower steps",
            files: [[.version("2"), .points([5, 6])], [.version("2"), .points([0, 1])]],
            fast: ["x": [0, 1]],
            slow: ["x": [5, 6, 0, 1]]
        ),
        Case(
            testDescription: "two values of a tag in one event",
            files: [[.version("2"), .pair(3)]],
            fast: ["x": [3.5]],
            slow: ["x": [3, 3.5]]
        ),
        Case(
            testDescription: "two values of a tag in one event that voids others",
            files: [[.points([2, 3, 4]), .pair(3)]],
            fast: ["x": [2, 3.5]],
            slow: ["x": [2, 3, 3.5]]
        ),
    ]

    private func event(_ entry: Entry) -> [[UInt8]] {
        func summary(_ step: Int, _ tag: String, _ values: [Double]) -> [UInt8] {
            WireBytes { event in
                event.double(1, 100)
                event.varint(2, step)
                event.message(5) { summary in
                    for value in values {
                        summary.message(1) {
                            $0.text(1, tag)
                            $0.float(2, Float(value))
                        }
                    }
                }
            }.bytes
        }
        switch entry {
        case .version(let version): return [WireBytes { $0.text(3, "brain.Event:\(version)") }.bytes]
        case .start(let step):
            let start = WireBytes { event in
                event.varint(2, step)
                event.message(7) { $0.varint(1, 1) }
            }
            return [start.bytes]
        case .points(let steps, let tag, let session):
            return steps.map { summary($0, tag, [Double($0) + Double(session - 1) / 2]) }
        case .pair(let step): return [summary(step, "x", [Double(step), Double(step) + 0.5])]
        }
    }

    private func run(_ files: [[Entry]], _ directory: TemporaryDirectory) throws -> LoggedRun {
        for (index, entries) in files.enumerated() {
            var writer = try TFRecordWriter(path: directory.appending("events.out.tfevents.\(index)"))
            for payload in entries.flatMap(event) { try writer.append(payload) }
            try writer.close()
        }
        return try LoggedRun(directory.path)
    }

    @Test(arguments: cases)
    func bothLoadersAreFollowed(_ example: Case) throws {
        let directory = try TemporaryDirectory()
        let run = try run(example.files, directory)
        #expect(run.load(restarts: .fastLoader).scalars.mapValues(\.values) == example.fast)
        #expect(run.load(restarts: .slowLoader).scalars.mapValues(\.values) == example.slow)
        let count = run.load().scalars.values.reduce(0) { $0 + $1.count }
        let logged = example.files.joined().reduce(0) { sum, entry in
            switch entry {
            case .points(let steps, _, _): sum + steps.count
            case .pair: sum + 2
            case .version, .start: sum
            }
        }
        #expect(count == logged)
    }

    @Test func pointsOutsideOfTheFilterStillTakeOthersAway() throws {
        let directory = try TemporaryDirectory()
        let run = try run([[.version("2"), .points([0, 1, 2, 3, 4]), .points([1], session: 2)]], directory)
        var options = ReadingOptions()
        options.filter.steps = 2...9
        #expect(run.load(options: options, restarts: .fastLoader).scalars["x"] == nil)
        #expect(run.load(options: options).scalars["x"]?.steps == [2, 3, 4])
    }
}
