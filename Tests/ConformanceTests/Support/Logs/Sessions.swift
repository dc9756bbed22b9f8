import Foundation
import Synchronization
import TensorBoard

/// Runs that more than one session logs.
enum Sessions {
    static let otherTags = "other tags"
    static let emptyStep = "empty step"
    static let trial = "trial"
    static let repeated = "repeated"
    static let resumed = "resumed"
    static let kinds = "kinds"
    static let laidOut = "laid out"
    static let sideBySide = ["twice/run1": 1, "twice/run1_1": 2]
    static let runs =
        [otherTags, emptyStep, trial, repeated, resumed, kinds, laidOut] + sideBySide.keys

    /// What belongs to each tag of the run of all kinds.
    static let plugins: [String: (name: String, dataClass: Int)] = [
        "h": ("histograms", 2), "i": ("images", 3), "t": ("text", 2), "a": ("audio", 3), "c": ("pr_curves", 2),
    ]

    static func write(in directory: URL) throws {
        try writeOtherTags(in: directory)
        try writeLayout(in: directory)
        try writeEmptyStep(in: directory)
        _ = try writeTrial(in: directory)
        _ = try writeRepetition(in: directory)
        try writeResumed(in: directory)
        try writeKinds(in: directory)
        for value in [1, 2] {
            let run = directory.appendingPathComponent("twice/run1").path
            try withSummaryWriter(logDirectory: run) { writer in
                for step in 0..<10 { writer.scalar("cost", value, step: step) }
                writer.scalar("written", 1, step: 10)
            }
        }
    }

    /// Logs one session of a run.
    ///
    /// - Returns: What the writer reported.
    @discardableResult
    private static func append(
        _ run: String,
        in directory: URL,
        isLast: Bool = true,
        _ options: SummaryWriter.Options = .init(existingRun: .append),
        _ body: (SummaryWriter) throws -> Void
    ) throws -> [TensorBoardError] {
        let issues = Reports()
        var options = options
        options.onIssue = { issues.add($0) }
        try withSummaryWriter(logDirectory: directory.appendingPathComponent(run).path, options: options) { writer in
            try body(writer)
            if isLast { writer.scalar("written", 1, step: 200) }
        }
        return issues.all
    }

    private static func writeOtherTags(in directory: URL) throws {
        func log(_ texts: String, _ images: String, count: Int, to writer: SummaryWriter) {
            for step in 0..<count {
                writer.text(texts, "step \(step)", step: step)
                writer.image(images, [UInt8](repeating: 9, count: 12), height: 2, width: 2, channels: 3, step: step)
            }
        }
        try append(otherTags, in: directory, isLast: false) { writer in
            writer.graph(GraphDefinition(nodes: [.init(name: "first", operation: "NoOp")]))
            writer.layout { ChartCategory("first session") { MultilineChart("train", ["train"]) } }
            for step in 0..<100 { writer.scalar("train", step, step: step) }
            log("note", "picture", count: 5, to: writer)
        }
        try append(otherTags, in: directory) { writer in
            writer.graph(GraphDefinition(nodes: [.init(name: "second", operation: "NoOp")]))
            writer.layout { ChartCategory("second session") { MultilineChart("eval", ["eval"]) } }
            for step in stride(from: 0, through: 90, by: 10) { writer.scalar("eval", step, step: step) }
            log("remark", "drawing", count: 3, to: writer)
        }
    }

    private static func writeLayout(in directory: URL) throws {
        try append(laidOut, in: directory, isLast: false) { writer in
            writer.layout { ChartCategory("before") { MultilineChart("train", ["train"]) } }
            writer.scalar("train", 1, step: 0)
        }
        try append(laidOut, in: directory) { $0.scalar("eval", 1, step: 0) }
    }

    private static func writeEmptyStep(in directory: URL) throws {
        try append(emptyStep, in: directory, isLast: false) { writer in
            for step in 0..<100 { writer.scalar("train", step, step: step) }
        }
        try append(emptyStep, in: directory) { writer in
            writer.add([], step: 0)
            writer.image("wrong", [UInt8](repeating: 9, count: 11), height: 2, width: 2, channels: 3, step: 0)
        }
    }

    /// Logs hyperparameters that differ from those of an earlier session.
    static func writeTrial(in directory: URL) throws -> [TensorBoardError] {
        try append(trial, in: directory, isLast: false) { writer in
            writer.hyperparameters(["rate": 0.1])
            writer.scalar("score", 1, step: 0)
        }
        return try append(trial, in: directory) { writer in
            writer.hyperparameters(["rate": 0.7])
            writer.scalar("score", 2, step: 1)
        }
    }

    /// Logs steps that an earlier session has logged.
    static func writeRepetition(in directory: URL) throws -> [TensorBoardError] {
        try append(repeated, in: directory, isLast: false) { writer in
            for step in 0..<10 {
                writer.scalar("train", step, step: step)
                writer.scalar("accuracy", step, step: step)
            }
        }
        return try append(repeated, in: directory) { writer in
            for step in 0..<5 {
                writer.scalar("train", 100 + step, step: step)
                writer.scalar("accuracy", 100 + step, step: step)
            }
        }
    }

    private static func writeResumed(in directory: URL) throws {
        func log(_ writer: SummaryWriter, _ steps: Range<Int>, offset: Int = 0) {
            for step in steps {
                writer.scalar("cost", step + offset, step: step)
                writer.histogram("weights", [Float(step), 1, -1], step: step)
            }
        }
        var options = SummaryWriter.Options(existingRun: .append, maximumFileSize: 1000)
        try append(resumed, in: directory, isLast: false, options) { log($0, 0..<40) }
        options.existingRun = .resume(atStep: 25)
        try append(resumed, in: directory, options) { log($0, 25..<50, offset: 100) }
    }

    private static func writeKinds(in directory: URL) throws {
        try append(kinds, in: directory, .init(maximumFileSize: 4000)) { writer in
            writer.describe("h", displayName: "Weights", description: "")
            for step in 0..<6 {
                writer.histogram("h", [Float(step), 1], step: step)
                writer.image("i", [UInt8](repeating: 9, count: 12), height: 2, width: 2, channels: 3, step: step)
                writer.text("t", "step \(step)", step: step)
                writer.audio("a", [Float](repeating: 0.5, count: 200), sampleRate: 8000, step: step)
                writer.precisionRecallCurve("c", labels: [true, false], predictions: [0.9, 0.2], step: step)
                writer.scalar("s", step, step: step)
            }
        }
    }
}

/// Keeps what a writer reports.
private final class Reports: Sendable {
    private let reports = Mutex<[TensorBoardError]>([])

    var all: [TensorBoardError] { reports.withLock { $0 } }

    func add(_ report: TensorBoardError) { reports.withLock { $0.append(report) } }
}
